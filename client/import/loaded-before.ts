/**
 * What an import did before it was interrupted, as its marks in the records say: going on, it counts what
 * it created and changed over all its runs, though there is nothing left to do for those rows.
 */
import type { ImportedPart } from '../../shared/records/imported.ts'
import type { Outcome } from './plan.ts'

export interface LoadedBefore {
  add: (row: { id: string; imports?: readonly (ImportedPart & { id: string })[] }) => void
  /** Ids of the records that it created. */
  created: ReadonlySet<string>
  /**
   * What a row of the file did to the record it found, over all runs: `own` is the id of the record that
   * this very row creates. A changed record is counted with the first row that speaks of it.
   */
  told: (found: string, own: string, now: Outcome) => Outcome
}

/** `id` of the import. */
export const loadedBefore = (id: string): LoadedBefore => {
  const created = new Set<string>()
  const changed = new Set<string>()
  return {
    created,
    add: ({ id: row, imports = [] }) => {
      const mark = imports.find((part) => part.id === id)
      if (mark) (mark.created === undefined ? changed : created).add(row)
    },
    told: (found, own, now) => {
      if (found === own && created.has(own)) return { kind: 'create', patch: {} }
      return changed.delete(found) && now.kind === 'same'
        ? { kind: 'change', patch: {}, changed: {} }
        : now
    },
  }
}
