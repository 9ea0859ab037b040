/** Which columns a table of an archive has, and what a row says in them. No I/O. */
import type { Declaration, Field } from '../records/declaration.ts'
import { type MessageEntry, messageStatuses } from '../records/segment.ts'

export interface Column {
  name: string
  title: string
  /** Label of each value of a closed list. */
  options?: Readonly<Record<string, { ru: string; en: string }>>
}

type Language = 'ru' | 'en'

/** The record's id, then its fields in the order of the declaration. */
export const columnsOf = (declaration: Declaration, language: Language): Column[] => [
  { name: 'id', title: 'id' },
  ...Object.entries(declaration.fields).map(([name, field]) => ({
    name,
    title: field.label[language],
    ...optionsOf(field),
  })),
]

const optionsOf = (field: Field): Pick<Column, 'options'> =>
  field.kind === 'scalar' && field.options ? { options: field.options } : {}

export const cellsOf = (
  columns: readonly Column[],
  row: Readonly<Record<string, unknown>>,
  language: Language,
): string[] =>
  columns.map(({ name, options }) => {
    const value = row[name]
    const label = typeof value === 'string' ? options?.[value]?.[language] : undefined
    return label ?? cellOf(name, value)
  })

/** Moments are kept as numbers under names like these. */
const moment = /^at$|At$/

const cellOf = (name: string, value: unknown): string => {
  if (value === undefined || value === null) return ''
  if (typeof value === 'number' && moment.test(name)) return new Date(value).toISOString()
  if (Array.isArray(value)) return value.map((each) => partOf(each)).join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Of a phone its number, of an address its text; what has neither is given whole. */
const partOf = (part: unknown): string => {
  if (typeof part !== 'object' || part === null) return String(part)
  const { value, address }: { value?: unknown; address?: unknown } = part
  const main = value ?? address
  return typeof main === 'string' ? main : JSON.stringify(part)
}

export const messageColumns = (language: Language): Column[] =>
  (
    [
      ['id', 'id', 'id'],
      ['dialog', 'Диалог', 'Dialog'],
      ['at', 'Время', 'Time'],
      ['direction', 'Направление', 'Direction'],
      ['author', 'Автор', 'Author'],
      ['to', 'Кому', 'To'],
      ['cc', 'Копия', 'Cc'],
      ['subject', 'Тема', 'Subject'],
      ['text', 'Текст', 'Text'],
      ['state', 'Состояние', 'State'],
      ['files', 'Файлы', 'Files'],
    ] as const
  ).map(([name, ru, en]) => ({
    name,
    title: language === 'ru' ? ru : en,
    ...(name === 'direction' && { options: directions }),
    ...(name === 'state' && { options: messageStatuses }),
  }))

const directions = {
  in: { ru: 'Входящее', en: 'Incoming' },
  out: { ru: 'Исходящее', en: 'Outgoing' },
}

/** What the columns above say of a message. */
export const messageCells = (
  message: MessageEntry & { id: string; dialog: string },
): Record<string, unknown> => ({
  ...message,
  author: message.author.name ?? message.author.address,
  state: message.state?.status,
  files: message.files?.map(({ name }) => name),
})
