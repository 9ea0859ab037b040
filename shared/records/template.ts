import type { Reason } from '../reasons.ts'
import type { Subject } from '../rights.ts'
import {
  choice,
  commonFields,
  type Declaration,
  flag,
  prose,
  type RowOf,
  text,
  title,
} from './declaration.ts'

/** What is made of it: pages to print and sign, or words of a letter. */
export const templateKinds = {
  document: { ru: 'Документ', en: 'Document' },
  letter: { ru: 'Текст письма', en: 'Text of a letter' },
} as const
export type TemplateKind = keyof typeof templateKinds

/** Of what record it speaks (F30). */
export const templateSubjects = {
  contract: { ru: 'Договор', en: 'Contract' },
  client: { ru: 'Клиент', en: 'Client' },
  interest: { ru: 'Интерес', en: 'Interest' },
} as const
export type TemplateSubject = keyof typeof templateSubjects

/** Characters: forty pages of a contract. */
export const longestTemplate = 100_000

const fields = {
  ...commonFields,
  name: title('Название', 'Name', 200, { required: true }),
  kind: choice('Вид', 'Kind', templateKinds, { required: true }),
  about: choice('О чём', 'About', templateSubjects, { required: true }),
  /** Of a letter: its subject, variables included. */
  subject: text('Тема письма', 'Subject of the letter', 900),
  /** See `../templates/source.ts`. */
  body: prose('Текст', 'Text', longestTemplate),
  /** Not offered any more. */
  off: flag('Не используется', 'Not in use'),
  order: text('Порядок', 'Order', 500),
} as const

export type TemplateRow = RowOf<typeof fields>

/** In correspondence a client is known, and an Interest of theirs; which contract is meant is not. */
export const subjectsOf: Readonly<Record<TemplateKind, readonly TemplateSubject[]>> = {
  document: ['contract', 'client', 'interest'],
  letter: ['client', 'interest'],
}

const mayWrite = (
  subject: Subject,
  _before: TemplateRow | null,
  { kind, about }: TemplateRow,
): Reason | null => {
  if (subject.kind === 'service') return null
  if (!subject.administrator) return 'forbidden'
  return subjectsOf[kind].includes(about) ? null : 'invalidValue'
}

/** A text with places for what records hold (F30, F76, F305). */
export const template: Declaration<TemplateRow> & { fields: typeof fields } = {
  type: 'template',
  label: { ru: 'Шаблон', en: 'Template' },
  fields,
  maxStateBytes: 1_000_000,
  audience: () => ['all'],
  mayWrite,
}
