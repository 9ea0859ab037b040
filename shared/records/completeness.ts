import { derivedId } from '../ids.ts'
import { choice, commonFields, type Declaration, type RowOf, strings } from './declaration.ts'

const types = {
  client: { ru: 'Клиенты', en: 'Clients' },
  person: { ru: 'Контактные лица', en: 'Contact persons' },
} as const

const fields = {
  ...commonFields,
  recordType: choice('Карточка', 'Card', types, { required: true, changedBy: 'nobody' }),
  /** Keys of fields; `contact` is a phone or an e-mail address. All weigh the same. */
  controlled: strings('Контролируемые поля', 'Controlled fields', 100, 60),
  /** Keys of the fields that make the portrait of a client, in their order (F75). */
  portrait: strings('Портрет клиента', 'Client portrait', 30, 60),
} as const

export type CompletenessRow = RowOf<typeof fields>

/** Which fields of a card the company wants filled in (F73), and by which it sees its clients (F75). */
export const completeness: Declaration<CompletenessRow> & { fields: typeof fields } = {
  type: 'completeness',
  label: { ru: 'Контроль заполненности', en: 'Completeness control' },
  fields,
  maxStateBytes: 50_000,
  audience: () => ['all'],
  mayWrite: (subject) => (subject.kind === 'service' || subject.administrator ? null : 'forbidden'),
}

/** There is one for each type of cards. */
export const completenessId = (recordType: 'client' | 'person'): string =>
  derivedId('completeness', recordType)
