/** A page of many things is put on the screen part by part, so that no frame is long. */
import { useLayoutEffect, useState } from 'preact/hooks'

/**
 * How many of `count` parts show what is in them: `atOnce` more in each frame after `page` became
 * another one. What changes on a page that stands changes at once.
 */
export const useSteps = (page: string, count: number, atOnce: number): number => {
  const [state, setState] = useState({ page, shown: atOnce })
  const shown = state.page === page ? state.shown : atOnce
  useLayoutEffect(() => {
    if (shown >= count) return
    const frame = requestAnimationFrame(() => setState({ page, shown: shown + atOnce }))
    return () => cancelAnimationFrame(frame)
  }, [page, shown, count, atOnce])
  return shown
}
