/**
 * Keys pressed after the press that opens a window and before the window is there: its code may be
 * still to come. They are kept from the screen, where letters are commands, and from a field in it.
 */
import { useLayoutEffect, useRef } from 'preact/hooks'

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing'>

/** What has been typed ahead after one more key; null: the window is not wanted any more. */
export const typedAhead = (before: string, { key, ...held }: Pressed): string | null => {
  if (key === 'Escape') return null
  if (key === 'Backspace') return [...before].slice(0, -1).join('')
  const isLetter = [...key].length === 1 && !held.ctrlKey && !held.metaKey && !held.altKey
  return isLetter ? before + key : before
}

/** Which modifier keys, pressed alone, and which keys of the browser (reload, tabs) are left to it. */
const isOurs = ({ key, ctrlKey, metaKey, altKey, isComposing }: Pressed): boolean =>
  !isComposing &&
  !(ctrlKey || metaKey || altKey) &&
  ([...key].length === 1 || /^(Escape|Backspace|Enter|Delete|Tab|Arrow\w+)$/.test(key))

/**
 * While a window is `opening`, its keys are taken; the function gives the letters, once.
 * As soon as a dialog is on the page, it has the keys.
 */
export const useKeysAhead = (opening: boolean, close: () => void): (() => string) => {
  const typed = useRef('')
  useLayoutEffect(() => {
    if (!opening) return
    typed.current = ''
    const onKeyDown = (event: KeyboardEvent) => {
      if (document.querySelector('dialog[open]') || !isOurs(event)) return
      event.preventDefault()
      event.stopImmediatePropagation()
      const next = typedAhead(typed.current, event)
      if (next === null) close()
      else typed.current = next
    }
    // Before everybody else: lists and screens have keys of their own.
    document.addEventListener('keydown', onKeyDown, true)
    return () => document.removeEventListener('keydown', onKeyDown, true)
  }, [opening])
  return () => {
    const taken = typed.current
    typed.current = ''
    return taken
  }
}
