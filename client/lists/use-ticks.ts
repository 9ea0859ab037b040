/** Ticked records of a list. */
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { isTyping } from '../screens/dialogs/list-keys.ts'

/** Which records are ticked; what leaves the list is ticked no more. */
export const useTicks = (ids: readonly string[] | null) => {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const last = useRef<number | null>(null)
  const kept = useMemo(() => {
    if (ticked.size === 0 || !ids) return []
    return ids.filter((id) => ticked.has(id))
  }, [ticked, ids])
  const known = useMemo(() => new Set(kept), [kept])
  return {
    ids: kept,
    has: (id: string) => known.has(id),
    tick: (index: number, isTicked: boolean, isRange: boolean) => {
      const from = isRange && last.current !== null ? last.current : index
      last.current = index
      const meant = ids?.slice(Math.min(from, index), Math.max(from, index) + 1) ?? []
      // On what is ticked by then: keys come faster than renders.
      setTicked((before) => {
        const next = new Set(before)
        for (const id of meant)
          if (isTicked) next.add(id)
          else next.delete(id)
        return next
      })
    },
    all: () => setTicked(new Set(ids)),
    none: () => setTicked(new Set()),
  }
}

/** `x` ticks the row that j and k walk over, as in mail programs. */
export const useTickKey = (tick: () => void): void => {
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // By the place of the key: in the Russian layout it is ч.
      if (isTyping(event) || event.code !== 'KeyX') return
      event.preventDefault()
      tick()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  })
}
