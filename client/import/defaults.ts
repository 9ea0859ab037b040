/**
 * Defaults of fields of one's own for the records that an import creates: of what the file has no column
 * for, as the form of a new record would have it. A row of our own table says with an empty place, too,
 * what its record held.
 */
import { clientsOfDefaults, defaultOf } from '../../shared/fields/defaults.ts'
import { customField } from '../../shared/fields/fields.ts'
import type { Names } from '../../shared/fields/words.ts'
import type { CustomValue } from '../../shared/records/custom-value.ts'
import { seenFields } from '../../shared/records/field.ts'
import type { Subject } from '../../shared/rights.ts'
import type { ReplicaBase } from '../replica/tables.ts'
import type { ImportedType, Wanted } from './plan.ts'

/** By the key of the field. */
export type FieldDefaults = Readonly<Partial<Record<ImportedType, Record<string, CustomValue>>>>

/** Of these types; `mapping` names what the file has columns for. */
export const fieldDefaults = async (
  base: ReplicaBase,
  types: readonly ImportedType[],
  mapping: readonly (string | null)[],
  subject: Subject,
  names: Names,
): Promise<FieldDefaults> => {
  const definitions = seenFields(subject, await base.field.toArray()).filter(
    ({ id, deletedAt }) => deletedAt === undefined && !subject.closed?.has(id),
  )
  const infos = definitions.map(customField)
  const named = await base.client.bulkGet(clientsOfDefaults(infos))
  const clients = new Set(
    named.flatMap((row) => (row && row.deletedAt === undefined ? [row.id] : [])),
  )
  return Object.fromEntries(
    types.map((type) => {
      const column = type === 'person' ? 'person.field:' : 'field:'
      const own = infos.filter(
        ({ definition, key }) =>
          definition?.recordType === type && !mapping.includes(`${column}${key}`),
      )
      const values = own.flatMap((info) => {
        const value = defaultOf(info, names, clients)
        return value === undefined ? [] : [[info.key, value] as const]
      })
      return [type, Object.fromEntries(values)]
    }),
  )
}

export const withDefaults = (
  type: ImportedType,
  wanted: Wanted,
  defaults: FieldDefaults | undefined,
): Wanted => ({ ...wanted, values: { ...defaults?.[type], ...wanted.values } })
