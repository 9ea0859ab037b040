/** What is being typed, kept on the device with every pause, so that a reload loses nothing. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Replica } from '../../replica/index.ts'

/** ms after the last change; a newer program in another tab, or leaving the page, saves at once. */
const pause = 300

/**
 * A page that goes waits for no transaction of IndexedDB, so what is not stored yet is handed over
 * to the next page of the tab by what is written at once. Drafts are plain JSON.
 */
const handover = ({ base }: Replica, key: string) => `interes-unsaved-${base.name}-${key}`

const handOver = (replica: Replica, { key, value }: Unsaved): void => {
  try {
    sessionStorage.setItem(handover(replica, key), JSON.stringify({ value }))
  } catch {
    // Too long for it, or switched off: what was stored with the last pause is left.
  }
}

/** Null: nothing was handed over; `value` is absent where the draft was thrown away. */
const takeOver = (replica: Replica, key: string): { value?: unknown } | null => {
  const kept = sessionStorage.getItem(handover(replica, key))
  return kept === null ? null : (JSON.parse(kept) as { value?: unknown }) // written above only
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What was changed before the draft was read was made of the empty one: what differs from that is the change. */
const withEarly = <T>(stored: T, early: T, empty: T): T => {
  if (!isObject(stored) || !isObject(early) || !isObject(empty)) return early
  const known = new Map<string, unknown>(Object.entries(empty))
  const changed = Object.entries(early).filter(([name, value]) => value !== known.get(name))
  return { ...stored, ...Object.fromEntries(changed) }
}

interface Unsaved {
  key: string
  /** Undefined: the draft is thrown away. */
  value: unknown
}

export const useDraft = <T>(replica: Replica, key: string, empty: T) => {
  const [value, setValue] = useState<T>(empty)
  const [loadedKey, setLoadedKey] = useState<string | null>(null)
  /** What is not stored yet, and under which key. */
  const unsaved = useRef<Unsaved | null>(null)
  const storing = useRef<Unsaved | null>(null)
  const timer = useRef(0)
  const latest = useRef<T>(empty)
  /** Whose draft was read, at once: a state is so with the next render only. */
  const read = useRef<string | null>(null)
  /** What was changed before that. */
  const early = useRef<{ key: string; value: T } | null>(null)
  const show = (next: T) => {
    latest.current = next
    setValue(next)
  }

  const flush = () => {
    clearTimeout(timer.current)
    const waiting = unsaved.current
    if (waiting && waiting !== storing.current) void store(waiting)
  }
  const store = async (waiting: Unsaved) => {
    storing.current = waiting
    const kept = await replica.saveDraft(waiting.key, waiting.value)
    if (!kept.ok) {
      // No room, or the base is a newer program's by now: it waits, and is handed over when the page goes.
      if (storing.current === waiting) storing.current = null
      return
    }
    sessionStorage.removeItem(handover(replica, waiting.key))
    if (unsaved.current === waiting) unsaved.current = null
  }
  const leave = () => {
    if (unsaved.current) handOver(replica, unsaved.current)
    flush()
  }

  useEffect(() => {
    let current = true
    const begin = async () => {
      const handed = takeOver(replica, key)
      if (handed) await store({ key, value: handed.value })
      // Not read again: it may not have been stored. Written by the form that takes it over.
      const stored = handed ? (handed.value as T | undefined) : await replica.draft<T>(key)
      if (!current) return
      read.current = key
      if (early.current?.key === key) change(withEarly(stored ?? empty, early.current.value, empty))
      else show(stored ?? empty)
      early.current = null
      setLoadedKey(key)
    }
    void begin()
    addEventListener('pagehide', leave)
    const unwatch = replica.outdated.subscribe(flush)
    return () => {
      current = false
      unwatch()
      removeEventListener('pagehide', leave)
      flush()
    }
  }, [key, replica])

  const change = (next: T) => {
    if (read.current !== key) {
      early.current = { key, value: next }
      return
    }
    show(next)
    unsaved.current = { key, value: next }
    clearTimeout(timer.current)
    timer.current = window.setTimeout(flush, pause)
  }
  const clear = () => {
    show(empty)
    unsaved.current = { key, value: undefined }
    flush()
  }
  const loaded = loadedKey === key
  const unread = () => (early.current?.key === key ? early.current.value : empty)
  return {
    value: loaded ? value : empty,
    /** As it is by now: who waited meanwhile, for a file or the relay, must not put older words back. */
    latest: () => (read.current === key ? latest.current : unread()),
    loaded,
    change,
    clear,
  }
}
