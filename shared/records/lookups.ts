/**
 * Keys by which connectors and other programs find records at the relay: normalised e-mail, phone,
 * INN, Message-ID. Apart from
 * the declarations: devices find nothing by them, and need not fetch a library of phone numbers for it.
 */
import { normaliseEmail } from '../emails.ts'
import { sameValue } from '../equality.ts'
import { innKey } from '../inn.ts'
import { normalisePhone } from '../phones.ts'
import type { ClientRow } from './client.ts'
import type { ContactRow } from './contact.ts'
import { type ContractRow, isInForce } from './contract.ts'
import type { Row } from './declaration.ts'
import { type InterestRow, productsOf } from './interest.ts'
import { numberKey } from './numbering.ts'
import type { SegmentRow } from './segment.ts'

export interface LookupKey {
  /**
   * `dialog` finds the segments of a dialog, `contact` what was written down about a contact, `stage`
   * the Interests that stand on one, `product` those in whose lines it is, `record` the private values
   * of a record, `inForce` the contracts that hold a client, `number` the document that has one (see
   * `takenNumber`).
   */
  key:
    | 'email'
    | 'phone'
    | 'inn'
    | 'messageId'
    | 'dialog'
    | 'contact'
    | 'stage'
    | 'product'
    | 'record'
    | 'inForce'
    | 'number'
  value: string
}

const contactLookups = (row: ContactRow): LookupKey[] => [
  ...row.emails.flatMap(({ value }) => {
    const key = normaliseEmail(value)
    return key ? [{ key: 'email' as const, value: key }] : []
  }),
  ...row.phones.flatMap(({ value }) => {
    const key = normalisePhone(value)
    return key ? [{ key: 'phone' as const, value: key }] : []
  }),
]

const clientLookups = (row: ClientRow): LookupKey[] => {
  const inn = innKey(row.inn)
  return [...contactLookups(row), ...(inn === '' ? [] : [{ key: 'inn' as const, value: inn }])]
}

const segmentLookups = (row: SegmentRow): LookupKey[] => [
  { key: 'dialog', value: row.dialog },
  ...row.messages.flatMap(({ messageId }) =>
    messageId ? [{ key: 'messageId' as const, value: messageId }] : [],
  ),
]

const interestLookups = (row: InterestRow): LookupKey[] => [
  { key: 'stage', value: row.stage },
  ...productsOf(row).map((value) => ({ key: 'product' as const, value })),
]

/** Under what a number of documents of a type is looked up. In the trash a document keeps its own. */
export const takenNumber = (type: string, number: string): LookupKey => ({
  key: 'number',
  value: `${type}:${numberKey(number)}`,
})

const contractLookups = (row: ContractRow): LookupKey[] => [
  ...(isInForce(row) ? [{ key: 'inForce' as const, value: row.client }] : []),
  ...(row.number === undefined ? [] : [takenNumber('contract', row.number)]),
]

/**
 * Whether two rows of a record are surely found by the same keys. Asked first, since making the keys
 * parses every phone: a sixth of the judgement of an edit.
 */
export const sameLookups = (before: Row, after: Row): boolean =>
  (after.type === 'client' || after.type === 'person') &&
  before.inn === after.inn &&
  sameValue(before.emails, after.emails) &&
  sameValue(before.phones, after.phones)

/** What a record is found by. A row is of the type that it says. */
export const lookupsOf = (row: Row): LookupKey[] => {
  switch (row.type) {
    case 'client':
      return clientLookups(row as unknown as ClientRow)
    case 'person':
      return contactLookups(row as unknown as ContactRow)
    case 'interaction':
      return [{ key: 'contact', value: String(row.contact) }]
    case 'privateValue':
      return [{ key: 'record', value: String(row.record) }]
    case 'segment':
      return segmentLookups(row as unknown as SegmentRow)
    case 'interest':
      return interestLookups(row as unknown as InterestRow)
    case 'contract':
      return contractLookups(row as unknown as ContractRow)
    default:
      return []
  }
}
