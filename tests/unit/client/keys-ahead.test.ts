import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { typedAhead, useKeysAhead } from '../../../client/frame/keys-ahead.ts'
import { renderIn, stubDocument } from './no-dom.ts'

/** What is open on the page. */
let dialog: object | null = null

beforeEach(() => {
  dialog = null
  stubDocument()
  vi.stubGlobal(
    'document',
    Object.assign(new EventTarget(), document, { querySelector: () => dialog }),
  )
})
afterEach(() => {
  vi.unstubAllGlobals()
})

const press = (key: string, held: object = {}): Event => {
  const event = Object.assign(new Event('keydown', { cancelable: true }), { key, ...held })
  document.dispatchEvent(event)
  return event
}

test('letters typed before the window is there are kept for it and run no command', () => {
  const commands = vi.fn()
  const close = vi.fn()
  let take = () => ''
  const Frame = ({ opening }: { opening: boolean }) => {
    take = useKeysAhead(opening, close)
    return null
  }
  const { show, end } = renderIn(Frame)
  show({ opening: false })
  document.addEventListener('keydown', commands)
  press('g')
  expect(commands).toHaveBeenCalledOnce()

  // As the screen's own keys listen: since before the window was asked for, and below.
  document.removeEventListener('keydown', commands)
  show({ opening: true })
  document.addEventListener('keydown', commands)
  for (const key of ['c', 'z', 'я', 'Backspace']) expect(press(key).defaultPrevented).toBe(true)
  expect(commands).toHaveBeenCalledOnce()
  // Reloading is the browser's.
  expect(press('r', { ctrlKey: true }).defaultPrevented).toBe(false)

  dialog = {}
  expect(press('x').defaultPrevented).toBe(false)
  expect(take()).toBe('cz')
  expect(take()).toBe('')

  dialog = null
  press('Escape')
  expect(close).toHaveBeenCalledOnce()
  end()
})

test('letters are added, Backspace takes a whole one back, Esc gives up', () => {
  const none = { ctrlKey: false, metaKey: false, altKey: false, isComposing: false }
  const type = (before: string, key: string) => typedAhead(before, { key, ...none })
  expect(type('ро', 'м')).toBe('ром')
  expect(type('ро', 'Shift')).toBe('ро')
  expect(type('a😀', 'Backspace')).toBe('a')
  expect(type('ром', 'Escape')).toBe(null)
})
