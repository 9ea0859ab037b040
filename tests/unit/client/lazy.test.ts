import { h, render } from 'preact'
import { afterEach, expect, test, vi } from 'vitest'
import { lazy } from '../../../client/frame/lazy.tsx'

afterEach(() => {
  vi.unstubAllGlobals()
})

/** Nothing that is rendered here puts an element into it. */
const empty = { firstChild: null, childNodes: [], namespaceURI: null }

test('a screen whose code comes between its rendering and its effects is shown', async () => {
  vi.stubGlobal('document', {})
  let arrive: (screen: () => null) => void = () => {}
  const Screen = lazy(
    () =>
      new Promise<() => null>((resolve) => {
        arrive = resolve
      }),
  )
  const fetched = Screen.preload()
  render(h(Screen, {}), empty as unknown as Element) // as much of one as Preact asks of it
  const shown = vi.fn(() => null)
  arrive(shown)
  await fetched
  await expect.poll(() => shown).toHaveBeenCalled()
})

test('code that could not be fetched ahead is asked for again', async () => {
  const load = vi.fn(async () => () => null).mockRejectedValueOnce(new Error('no network'))
  const Screen = lazy(load)
  await expect(Screen.preload()).rejects.toThrow('no network')
  await expect(Screen.preload()).resolves.toBeUndefined()
  expect(load).toHaveBeenCalledTimes(2)
})
