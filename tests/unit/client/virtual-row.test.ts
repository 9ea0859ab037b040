import { signal } from '@preact/signals'
import { h, render } from 'preact'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { VirtualRow } from '../../../client/design/VirtualRow.tsx'

/** As much of an element as Preact asks of one. */
const element = () => {
  const childNodes: unknown[] = []
  return {
    childNodes,
    get firstChild() {
      return childNodes[0] ?? null
    },
    namespaceURI: 'http://www.w3.org/1999/xhtml',
    style: { setProperty: () => {} },
    setAttribute: () => {},
    removeAttribute: () => {},
    insertBefore: (child: unknown) => childNodes.push(child),
  }
}

beforeEach(() => {
  const document = { createElementNS: element, createTextNode: (data: string) => ({ data }) }
  vi.stubGlobal('document', document)
})

afterEach(() => {
  vi.unstubAllGlobals()
})

const props = { role: 'listitem', index: 3, count: 9, start: 120, height: 40 } as const

const show = (root: ReturnType<typeof element>, given: Partial<VirtualRow['props']>) => {
  const all = { ...props, measure: undefined, render: () => null, ...given }
  render(h(VirtualRow, all), root as unknown as Element) // see `element`
}

test('a row that stays in view while the list scrolls is not rendered anew', () => {
  const root = element()
  const row = vi.fn(() => null)
  show(root, { render: row })
  show(root, { render: row })
  expect(row.mock.calls).toEqual([[3]])
})

test('a row is rendered anew where what it shows or its place is another', () => {
  const root = element()
  const row = vi.fn(() => null)
  show(root, { render: row })
  show(root, { render: row, start: 160 })
  show(root, { render: row, start: 160, count: 10 })
  show(root, { render: row, start: 160, count: 10, index: 4 })
  expect(row).toHaveBeenCalledTimes(4)
  const other = vi.fn(() => null)
  show(root, { render: other, start: 160, count: 10, index: 4 })
  expect(other).toHaveBeenCalledTimes(1)
})

test('a row whose rendering reads a signal follows it', async () => {
  const root = element()
  const language = signal('ru')
  const row = vi.fn(() => language.value)
  show(root, { render: row })
  language.value = 'en'
  await expect.poll(() => row).toHaveBeenCalledTimes(2)
  expect(row).toHaveLastReturnedWith('en')
})
