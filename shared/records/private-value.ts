/**
 * Values of custom fields that not everyone may see. Each lies in a record of its own beside the one
 * it is of, so that the relay gives it only to those who may read both the record and the field:
 *
 *     client ◄── record ── privateValue ── field ──► definition with `readers`
 *       │ audience: client:user:7          │ audience: client:user:7&field:3
 *       └── access fields ── repeated ─────┘
 *
 * On a device the value stands in the row of its record (see `../fields/apart.ts`).
 */
import * as v from 'valibot'
import { derivedId } from '../ids.ts'
import type { Reason } from '../reasons.ts'
import type { Subject } from '../rights.ts'
import { appeal } from './appeal.ts'
import { client } from './client.ts'
import { isFileValue } from './contact.ts'
import { customValue } from './custom-value.ts'
import {
  choice,
  commonFields,
  type Declaration,
  json,
  parts,
  type Row,
  type RowOf,
  ref,
} from './declaration.ts'
import { dialog } from './dialog.ts'
import { fieldToken, type HideableType, hideableTypes } from './field.ts'
import { person } from './person.ts'
import { mayWriteRestrictable, restrictedAudience } from './restrictable.ts'

/** What their declarations say of access: it is asked of `accessFields` alone. */
const restrictable = { audience: restrictedAudience, mayWrite: mayWriteRestrictable }

/** The records that have custom fields. A declaration takes rows of its own type only, as `leaderOf` gives it. */
const leaders = {
  appeal,
  client,
  contract: restrictable,
  dialog,
  interest: restrictable,
  person,
  task: restrictable,
} as unknown as Record<HideableType, Pick<Declaration, 'audience' | 'mayWrite'>>

/** Fields of a record on which it depends who may read and change it. */
export const accessFields = [
  'account',
  'createdBy',
  'managers',
  'members',
  'open',
  'responsible',
  'restricted',
] as const

const fields = {
  ...commonFields,
  record: ref('Запись', 'Record', { required: true, indexed: true, changedBy: 'nobody' }),
  recordType: choice('Вид записи', 'Kind of record', hideableTypes, {
    required: true,
    changedBy: 'nobody',
  }),
  field: ref('Поле', 'Field', { required: true, indexed: true, changedBy: 'nobody' }),
  /** The record's, whatever a device says: the relay has the last word (`follows` below). */
  access: json('Доступ', 'Access', v.record(v.picklist(accessFields), v.unknown()), {
    changedBy: 'nobody',
  }),
  value: json('Значение', 'Value', customValue, { personal: true }),
  /** By merge or import: what the value was and what was made of it, as in the record's own parts. */
  moves: parts('Перенос', 'Moves', v.object({ set: v.tuple([v.unknown(), v.unknown()]) }), {
    personal: true,
  }),
} as const

export type PrivateValueRow = RowOf<typeof fields>

/** There is one for a record and a field, whoever makes it. */
export const privateValueId = (record: string, field: string): string =>
  derivedId('privateValue', record, field)

/** What a private value repeats of its record. */
export const accessOf = (record: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    accessFields.flatMap((name) => (record[name] === undefined ? [] : [[name, record[name]]])),
  )

/** The record as far as access to it goes. */
const leaderOf = ({ record, recordType, access }: PrivateValueRow): Row => ({
  ...access,
  id: record,
  type: recordType,
})

const audience = (row: PrivateValueRow): string[] =>
  leaders[row.recordType]
    .audience(leaderOf(row))
    .map((token) => `${token}&${fieldToken(row.field)}`)

/** Who may change the record may change the value, and who creates the record fills it in. */
const mayWrite = (
  subject: Subject,
  _before: PrivateValueRow | null,
  after: PrivateValueRow,
): Reason | null => {
  if (after.id !== privateValueId(after.record, after.field)) return 'invalidValue'
  if (subject.kind === 'service') return null
  if (!subject.tokens.has(fieldToken(after.field))) return 'forbidden'
  if (subject.closed?.has(after.field)) return 'immutableField'
  const leader = leaderOf(after)
  const { mayWrite: may } = leaders[after.recordType]
  const refused = may(subject, leader, leader)
  return refused && leader.createdBy === subject.id ? may(subject, null, leader) : refused
}

export const privateValue: Declaration<PrivateValueRow> & { fields: typeof fields } = {
  type: 'privateValue',
  label: { ru: 'Закрытое значение', en: 'Private value' },
  fields,
  maxStateBytes: 100_000,
  audience,
  mayWrite,
  follows: {
    types: Object.keys(hideableTypes),
    by: 'record',
    typeAs: 'recordType',
    fields: accessFields,
    into: 'access',
    exactly: true,
  },
  files: ({ value }) => (isFileValue(value) ? [value[0]] : []),
}
