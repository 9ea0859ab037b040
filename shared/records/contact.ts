/** What organisations and people have in common: ways to reach them and who may see them. */
import * as v from 'valibot'
import { domainOf, normaliseEmail } from '../emails.ts'
import type { Reason } from '../reasons.ts'
import type { Subject } from '../rights.ts'
import { actionsOf, mayAct } from '../rights-acts.ts'
import { type Action, isGoverned } from '../rights-matrix.ts'
import { factoryReach } from '../rights-scopes.ts'
import { governedAudience } from '../rights-tokens.ts'
import type { CustomValue } from './custom-value.ts'
import { choice, customValues, json, type Part, parts, prose, ref, set } from './declaration.ts'
import { type ImportedPart, importedFields, importsColumn } from './imported.ts'
import { type MergedPart, mergeAct, mergedColumns, mergedIndexes, mergeFields } from './merged.ts'
import { fileHash } from './segment.ts'

/** One line of a list; 500 characters hold any address with its directions. */
const line = v.pipe(v.string(), v.maxLength(500))

export const phoneKinds = {
  mobile: { ru: 'Мобильный', en: 'Mobile' },
  work: { ru: 'Рабочий', en: 'Work' },
  home: { ru: 'Домашний', en: 'Home' },
  other: { ru: 'Другой', en: 'Other' },
} as const
export const emailKinds = {
  work: { ru: 'Рабочая', en: 'Work' },
  personal: { ru: 'Личная', en: 'Personal' },
  other: { ru: 'Другая', en: 'Other' },
} as const
export const addressKinds = {
  legal: { ru: 'Юридический', en: 'Legal' },
  actual: { ru: 'Фактический', en: 'Actual' },
  postal: { ru: 'Почтовый', en: 'Postal' },
  delivery: { ru: 'Доставки', en: 'Delivery' },
} as const

const kindOf = <T extends Record<string, unknown>>(kinds: T) =>
  v.picklist(Object.keys(kinds) as (keyof T & string)[]) // Object.keys forgets the key type

/** `value` is E.164 where the number is understood, otherwise as typed (F51). */
const phone = v.object({ value: v.pipe(line, v.nonEmpty()), kind: kindOf(phoneKinds) })
const email = v.object({
  value: v.pipe(
    line,
    v.check((value) => normaliseEmail(value) !== null),
  ),
  kind: kindOf(emailKinds),
})
const address = v.object({ value: v.pipe(line, v.nonEmpty()), kind: kindOf(addressKinds) })
const link = v.object({ value: v.pipe(line, v.nonEmpty()) })

export const networks = {
  telegram: { ru: 'Telegram', en: 'Telegram' },
  whatsapp: { ru: 'WhatsApp', en: 'WhatsApp' },
  vk: { ru: 'ВКонтакте', en: 'VK' },
  max: { ru: 'MAX', en: 'MAX' },
  viber: { ru: 'Viber', en: 'Viber' },
  skype: { ru: 'Skype', en: 'Skype' },
  other: { ru: 'Другой', en: 'Other' },
} as const
const messenger = v.object({ value: v.pipe(line, v.nonEmpty()), kind: kindOf(networks) })

/** `2026-11-22`, or `--11-22` where the year is not known (F71). */
export const dayPattern = /^(\d{4}-|--)(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/

const date = v.object({
  /** Entry of the directory `dateKind`. */
  kind: v.pipe(v.string(), v.uuid()),
  value: v.pipe(v.string(), v.regex(dayPattern)),
  /** Remind so many days before; absent: do not remind. */
  remind: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(365))),
})

/** F57: closed to all but the managers, unless opened for reading or writing. */
export const openness = {
  closed: { ru: 'Только ответственные', en: 'Managers only' },
  read: { ru: 'Всем на чтение', en: 'Everyone may read' },
  write: { ru: 'Всем на чтение и запись', en: 'Everyone may read and write' },
} as const

export const contactFields = {
  phones: parts('Телефоны', 'Phones', phone, { personal: true }),
  emails: parts('Электронная почта', 'E-mail', email, { personal: true }),
  addresses: parts('Адреса', 'Addresses', address, { personal: true }),
  links: parts('Сайт и соцсети', 'Site and social networks', link, { personal: true }),
  note: prose('Заметка', 'Note', 100_000, { personal: true }),
  managers: set('Ответственные', 'Managers', 50, 36),
  open: choice('Видимость', 'Visibility', openness),
  tags: set('Теги', 'Tags', 100, 60),
  /** A file within `maxPhoto`: cut and recompressed in the browser, checked by the relay. */
  photo: json('Фото', 'Photo', fileHash, { personal: true }),
  /** The first of each kind of address is the main one. */
  messengers: parts('Мессенджеры', 'Messengers', messenger, { personal: true }),
  dates: parts('Даты', 'Dates', date, { personal: true }),
  contactType: ref('Тип контакта', 'Contact type'),
  heat: ref('Теплота', 'Heat'),
  custom: customValues,
  ...mergeFields,
  ...importedFields,
} as const

/** F55: px, bytes. */
export const maxPhoto = { width: 200, height: 300, bytes: 1024 * 1024 } as const

export interface ContactRow {
  id: string
  type: string
  deletedAt?: number
  phones: Part<v.InferOutput<typeof phone>>[]
  emails: Part<v.InferOutput<typeof email>>[]
  managers?: string[]
  open?: keyof typeof openness
  tags?: string[]
  photo?: string
  custom?: Record<string, CustomValue>
  dates?: Part<v.InferOutput<typeof date>>[]
  contactType?: string
  heat?: string
  mergedInto?: string
  merged?: Part<MergedPart>[]
  imports?: Part<ImportedPart>[]
}

export const contactAudience = (row: ContactRow): string[] =>
  governedAudience(row.type, row.managers ?? [], row.open !== undefined && row.open !== 'closed')

export const mayWriteContact = (
  subject: Subject,
  before: ContactRow | null,
  after: ContactRow,
): Reason | null => {
  if (subject.kind === 'service') return null
  const merging = mergeAct(before, after)
  if (merging === 'alreadyDecided' || merging === 'invalidValue') return merging
  if (subject.administrator) return null
  const { type } = after
  if (!isGoverned(type)) return 'forbidden'
  const reach = subject.reach ?? factoryReach(subject.id)
  return contactActions(before, after).every((action) =>
    mayAct(reach, type, action, before ?? after),
  )
    ? null
    : 'forbidden'
}

/** To merge a contact into another is to delete it, too: it leaves the lists of all who work with it (F232). */
const contactActions = (before: ContactRow | null, after: ContactRow): Action[] =>
  mergeAct(before, after) === 'merge' ? ['delete', 'change'] : actionsOf(before, after)

/** A value of a custom field that is a file: its hash, name and MIME type. */
export const isFileValue = (value: unknown): value is [hash: string, name: string, type: string] =>
  Array.isArray(value) && value.length === 3 && /^[0-9a-f]{64}$/.test(String(value[0]))

/** Files in fields of one's own, of any record that has such fields. */
export const ownFiles = ({ custom = {} }: { custom?: Record<string, CustomValue> }): string[] =>
  Object.values(custom).flatMap((value) => (isFileValue(value) ? [value[0]] : []))

export const contactFiles = (row: ContactRow): string[] => [
  ...(row.photo ? [row.photo] : []),
  ...ownFiles(row),
]

export const contactIndexes = [
  '*words',
  '*facets',
  '*reminders',
  '*days',
  ...mergedIndexes,
  '*importIds',
  'sortName',
  'deletedAt',
] as const

/** Days of the year, `11-22`, on which someone wants to be reminded of a date of the contact. */
export const remindersOf = (dates: NonNullable<ContactRow['dates']>): string[] =>
  dates.flatMap(({ value, remind }) => {
    if (remind === undefined) return []
    const [month, day] = value.slice(-5).split('-').map(Number)
    // A leap year, so that every day of the year exists.
    const at = new Date(Date.UTC(2024, (month ?? 1) - 1, (day ?? 1) - remind))
    return [at.toISOString().slice(5, 10)]
  })

/**
 * Device columns of a contact. One in the trash, or merged into another, has none of them, and so
 * stands in no list and is found by no search: an index holds no row that lacks its column. `facets` are what lists are
 * filtered by (`manager:<id>`, `kind:person` …), so that a filter reads keys and no rows.
 */
export const contactColumns = (
  row: ContactRow & { name: string; deletedAt?: number },
  names: (string | undefined)[],
  facets: string[],
): Record<string, unknown> => ({
  ...mergedColumns(row),
  ...importsColumn(row.imports),
  ...(row.deletedAt === undefined && row.mergedInto === undefined
    ? {
        words: contactWords(names, row),
        facets: [
          ...facets,
          ...(row.managers ?? []).map((user) => `manager:${user}`),
          ...(row.tags ?? []).map((tag) => `tag:${tag}`),
          ...(row.contactType ? [`type:${row.contactType}`] : []),
          ...(row.heat ? [`heat:${row.heat}`] : []),
          ...(row.dates ?? []).map(({ kind }) => `date:${kind}`),
        ],
        reminders: remindersOf(row.dates ?? []),
        // Days of the year, `11-22`, on which its dates fall.
        days: [...new Set((row.dates ?? []).map(({ value }) => value.slice(-5)))],
        sortName: row.name.toLowerCase().replaceAll('ё', 'е'),
      }
    : {}),
})

/** Beginnings of these words find the contact in the list: words of its names, addresses, numbers. */
export const contactWords = (names: (string | undefined)[], row: ContactRow): string[] => {
  const words = new Set<string>()
  for (const name of names) for (const word of wordsOf(name ?? '')) words.add(word)
  for (const { value } of row.emails) {
    const address = value.toLowerCase()
    words.add(address).add(domainOf(address))
  }
  for (const value of Object.values(row.custom ?? {}))
    if (typeof value === 'string') for (const word of wordsOf(value)) words.add(word)
  for (const { value } of row.phones) {
    const digits = value.replace(/\D/g, '')
    // By any of: 79161234567, 9161234567, 1234567, 4567 (as people remember numbers).
    for (const length of [11, 10, 7, 4])
      if (digits.length >= length) words.add(digits.slice(-length))
  }
  return [...words]
}

/** Words of a text as search keys: lower case, ё as е, letters and digits only. */
export const wordsOf = (value: string): string[] =>
  value
    .toLowerCase()
    .replaceAll('ё', 'е')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
