/** Fields and their values in words. */
import '../../format/world-phones.ts'
import { keysOf, type MatchField } from '../../../shared/duplicates/keys.ts'
import {
  isAppeal,
  type MergedRow,
  type MergedType,
  nameOf,
} from '../../../shared/duplicates/merge.ts'
import { formatPhone } from '../../../shared/phones.ts'
import type { ClientRow } from '../../../shared/records/client.ts'
import { t } from './texts.ts'

export const fieldName = (field: MatchField, table: MergedType): string =>
  field === 'name' ? t(`field.name.${table}`) : t(`field.${field}`)

/** «2 совпадения по телефону / e-mail» (F234). */
export const matchWords = (matched: readonly MatchField[], table: MergedType): string =>
  t('matches', {
    count: matched.length,
    fields: matched
      .map((one) => (one === 'name' ? t(`by.name.${table}`) : t(`by.${one}`)))
      .join(' / '),
  })

/** Where a record is worked with; an appeal has no page but its dialog. */
export const pathOf = (row: MergedRow): string =>
  isAppeal(row) ? `/dialogs/${row.dialog}` : `/${row.type}s/${row.id}`

/** What of a record is seen in the column of a field. */
export const fieldValues = (row: MergedRow, field: MatchField): string[] => {
  switch (field) {
    case 'name':
    case 'firm':
      return [nameOf(row)]
    case 'phone':
      if (isAppeal(row)) return keysOf('appeal', row).phone.map(formatPhone)
      return row.phones.map(({ value }) => formatPhone(value))
    case 'email':
      if (isAppeal(row)) return keysOf('appeal', row).email
      return row.emails.map(({ value }) => value)
    case 'inn': {
      const { inn, kpp } = row as ClientRow // persons have no such column
      return inn ? [kpp ? `${inn} / ${kpp}` : inn] : []
    }
  }
  return field satisfies never
}
