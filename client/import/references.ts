/**
 * Clients that fields name: the holding that a firm is part of, a custom field that is a client. A row
 * may name one that stands further down, so what is not found at once is looked for after all rows.
 */

import type { Write } from '../replica/writes.ts'
import { plain } from './cells.ts'
import type { Contact, Wanted } from './plan.ts'
import type { Problem, Reference } from './values.ts'

/** What a row gets after all rows were read. */
export interface Late {
  line: number
  writes: Write[]
  problems: Problem[]
}

interface Waiting {
  type: Contact
  id: string
  line: number
  reference: Reference
}

export const createReferences = () => {
  const byName = new Map<string, Set<string>>()
  const waiting: Waiting[] = []

  /** Two of one name: nobody knows which one is meant. */
  const idOf = (name: string): string | null => {
    const ids = byName.get(plain(name))
    return ids?.size === 1 ? ([...ids][0] ?? null) : null
  }

  return {
    know: ({ id, name }: { id: string; name: string }): void => {
      const key = plain(name)
      const ids = byName.get(key)
      if (ids) ids.add(id)
      else byName.set(key, new Set([id]))
    },

    /** Values of the fields whose clients are known by now, and the others. */
    found: (
      references: readonly Reference[],
    ): { values: Record<string, string>; missing: Reference[] } => {
      const values: Record<string, string> = {}
      const missing: Reference[] = []
      for (const reference of references) {
        const id = idOf(reference.name)
        if (id) values[reference.key] = id
        else missing.push(reference)
      }
      return { values, missing }
    },

    /** `id`: of the record whose fields they are. */
    wait: (type: Contact, id: string, line: number, references: readonly Reference[]): void => {
      for (const reference of references) waiting.push({ type, id, line, reference })
    },

    /** `write` makes what a record lacks, or null where it has it. */
    late: (
      write: (type: Contact, id: string, wanted: Wanted) => Write | null,
      headings: readonly string[],
    ): Late[] =>
      waiting.splice(0).map(({ type, id, line, reference: { key, name, column } }) => {
        const client = idOf(name)
        const made = write(type, id, {
          values: client ? { [key]: client } : {},
          lists: {},
          sets: {},
          // Nothing that the file says is lost.
          ...(!client && { note: `${headings[column] ?? ''}: ${name}` }),
        })
        return {
          line,
          writes: made ? [made] : [],
          problems: client ? [] : [{ code: 'field', column, value: name }],
        }
      }),
  }
}
