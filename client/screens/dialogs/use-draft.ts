/** What is being typed, kept on the device with every pause, so that a reload loses nothing. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Replica } from '../../replica/index.ts'

/** ms after the last change; a reload or a newer program in another tab sooner than that saves at once. */
const pause = 300

export const useDraft = <T>(replica: Replica, key: string, empty: T) => {
  const [value, setValue] = useState<T>(empty)
  const [loadedKey, setLoadedKey] = useState<string | null>(null)
  /** What is not stored yet, and under which key. */
  const unsaved = useRef<{ key: string; value: T | undefined } | null>(null)
  const timer = useRef(0)

  const flush = () => {
    clearTimeout(timer.current)
    const waiting = unsaved.current
    unsaved.current = null
    if (waiting) replica.saveDraft(waiting.key, waiting.value)
  }

  useEffect(() => {
    let current = true
    replica.draft<T>(key).then((stored) => {
      if (!current) return
      setValue(stored ?? empty)
      setLoadedKey(key)
    })
    addEventListener('pagehide', flush)
    const unwatch = replica.outdated.subscribe(flush)
    return () => {
      current = false
      unwatch()
      removeEventListener('pagehide', flush)
      flush()
    }
  }, [key, replica])

  const change = (next: T) => {
    setValue(next)
    unsaved.current = { key, value: next }
    clearTimeout(timer.current)
    timer.current = window.setTimeout(flush, pause)
  }
  const clear = () => {
    setValue(empty)
    unsaved.current = { key, value: undefined }
    flush()
  }
  return { value: loadedKey === key ? value : empty, loaded: loadedKey === key, change, clear }
}
