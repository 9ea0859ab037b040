/** Where j and k are in a list: at a record, not at a place, into which another comes with a row put in above. */
import { useMemo, useRef, useState } from 'preact/hooks'

/** No id: the first record of whatever is found, or nothing yet (-1). */
type Walked = { id: string } | { at: -1 | 0 }

export const useWalk = (ids: readonly string[] | null) => {
  const [walked, show] = useState<Walked>({ at: -1 })
  /** The same at once: keys come faster than renders. */
  const latest = useRef(walked)
  /** Where the record was last, from which the walk goes on when it has left the list. */
  const last = useRef(-1)
  const walk = (to: Walked) => {
    latest.current = to
    show(to)
  }
  const placeOf = (one: Walked): number => ('id' in one ? (ids?.indexOf(one.id) ?? -1) : one.at)
  const active = useMemo(() => {
    const place = placeOf(walked)
    if (place >= 0 || 'at' in walked) last.current = place
    return place
  }, [walked, ids])
  /** Now, where keys came since the last render. */
  const place = () => placeOf(latest.current)
  return {
    /** Place of the row to be marked; -1: none. */
    active,
    place,
    /** One row on or back; gives its place. */
    step: (by: 1 | -1): number => {
      const from = place()
      // What stood after the record that left stands in its place now.
      const next =
        from >= 0 ? from + by : last.current < 0 || by < 0 ? last.current + by : last.current
      const at = Math.min(Math.max(next, 0), (ids?.length ?? 1) - 1)
      const id = ids?.[at]
      last.current = at
      if (id !== undefined) walk({ id })
      return at
    },
    /** What Enter opens: nothing where the record that was walked to has left the list. */
    chosen: (): string | undefined => ('id' in latest.current ? ids?.[place()] : ids?.[0]),
    toFirst: () => walk({ at: 0 }),
  }
}
