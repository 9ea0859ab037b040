/**
 * The records that others were merged into. A file knows nothing of a merge: what it says of a duplicate
 * it says of the main record, and nothing that people made one is made anew.
 */
import { resolve } from '../../shared/duplicates/resolve.ts'

export interface Mains<T> {
  /** Whether the row was merged into another one; such are kept until `merged` is asked for. */
  take: (row: T & { id: string; mergedInto?: string }) => boolean
  of: (id: string) => string
  merged: () => { row: T; main: string }[]
}

export const createMains = <T>(): Mains<T> => {
  const into = new Map<string, string>()
  const rows: { id: string; row: T }[] = []
  const of = (id: string) => resolve(id, (one) => into.get(one))
  return {
    take: (row) => {
      if (row.mergedInto === undefined) return false
      into.set(row.id, row.mergedInto)
      rows.push({ id: row.id, row })
      return true
    },
    of,
    merged: () => rows.splice(0).map(({ id, row }) => ({ row, main: of(id) })),
  }
}
