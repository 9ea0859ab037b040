import { signal } from '@preact/signals'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { VirtualRow } from '../../../client/design/VirtualRow.tsx'
import { renderIn, stubDocument } from './no-dom.ts'

beforeEach(stubDocument)

afterEach(() => {
  vi.unstubAllGlobals()
})

const props = { role: 'listitem', index: 3, count: 9, start: 120, height: 40 } as const

const rowShown = () => {
  const { show } = renderIn(VirtualRow)
  return (given: Partial<VirtualRow['props']>) =>
    show({ ...props, measure: undefined, render: () => null, ...given })
}

test('a row that stays in view while the list scrolls is not rendered anew', () => {
  const show = rowShown()
  const row = vi.fn(() => null)
  show({ render: row })
  show({ render: row })
  expect(row.mock.calls).toEqual([[3]])
})

test('a row is rendered anew where what it shows or its place is another', () => {
  const show = rowShown()
  const row = vi.fn(() => null)
  show({ render: row })
  show({ render: row, start: 160 })
  show({ render: row, start: 160, count: 10 })
  show({ render: row, start: 160, count: 10, index: 4 })
  expect(row).toHaveBeenCalledTimes(4)
  const other = vi.fn(() => null)
  show({ render: other, start: 160, count: 10, index: 4 })
  expect(other).toHaveBeenCalledTimes(1)
})

test('a row whose rendering reads a signal follows it', async () => {
  const show = rowShown()
  const language = signal('ru')
  const row = vi.fn(() => language.value)
  show({ render: row })
  language.value = 'en'
  await expect.poll(() => row).toHaveBeenCalledTimes(2)
  expect(row).toHaveLastReturnedWith('en')
})
