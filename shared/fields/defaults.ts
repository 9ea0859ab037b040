/** What a new record holds in the fields of one's own before anybody says otherwise. No I/O. */
import type { CustomValue } from '../records/custom-value.ts'
import { dayOfMaking } from '../records/field.ts'
import { dayOf } from './days.ts'
import type { FieldInfo } from './fields.ts'

interface Around {
  /** Has the employees by their ids. */
  records: { has: (id: string) => boolean }
  today: Date
}

/** The default as it is today; undefined where what it names went away, or is not this user's to see. */
export const defaultOf = (
  info: FieldInfo,
  { records, today }: Around,
  clients: ReadonlySet<string>,
): CustomValue | undefined => {
  const value = info.definition?.default
  const isOffered = (option: unknown) =>
    info.options?.some(({ id, archived }) => id === option && !archived) === true
  switch (info.kind) {
    case 'date':
      return value === dayOfMaking ? dayOf(today) : value
    case 'oneOf':
      return isOffered(value) ? value : undefined
    case 'manyOf': {
      const left = Array.isArray(value) ? value.filter(isOffered) : []
      return left.length > 0 ? left : undefined
    }
    case 'client':
      return clients.has(String(value)) ? value : undefined
    case 'employee':
      return records.has(String(value)) ? value : undefined
    default:
      return value
  }
}

/** Clients that defaults name. */
export const clientsOfDefaults = (own: readonly FieldInfo[]): string[] =>
  own.flatMap(({ kind, definition }) =>
    kind === 'client' && typeof definition?.default === 'string' ? [definition.default] : [],
  )
