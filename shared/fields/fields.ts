/**
 * All fields of a record type, built-in and custom alike, for what works with any of them: the card,
 * lists, filters, import, export, templates. Values are read and written through here only.
 *
 *     fieldsOf ─► FieldInfo ─┬─ fieldValue(row)      what the record holds
 *                            ├─ patchOf(value)    how it is changed
 *                            ├─ ./words.ts        value → text and back
 *                            └─ ./compare.ts      order of values
 */
import type { Patch } from '../records/change.ts'
import type { Label, Part } from '../records/declaration.ts'
import type { DirectoryName } from '../records/directory.ts'
import type { CustomisedType, FieldKind, FieldRow } from '../records/field.ts'
import { declarationOf } from '../records/index.ts'
import { nameParts } from '../records/name-parts.ts'

/** What a value is. The kinds of custom fields, and those that only built-in fields have. */
export type InfoKind =
  | FieldKind
  /** ms since the epoch */
  | 'moment'
  /** id of a directory entry */
  | 'entry'
  /** ids of tags */
  | 'tags'
  /** ids of employees */
  | 'employees'
  /** ids of segments, by hand; those by rule are asked of the whole row (see `filter.ts`) */
  | 'segments'
  /** ids of records with a card of their own, like `client` */
  | 'person'
  | 'interest'
  /** parts with `value` and `kind`: phones, e-mails, addresses, links, messengers, dates */
  | 'phones'
  | 'emails'
  | 'addresses'
  | 'links'
  | 'messengers'
  | 'dates'

/** Records with a card of their own that fields name by id. */
export type ReferenceKind = 'client' | 'person' | 'interest'

export const isReference = (kind: InfoKind): kind is ReferenceKind =>
  kind === 'client' || kind === 'person' || kind === 'interest'

export interface FieldInfo {
  /** `name`, `phones`; of a custom field `custom/<id>`. */
  key: string
  label: Label
  kind: InfoKind
  required: boolean
  /** People may change it. */
  writable: boolean
  /** Of `oneOf` and `manyOf`: what can be chosen; archived ones are kept, not offered. */
  options?: readonly { id: string; label: Label; archived: boolean }[]
  /** Of `entry`: which directory. */
  directory?: DirectoryName
  /** The custom field's definition. */
  definition?: FieldRow
  /** Worked out on the device instead of kept in the record: from its id, and from its fields `from`. */
  of?: (row: Readonly<Record<string, unknown>>) => unknown
  from?: readonly string[]
}

/** What the declaration does not say of a built-in field by itself. */
const builtInKinds: Readonly<Record<string, InfoKind>> = {
  createdAt: 'moment',
  createdBy: 'employee',
  at: 'moment',
  due: 'moment',
  responsible: 'employee',
  parent: 'client',
  client: 'client',
  person: 'person',
  interest: 'interest',
  keyPerson: 'yesNo',
  allDay: 'yesNo',
  restricted: 'yesNo',
  managers: 'employees',
  members: 'employees',
  tags: 'tags',
  segments: 'segments',
  note: 'longText',
  description: 'longText',
  result: 'longText',
  photo: 'file',
  contactType: 'entry',
  heat: 'entry',
  folder: 'entry',
  currency: 'entry',
  role: 'entry',
  category: 'entry',
  channel: 'entry',
  lossReason: 'entry',
  amount: 'money',
  periods: 'number',
  closeDate: 'date',
  date: 'date',
  validFrom: 'date',
  validTo: 'date',
  renews: 'yesNo',
  remindDays: 'number',
  probability: 'number',
  duration: 'number',
  remind: 'number',
  done: 'moment',
  files: 'number',
  price: 'money',
  active: 'yesNo',
  scenario: 'oneOf',
  stage: 'oneOf',
  closedAt: 'moment',
  since: 'moment',
  phones: 'phones',
  emails: 'emails',
  addresses: 'addresses',
  links: 'links',
  messengers: 'messengers',
  dates: 'dates',
}

/** Numbers that forms ask for by words need their unit where they stand alone. */
export const minuteLabels = {
  duration: { ru: 'Длительность, мин', en: 'Duration, min' },
  remind: { ru: 'Предупредить за, мин', en: 'Remind before, min' },
} as const satisfies Record<string, Label>

const labels: Readonly<Record<string, Label>> = minuteLabels

type Values = Readonly<Record<string, unknown>>

/** What lists say of values that are no single one. */
const workedOut: Readonly<Record<string, (row: Values) => unknown>> = {
  'task.done': ({ done }) => Object(done).at,
  'dialog.peer': ({ peer }) => [Object(peer).name, Object(peer).address].filter(Boolean).join(', '),
  'contract.files': ({ files }) => (Array.isArray(files) && files.length > 0 ? files.length : null),
}

const entryDirectories: Readonly<Record<string, DirectoryName>> = {
  contactType: 'contactType',
  heat: 'heat',
  folder: 'folder',
  currency: 'currency',
  role: 'contactRole',
  category: 'taskCategory',
  channel: 'adChannel',
  lossReason: 'lossReason',
  'product.category': 'productCategory',
}

/** Text fields and closed lists of the types, in the order in which forms show them. */
const shown: Readonly<Record<CustomisedType, readonly string[]>> = {
  client: [
    'name',
    ...nameParts,
    'kind',
    'relation',
    'contactType',
    'heat',
    'phones',
    'emails',
    'messengers',
    'addresses',
    'links',
    'fullName',
    'inn',
    'kpp',
    'ogrn',
    'parent',
    'folder',
    'currency',
    'dates',
    'managers',
    'open',
    'tags',
    'segments',
    'note',
    'createdAt',
    'createdBy',
  ],
  person: [
    'name',
    ...nameParts,
    'client',
    'position',
    'role',
    'keyPerson',
    'influence',
    'matters',
    'contactType',
    'heat',
    'phones',
    'emails',
    'messengers',
    'addresses',
    'links',
    'dates',
    'managers',
    'open',
    'tags',
    'note',
    'createdAt',
    'createdBy',
  ],
  dialog: ['subject', 'peer', 'client', 'person', 'responsible', 'state', 'createdAt'],
  appeal: ['firstWords', 'at', 'responsible', 'state'],
  interaction: ['kind', 'at', 'text', 'createdAt', 'createdBy'],
  task: [
    'title',
    'kind',
    'category',
    'client',
    'person',
    'interest',
    'due',
    'duration',
    'remind',
    'responsible',
    'restricted',
    'members',
    'description',
    'done',
    'result',
    'createdAt',
    'createdBy',
  ],
  product: [
    'name',
    'article',
    'kind',
    'unit',
    'price',
    'vat',
    'category',
    'active',
    'description',
    'createdAt',
    'createdBy',
  ],
  interest: [
    'name',
    'client',
    'person',
    'scenario',
    'stage',
    'status',
    'amount',
    'budget',
    'periods',
    'closeDate',
    'probability',
    'responsible',
    'channel',
    'lossReason',
    'tags',
    'restricted',
    'members',
    'description',
    'since',
    'closedAt',
    'createdAt',
    'createdBy',
  ],
  contract: [
    'number',
    'date',
    'subject',
    'kind',
    'client',
    'person',
    'interest',
    'status',
    'amount',
    'validFrom',
    'validTo',
    'renews',
    'remindDays',
    'responsible',
    'tags',
    'restricted',
    'members',
    'description',
    'files',
    'createdAt',
    'createdBy',
  ],
}

const builtIn = (type: CustomisedType, name: string): FieldInfo[] => {
  const { fields, derived } = declarationOf(type)
  const field = fields[name] ?? derived?.fields[name]
  if (!field) return []
  const options = field.kind === 'scalar' ? field.options : undefined
  const kind = options ? 'oneOf' : (builtInKinds[name] ?? 'text')
  const directory =
    kind === 'entry' && (entryDirectories[`${type}.${name}`] ?? entryDirectories[name])
  const of = workedOut[`${type}.${name}`]
  return [
    {
      key: name,
      label: labels[name] ?? field.label,
      kind,
      required: field.required === true,
      writable: !of && (field.changedBy ?? 'writers') === 'writers',
      ...(of && { of, from: [name] }),
      ...(options && {
        options: Object.entries(options).map(([id, label]) => ({ id, label, archived: false })),
      }),
      ...(directory && { directory }),
    },
  ]
}

/** A custom field as lists and forms want it. */
export const customField = (definition: FieldRow): FieldInfo => ({
  key: `custom/${definition.id}`,
  label: { ru: definition.name, en: definition.name },
  kind: definition.kind,
  required: definition.required === true,
  writable: true,
  ...((definition.kind === 'oneOf' || definition.kind === 'manyOf') && {
    options: definition.options.map(({ id, name, archived }) => ({
      id,
      label: { ru: name, en: name },
      archived: archived === true,
    })),
  }),
  definition,
})

const byOrder = (a: FieldRow, b: FieldRow): number =>
  (a.order ?? '~') < (b.order ?? '~') ? -1 : (a.order ?? '~') > (b.order ?? '~') ? 1 : 0

/** Built-in fields, then the custom ones that exist, in their order. */
export const fieldsOf = (type: CustomisedType, definitions: Iterable<FieldRow>): FieldInfo[] => [
  ...shown[type].flatMap((name) => builtIn(type, name)),
  ...[...definitions]
    .filter(({ recordType, deletedAt }) => recordType === type && deletedAt === undefined)
    .sort(byOrder)
    .map(customField),
]

/** What the record holds in the field; undefined where nothing. */
export const fieldValue = ({ key, of }: Pick<FieldInfo, 'key' | 'of'>, row: Values): unknown => {
  if (of) return of(row)
  if (!key.startsWith('custom/')) return row[key]
  const custom: unknown = row.custom
  return typeof custom === 'object' && custom !== null
    ? (custom as Values)[key.slice('custom/'.length)] // projected by `customValue`
    : undefined
}

const isPart = (value: unknown): value is Part<object> =>
  typeof value === 'object' && value !== null && 'id' in value && 'order' in value

/**
 * The patch that makes the field hold `value`; undefined or null clears it. Of a list of parts the
 * whole list is given, `held` is the one there is.
 */
export const patchOf = ({ key }: Pick<FieldInfo, 'key'>, value: unknown, held?: unknown): Patch => {
  if (key.startsWith('custom/')) return { custom: { [key.slice('custom/'.length)]: value ?? null } }
  const [now, before] = [value, held].map((list) =>
    Array.isArray(list) ? list.filter(isPart) : [],
  )
  if (!now?.length && !before?.length) return { [key]: value ?? null }
  const parts: Record<string, unknown> = {}
  for (const { id } of before ?? []) parts[id] = null
  for (const { id, ...part } of now ?? []) parts[id] = part
  return { [key]: parts }
}

/** Whether the record holds nothing in the field. */
export const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && !value.length)

/** Required fields that the record lacks: it stays usable, and is marked. */
export const missingFields = (infos: readonly FieldInfo[], row: Values): FieldInfo[] =>
  infos.filter((info) => info.required && isEmpty(fieldValue(info, row)))
