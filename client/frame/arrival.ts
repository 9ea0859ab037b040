/** Coming to another address: the browser's title, and where the keyboard and a screen reader stand then. */
import { nameInTitle } from './name-in-title.ts'
import { screenOf, titleOf } from './titles.ts'

/** What the arrival at an address waits for is given up where another address follows. */
let cancel = () => {}

/** A screen that is not there by then, ms, has no heading. */
const longest = 5_000

/**
 * @param from the address one comes from; null at the start: the first screen is read from the top
 */
export const arrive = (path: string, from: string | null, main: HTMLElement): void => {
  cancel()
  nameInTitle(titleOf(path))
  if (from === null || screenOf(from) === screenOf(path)) return
  cancel = focusHeading(main)
}

/**
 * Moves the focus to the heading of the new screen, which a screen reader then says, as soon as it is there.
 * Only from the frame and from nowhere: who has come further meanwhile, or into a window, stays there.
 */
const focusHeading = (main: HTMLElement): (() => void) => {
  const held = document.activeElement
  const isFree = held === document.body || held === main || !held?.closest('main, dialog')
  if (!isFree) return () => {}
  const take = (): boolean => {
    if (document.activeElement !== held && document.activeElement !== document.body) return true
    const heading = main.querySelector('h1')
    if (!heading) return false
    heading.tabIndex = -1
    heading.focus({ preventScroll: true })
    return true
  }
  if (take()) return () => {}
  const stop = () => {
    observer.disconnect()
    clearTimeout(timer)
  }
  const observer = new MutationObserver(() => take() && stop())
  observer.observe(main, { childList: true, subtree: true })
  const timer = setTimeout(stop, longest)
  return stop
}
