/** The fields that administrators declared, and the names that values are shown by. */
import type { Names } from '../../shared/fields/words.ts'
import { defaultCurrency } from '../../shared/records/directory.ts'
import { type CustomisedType, seenFields } from '../../shared/records/field.ts'
import { locale } from '../i18n/index.ts'
import { type Replica, type StoredRow, useLive } from '../replica/index.ts'
import { useDirectory } from './use-directory.ts'

export type Definition = StoredRow<'field'>

const none: Definition[] = []

const byOrder = (a: Definition, b: Definition): number =>
  (a.order ?? '~') < (b.order ?? '~') ? -1 : (a.order ?? '~') > (b.order ?? '~') ? 1 : 0

/** Those of a record type that exist and that the user may see, in their order. */
export const useDefinitions = (replica: Replica, type: CustomisedType): Definition[] => {
  const definitions = useLive<Definition[]>(
    async () =>
      (await replica.base.field.where('recordType').equals(type).toArray())
        .filter(({ deletedAt }) => deletedAt === undefined)
        .sort(byOrder),
    [replica, type],
    none,
  ).value
  return seenFields(replica.subject.value, definitions)
}

/** Names of employees; those of clients are read where one is shown. */
export const useNames = (replica: Replica): Names => {
  const entries = useDirectory(replica)
  const records = useLive<ReadonlyMap<string, string>>(
    async () => new Map((await replica.base.employee.toArray()).map(({ id, name }) => [id, name])),
    [replica],
    new Map(),
  ).value
  return {
    language: locale.value,
    entries,
    records,
    currency: defaultCurrency(entries.values()),
    today: new Date(),
  }
}
