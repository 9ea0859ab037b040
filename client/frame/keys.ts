/**
 * Keys of the whole program. Letters are taken by their place on the keyboard (`event.code`), so
 * that they work in the Russian layout as well.
 */
import { useLayoutEffect } from 'preact/hooks'

export type KeyCommand =
  | { kind: 'search' }
  | { kind: 'create' }
  | { kind: 'help' }
  | { kind: 'back' }
  | { kind: 'undo' }
  | { kind: 'goPrefix' }
  | { kind: 'go'; code: string }

/** What a key press means; `afterG`: the press before it was `g`. */
export const keyCommand = (
  event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
  afterG: boolean,
): KeyCommand | null => {
  const { key, code, ctrlKey, metaKey, altKey, shiftKey } = event
  if ((ctrlKey || metaKey) && !altKey && !shiftKey && code === 'KeyK') return { kind: 'search' }
  if (ctrlKey || metaKey || altKey) return null
  if (key === '?') return { kind: 'help' }
  if (shiftKey) return null
  if (key === 'Escape') return { kind: 'back' }
  if (afterG) return { kind: 'go', code }
  if (key === '/' || code === 'Slash') return { kind: 'search' }
  if (code === 'KeyG') return { kind: 'goPrefix' }
  if (code === 'KeyC') return { kind: 'create' }
  if (code === 'KeyZ') return { kind: 'undo' }
  return null
}

/** After this long a lone `g` is forgotten, ms. */
const prefixLives = 1500

/** What has the keys to itself: Esc closes it, and nothing behind it. Notices are shown beside all else. */
const windows = 'dialog[open], [popover="auto"]:popover-open'

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input, textarea, select'))

/** Listens on the whole page; quiet while a dialog is open or something is being typed. */
export const useKeys = (
  run: (command: Exclude<KeyCommand, { kind: 'goPrefix' }>) => void,
): void => {
  // Not after the paint: a key pressed meanwhile would be run by what was on the screen before.
  useLayoutEffect(() => {
    let prefixAt = Number.NEGATIVE_INFINITY
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat || document.querySelector(windows)) return
      const command = keyCommand(event, event.timeStamp - prefixAt < prefixLives)
      // Ctrl/⌘ K works while typing too.
      if (!command || (isTyping(event.target) && !(event.ctrlKey || event.metaKey))) return
      prefixAt = Number.NEGATIVE_INFINITY
      if (command.kind === 'goPrefix') prefixAt = event.timeStamp
      else {
        event.preventDefault()
        run(command)
      }
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [run])
}
