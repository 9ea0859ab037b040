/** A changed field in words: its label, what was in it and what is now. */

import { sameValue } from '../../../shared/equality.ts'
import { formatDay } from '../../../shared/fields/days.ts'
import { formatMoney } from '../../../shared/fields/words.ts'
import { isId } from '../../../shared/ids.ts'
import { formatPhone } from '../../../shared/phones.ts'
import { dayPattern, isFileValue } from '../../../shared/records/contact.ts'
import type { Field, Part } from '../../../shared/records/declaration.ts'
import { declarationOf, type RecordType } from '../../../shared/records/index.ts'
import type { InterestLine } from '../../../shared/records/interest.ts'
import { type RegisterState, registerStates } from '../../../shared/records/register.ts'
import { messageStatuses } from '../../../shared/records/segment.ts'
import { formatDateTime } from '../../format/index.ts'
import { labelOf, locale } from '../../i18n/index.ts'
import type { ReplicaBase } from '../../replica/index.ts'
import { contractName } from '../documents/title.ts'
import { t } from './texts.ts'

export interface FieldWords {
  label: string
  before: string
  after: string
  /** `before` only says that it is not known any more. */
  forgotten?: true
}

/** Names by id: of employees, clients, directory entries, custom fields and their options, imports. */
export type Names = ReadonlyMap<string, string>

interface Named {
  id: string
  name: string
}

/** Types whose records are called by their field `name`. */
const namedTables = [
  'account',
  'client',
  'clientSegment',
  'department',
  'directory',
  'employee',
  'import',
  'interest',
  'person',
  'role',
] as const satisfies RecordType[]

/**
 * Names of custom fields and stages, and of all records that these values name, as far as the user may
 * see them.
 */
export const readNames = async (base: ReplicaBase, values: unknown): Promise<Names> => {
  const ids = [...idsIn(values)]
  const [fields, scenarios, named, titled, dialogs, contracts] = await Promise.all([
    // Options and stages have no table of their own.
    base.field.toArray(),
    base.scenario.toArray(),
    Promise.all(namedTables.map((table) => base.table<Named, string>(table).bulkGet(ids))),
    base.task.bulkGet(ids),
    base.dialog.bulkGet(ids),
    base.contract.bulkGet(ids),
  ])
  const rows: (Named | undefined)[] = [
    ...fields,
    ...fields.flatMap(({ options }) => options),
    ...scenarios,
    ...scenarios.flatMap(({ stages }) => stages),
    ...named.flat(),
    ...titled.map((row) => row && { id: row.id, name: row.title }),
    ...contracts.map((row) => row && { id: row.id, name: contractName(row) }),
    ...dialogs.map(
      (row) => row && { id: row.id, name: row.subject || row.peer.name || row.peer.address },
    ),
  ]
  return new Map(rows.flatMap((row) => (row ? [[row.id, row.name]] : [])))
}

/** Whatever in a value could be the id of a record: the value itself, or something in its parts. */
const idsIn = (value: unknown, found = new Set<string>()): Set<string> => {
  if (isId(value)) found.add(value)
  else if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(value)) idsIn(inner, found)
  return found
}

/** Longer values are cut: enough to recognise them. */
const longestShown = 300

/** Kept by the program itself; nobody typed them. */
const silent = new Set(['createdAt', 'createdBy', 'deletedAt', 'deletedBy', 'entered', 'reached'])

export const fieldWords = (
  type: RecordType,
  fields: Readonly<Record<string, [unknown, unknown]>>,
  names: Names,
  forgotten: readonly string[] = [],
): FieldWords[] => {
  const declared = declarationOf(type).fields
  return Object.entries(fields).flatMap(([name, [before, after]]) => {
    if (silent.has(name)) return []
    const field = declared[name]
    if (forgotten.includes(name))
      return {
        label: field ? labelOf(field.label) : unnamedLabel(name, names),
        before: t('forgotten'),
        after: recordLists.has(name) ? recordWords(after, names) : valueWords(field, after, names),
        forgotten: true as const,
      }
    if (field && type === 'interest' && name === 'lines')
      return {
        label: labelOf(field.label),
        before: lineWords(before, after),
        after: lineWords(after, before),
      }
    if (field && recordLists.has(name))
      return {
        label: labelOf(field.label),
        before: recordWords(before, names),
        after: recordWords(after, names),
      }
    const [then, now] = cutBoth(plainWords(field, before, names), plainWords(field, after, names))
    return {
      label: field ? labelOf(field.label) : unnamedLabel(name, names),
      before: then,
      after: now,
    }
  })
}

const linesIn = (value: unknown): Part<InterestLine>[] =>
  Array.isArray(value) ? (value as Part<InterestLine>[]) : [] // of the field `lines`

/** `Кресло ×2 по 100,00 ₽ −5 %`: those lines alone that are otherwise in `other`; of another order all. */
const lineWords = (value: unknown, other: unknown): string => {
  const told = ({ name, quantity, price, currency, discount }: InterestLine): string =>
    `${name} ×${quantity.toLocaleString(locale.value)} ${t('lineFor', {
      price: formatMoney({ amount: price, currency }, locale.value),
    })}${discount ? ` −${discount.toLocaleString(locale.value)} %` : ''}`
  const same = new Map(linesIn(other).map(({ order: _, ...line }) => [line.id, line]))
  const all = linesIn(value)
  const changed = all.filter(({ order: _, ...line }) => !sameValue(same.get(line.id), line))
  const isMoved = changed.length === 0 && all.length === same.size
  const words = (isMoved ? all : changed).map(told).join(', ')
  return words === '' ? t('empty') : cut(words)
}

/** Lists of other records, one part for each under its id. */
const recordLists = new Set(['merged', 'distinct', 'imports'])

/** A custom field has its definition's name; what is no field at all is a message. */
const unnamedLabel = (name: string, names: Names): string =>
  name.startsWith('custom/')
    ? (names.get(name.slice('custom/'.length)) ?? t('goneField'))
    : t('message')

/** Names of the records in such a list, without merges that were undone. */
const recordWords = (value: unknown, names: Names): string => {
  const parts: { id?: unknown; undoneAt?: unknown }[] = Array.isArray(value) ? value : []
  const present = parts.filter(({ undoneAt }) => undoneAt === undefined)
  return present.length === 0
    ? t('empty')
    : present.map(({ id }) => names.get(String(id)) ?? t('hiddenRecord')).join(', ')
}

const isMoment = (name: unknown): name is number =>
  // Every number among the declared fields that is as large as this is a moment in ms.
  typeof name === 'number' && name > 1e11

const cut = (words: string): string =>
  words.length > longestShown ? `${words.slice(0, longestShown)}…` : words

/** Letters of what is the same that are shown before what differs. */
const shownBefore = 40

/** Of long texts the place where they differ, which may be pages below their beginning. */
const cutBoth = (before: string, after: string): [string, string] => {
  let same = 0
  while (same < before.length && before[same] === after[same]) same++
  const from = same - shownBefore
  const isBelow = from > 0 && Math.max(before.length, after.length) > longestShown
  const part = (words: string) => cut(isBelow ? `…${words.slice(from)}` : words)
  return [part(before), part(after)]
}

const valueWords = (field: Field | undefined, value: unknown, names: Names): string =>
  cut(plainWords(field, value, names))

const plainWords = (field: Field | undefined, value: unknown, names: Names): string => {
  if (value === undefined || value === null || value === '') return t('empty')
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
  if (isMoment(value)) return formatDateTime(value)
  if (isFileValue(value)) return value[1]
  if (Array.isArray(value))
    return value.length === 0
      ? t('empty')
      : value.map((item) => plainWords(field, item, names)).join(', ')
  if (typeof value === 'object') return objectWords(field, value, names)
  const text = String(value)
  const options = field?.kind === 'scalar' ? field.options : messageStatuses
  const option = options && Object.hasOwn(options, text) ? Object.entries(options) : []
  const label = option.find(([name]) => name === text)?.[1]
  if (label) return labelOf(label)
  const name = names.get(text)
  if (name !== undefined) return name
  // Nobody types ids: it is of a record that this user may not read, or that is no more.
  if (isId(text)) return t('hiddenRecord')
  if (hashPattern.test(text)) return t('file')
  if (/^\+\d+$/.test(text)) return formatPhone(text)
  return dayPattern.test(text) ? formatDay(text) : text
}

/** What a part is kept under, and where it stands among the others. */
const ofList: ReadonlySet<string> = new Set(['id', 'order'])

const isRegisterState = (state: unknown): state is RegisterState =>
  typeof state === 'string' && Object.hasOwn(registerStates, state)

/** SHA-256 of a photo. */
const hashPattern = /^[0-9a-f]{64}$/

/** A part of a list shows its value; other JSON shows what people put into it. */
const objectWords = (field: Field | undefined, value: object, names: Names): string => {
  if ('amount' in value && 'currency' in value)
    return formatMoney(
      { amount: Number(value.amount), currency: String(value.currency) },
      locale.value,
    )
  // The place of an Interest: what people know of it is the stage, and why it was lost.
  if ('stage' in value)
    return [value.stage, 'reason' in value && value.reason]
      .flatMap((id) => (id ? (names.get(String(id)) ?? t('hiddenRecord')) : []))
      .join(', ')
  // The errands of a segment.
  if ('on' in value && 'title' in value)
    return `${plainWords(field, value.on, names)}, ${value.title}`
  if ('hash' in value && 'name' in value) return String(value.name)
  if ('state' in value && isRegisterState(value.state)) return labelOf(registerStates[value.state])
  const parts =
    'value' in value
      ? [value.value]
      : Object.entries(value).flatMap(([name, part]) => (ofList.has(name) ? [] : [part]))
  return parts
    .filter((part) => part !== undefined && part !== '')
    .map((part) => plainWords(field, part, names))
    .join(', ')
}
