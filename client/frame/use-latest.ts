/** Of several answers on their way only that to the last question counts, in whatever order they come. */
import { useRef } from 'preact/hooks'

/** To be called when something is asked; what it gives says whether nothing was asked since. */
export const useLatest = (): (() => () => boolean) => {
  const asked = useRef(0)
  return () => {
    const mine = ++asked.current
    return () => mine === asked.current
  }
}
