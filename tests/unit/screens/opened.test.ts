import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Replica } from '../../../client/replica/index.ts'
import { useOpened } from '../../../client/screens/clients/use-opened.ts'
import { fail } from '../../../shared/reasons.ts'
import { renderIn, stubDocument } from '../client/no-dom.ts'

beforeEach(() => {
  stubDocument()
  vi.spyOn(console, 'warn').mockImplementation(() => {})
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

test('a record that could not be opened says so, and is opened when that is asked for again', async () => {
  const openLive = vi.fn<Replica['openLive']>()
  openLive.mockRejectedValueOnce(new Error('its code did not come'))
  openLive.mockResolvedValueOnce(fail('gone'))
  // Held: what is asked for again is not failed until it is answered.
  openLive.mockReturnValueOnce(new Promise(() => {}))
  const replica = { openLive }
  let now: ReturnType<typeof useOpened> | undefined
  const Note = () => {
    now = useOpened(replica, 'client', 'c1')
    return null
  }
  const { show, end } = renderIn(Note)
  show({})
  await expect.poll(() => now?.failed).toEqual({ reason: null })
  now?.again()
  await expect.poll(() => now?.failed).toEqual({ reason: 'gone' })
  now?.again()
  await expect.poll(() => now?.failed).toBe(null)
  expect(openLive).toHaveBeenCalledTimes(3)
  end()
})
