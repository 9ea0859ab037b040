/** What is kept of a field's value: what is shown of it comes a moment after it was stored. */
import { useRef } from 'preact/hooks'

export const useKeptValue = (shown: string) => {
  const kept = useRef({ shown, value: shown })
  // What comes to be shown is what is kept now, whoever wrote it.
  if (kept.current.shown !== shown) kept.current = { shown, value: shown }
  return {
    /**
     * Whether there is nothing to store. Both are asked: what was written over a moment ago is shown still, and
     * what was stored may have been taken back before it was ever shown.
     */
    isKept: (value: string): boolean =>
      value === kept.current.value && value === kept.current.shown,
    keep: (value: string): void => {
      kept.current = { ...kept.current, value }
    },
  }
}
