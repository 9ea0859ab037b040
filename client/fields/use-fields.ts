/** The fields that administrators declared, and the names that values are shown by. */
import { useMemo } from 'preact/hooks'
import type { Names } from '../../shared/fields/words.ts'
import { defaultCurrency } from '../../shared/records/directory.ts'
import { type CustomisedType, seenFields } from '../../shared/records/field.ts'
import { locale } from '../i18n/index.ts'
import type { Replica, StoredRow } from '../replica/index.ts'
import { useDirectory } from './use-directory.ts'

export type Definition = StoredRow<'field'>

const byOrder = (a: Definition, b: Definition): number =>
  (a.order ?? '~') < (b.order ?? '~') ? -1 : (a.order ?? '~') > (b.order ?? '~') ? 1 : 0

/** Those of a record type that exist and that the user may see, in their order. */
export const useDefinitions = (replica: Replica, type: CustomisedType): Definition[] => {
  const rows = replica.known.fields.value
  const definitions = useMemo(
    () =>
      rows
        .filter(({ recordType, deletedAt }) => recordType === type && deletedAt === undefined)
        .sort(byOrder),
    [rows, type],
  )
  return seenFields(replica.subject.value, definitions)
}

/** Names of employees; those of clients are read where one is shown. */
export const useNames = (replica: Replica): Names => {
  const entries = useDirectory(replica)
  const employees = replica.known.employees.value
  const records = useMemo(
    () => new Map([...employees].map(([id, { name }]) => [id, name])),
    [employees],
  )
  return {
    language: locale.value,
    entries,
    records,
    currency: defaultCurrency(entries.values()),
    today: new Date(),
  }
}
