import { useRef } from 'preact/hooks'

/** Acts once at a time: a button that is pressed again while its act is under way does nothing more. */
export const useOnce = <Args extends unknown[]>(act: (...args: Args) => unknown) => {
  const acting = useRef(false)
  return async (...args: Args): Promise<void> => {
    if (acting.current) return
    acting.current = true
    try {
      await act(...args)
    } finally {
      acting.current = false
    }
  }
}
