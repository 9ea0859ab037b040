/**
 * Entries of the directories (справочники) that administrators fill: types of contacts, heat,
 * folders, tags, currencies … A record names an entry by its id, so that a new name shows everywhere
 * at once.
 */
import * as v from 'valibot'
import { sameValue } from '../equality.ts'
import { derivedId } from '../ids.ts'
import {
  choice,
  commonFields,
  type Declaration,
  flag,
  json,
  type RowOf,
  ref,
  text,
  title,
} from './declaration.ts'

export const directories = {
  contactType: { ru: 'Типы контактов', en: 'Contact types' },
  heat: { ru: 'Уровни теплоты', en: 'Heat levels' },
  folder: { ru: 'Папки клиентов', en: 'Client folders' },
  tag: { ru: 'Теги', en: 'Tags' },
  contactRole: { ru: 'Роли контактных лиц', en: 'Roles of contact persons' },
  dateKind: { ru: 'Виды дат', en: 'Kinds of dates' },
  currency: { ru: 'Валюты', en: 'Currencies' },
  interactionKind: { ru: 'Виды событий', en: 'Kinds of events' },
  taskCategory: { ru: 'Категории дел', en: 'Task categories' },
  lossReason: { ru: 'Причины проигрыша', en: 'Reasons for losing' },
  adChannel: { ru: 'Рекламные каналы', en: 'Advertising channels' },
  productCategory: { ru: 'Категории товаров', en: 'Product categories' },
} as const
export type DirectoryName = keyof typeof directories

/** Colours of entries, as names: each theme has its own shades. */
export const entryColours = {
  grey: { ru: 'Серый', en: 'Grey' },
  blue: { ru: 'Синий', en: 'Blue' },
  green: { ru: 'Зелёный', en: 'Green' },
  orange: { ru: 'Оранжевый', en: 'Orange' },
  red: { ru: 'Красный', en: 'Red' },
  violet: { ru: 'Фиолетовый', en: 'Violet' },
} as const
export type EntryColour = keyof typeof entryColours

const fields = {
  ...commonFields,
  directory: choice('Справочник', 'Directory', directories, {
    required: true,
    indexed: true,
    changedBy: 'nobody',
  }),
  name: title('Название', 'Name', 200, { required: true }),
  /** Name of a picture that screens know; another name shows none. */
  icon: text('Значок', 'Icon', 30),
  color: choice('Цвет', 'Colour', entryColours),
  /** Fractional index among the entries with the same parent. */
  order: text('Порядок', 'Order', 500),
  /** Of a folder: the one it lies in. */
  parent: ref('Входит в', 'Part of'),
  /** ISO 4217. */
  code: json('Код', 'Code', v.pipe(v.string(), v.regex(/^[A-Z]{3}$/)), { changedBy: 'nobody' }),
  /** Of a currency: units of the default currency for one of this (F319). */
  rate: json('Курс', 'Rate', v.pipe(v.number(), v.finite(), v.gtValue(0))),
  /** Of a currency: the day from which the rate holds. */
  rateAt: json('Курс на дату', 'Rate of', v.pipe(v.string(), v.isoDate())),
  /** Of a currency: the one that sums are shown in. The newest choice holds; see `defaultCurrency`. */
  chosenAt: json('Валюта по умолчанию', 'Default currency', v.number()),
  /** The program relies on it: it can be renamed, not deleted (F66). */
  system: flag('Системное', 'System', { changedBy: 'services' }),
  /**
   * Of a tag: the one that it was joined into; of a category of tasks: the one that replaces it (F144).
   * Records that name it mean that one.
   */
  mergedInto: ref('Объединён с', 'Merged into'),
} as const

export type DirectoryRow = RowOf<typeof fields>

/** Directories whose entries can stand for another one. */
const joined: ReadonlySet<DirectoryName> = new Set(['tag', 'taskCategory'])

/** What may not change while records use the entry (F50, decision 13): asked only where some do. */
const changesWhatIsUsed = (before: DirectoryRow, after: DirectoryRow): boolean => {
  const goes = before.deletedAt === undefined && after.deletedAt !== undefined
  // A tag that goes is taken off its records, who deletes it was told of how many.
  if (goes) return before.directory !== 'tag'
  return before.directory === 'contactType' && before.name !== after.name
}

export const directory: Declaration<DirectoryRow> & { fields: typeof fields } = {
  type: 'directory',
  label: { ru: 'Запись справочника', en: 'Directory entry' },
  fields,
  maxStateBytes: 50_000,
  audience: () => ['all'],
  mayWrite: (subject, before, after) => {
    if (subject.kind === 'service') return null
    if (before?.system && before.deletedAt === undefined && after.deletedAt !== undefined)
      return 'systemEntry'
    if (after.mergedInto !== undefined && !joined.has(after.directory)) return 'invalidValue'
    if (subject.administrator) return null
    // Whoever may write a card makes tags in place (F54).
    if (after.directory !== 'tag') return 'forbidden'
    if (!before) return null
    return sameValue({ ...before, deletedAt: 0 }, { ...after, deletedAt: 0 }) ? null : 'forbidden'
  },
  whileUsed: (before, after) => (changesWhatIsUsed(before, after) ? 'inUse' : null),
}

/** Id of a directory's default entry, the same in every company. */
export const entryId = (name: DirectoryName, key: string): string =>
  derivedId('directory', name, key)

/** Two people who make the same tag while apart make one. */
export const tagId = (name: string): string =>
  derivedId('directory', 'tag', name.trim().toLowerCase().replaceAll('ё', 'е'))

/** The currency chosen last. */
export const defaultCurrency = (
  rows: Iterable<Pick<DirectoryRow, 'directory' | 'deletedAt' | 'chosenAt' | 'code'>>,
): string =>
  [...rows]
    .filter((row) => row.directory === 'currency' && row.deletedAt === undefined)
    .sort((a, b) => (b.chosenAt ?? -1) - (a.chosenAt ?? -1))[0]?.code ?? 'RUB'

/**
 * The entry that an id stands for: merged tags lead to the one they were joined into. Undefined where
 * it was deleted or never came here. A ring, which two administrators can make while apart, ends.
 */
export const resolveEntry = (
  rows: ReadonlyMap<string, DirectoryRow>,
  id: string | undefined,
): DirectoryRow | undefined => {
  const seen = new Set<string>()
  let row = id === undefined ? undefined : rows.get(id)
  while (row?.mergedInto && !seen.has(row.id)) {
    seen.add(row.id)
    row = rows.get(row.mergedInto) ?? row
  }
  return row?.deletedAt === undefined ? row : undefined
}

/**
 * Ids of tags as names: those deleted are left out, each once. What is no id is a name itself, as tags
 * were kept at first.
 */
export const tagNames = (
  rows: ReadonlyMap<string, DirectoryRow>,
  tags: readonly string[],
): string[] => [
  ...new Set(
    tags.flatMap((tag) => {
      if (!rows.has(tag)) return /^[0-9a-f-]{36}$/.test(tag) ? [] : [tag]
      return resolveEntry(rows, tag)?.name ?? []
    }),
  ),
]
