/** j and k walk a list of links, Enter opens (the browser's own), as in mail programs. */
import { useLayoutEffect } from 'preact/hooks'

/** Keys typed into a field or a dialog are not ours. */
export const isTyping = (event: KeyboardEvent): boolean =>
  event.ctrlKey ||
  event.metaKey ||
  event.altKey ||
  (event.target instanceof Element &&
    event.target.closest('input,textarea,select,dialog,[contenteditable],[popover]') !== null)

/** Enter on a control is the control's. */
const onControl = ({ target }: KeyboardEvent): boolean =>
  target instanceof Element && target.closest('a,button,[role=option]') !== null

/** Calls `go` with the step for j and k, and with 0 for Enter. */
export const useListKeys = (go: (step: 1 | -1 | 0) => void): void => {
  // Not after the paint: a key pressed meanwhile would walk the list that was there before.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event)) return
      // By the place of the key: in the Russian layout they type о and л.
      if (event.code === 'KeyJ') go(1)
      else if (event.code === 'KeyK') go(-1)
      else if (event.key === 'Enter' && !onControl(event)) go(0)
      else return
      event.preventDefault()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  })
}
