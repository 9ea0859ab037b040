import * as v from 'valibot'
import { derivedId } from '../ids.ts'
import type { Reason } from '../reasons.ts'
import type { Subject } from '../rights.ts'
import { ownFiles, wordsOf } from './contact.ts'
import { money } from './custom-value.ts'
import {
  choice,
  commonFields,
  customValues,
  type Declaration,
  flag,
  json,
  parts,
  prose,
  type RowOf,
  ref,
  set,
  title,
} from './declaration.ts'
import { documentNumber, numberRefusal } from './numbering.ts'
import { mayWriteRestrictable, restrictableFields, restrictedAudience } from './restrictable.ts'
import { fileHash } from './segment.ts'

export const contractKinds = {
  customer: { ru: 'С покупателем', en: 'With a customer' },
  supplier: { ru: 'С поставщиком', en: 'With a supplier' },
  framework: { ru: 'Рамочный', en: 'Framework' },
  other: { ru: 'Прочий', en: 'Other' },
} as const

export const contractStatuses = {
  draft: { ru: 'Черновик', en: 'Draft' },
  review: { ru: 'На согласовании', en: 'In review' },
  signed: { ru: 'Действует', en: 'In force' },
  ended: { ru: 'Завершён', en: 'Ended' },
  terminated: { ru: 'Расторгнут', en: 'Terminated' },
} as const
export type ContractStatus = keyof typeof contractStatuses

/** Days before the end on which the responsible is told, where the contract does not say. */
export const usualNotice = 30

const isoDay = v.pipe(v.string(), v.isoDate())
const at = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(4_102_444_800_000))

/** That it came to a status: under `statusPart`, the last time. */
const reached = v.object({ at, by: v.pipe(v.string(), v.uuid()) })

/** A file that hangs on a record. */
const attached = v.object({
  hash: fileHash,
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(255)),
  /** MIME type. */
  type: v.pipe(v.string(), v.maxLength(255)),
  size: v.pipe(v.number(), v.integer(), v.minValue(0)),
  at,
  by: v.pipe(v.string(), v.uuid()),
})
export type AttachedFile = v.InferOutput<typeof attached>

const fields = {
  ...commonFields,
  /** Given by the relay when the contract first reaches it, unless one was typed; never changes then. */
  number: documentNumber,
  date: json('Дата', 'Date', isoDay),
  subject: title('О чём', 'Subject', 500, { required: true, personal: true }),
  kind: choice('Вид', 'Kind', contractKinds),
  client: ref('Клиент', 'Client', { required: true, indexed: true }),
  /** Who signs for the client. */
  person: ref('Подписант', 'Signatory', { indexed: true }),
  interest: ref('Интерес', 'Interest', { indexed: true }),
  amount: json('Сумма', 'Amount', money),
  validFrom: json('Действует с', 'Valid from', isoDay),
  /** Absent: without an end. */
  validTo: json('Действует по', 'Valid to', isoDay),
  renews: flag('Автопродление', 'Renews by itself'),
  /** Days before `validTo`; absent: `usualNotice`, 0: nobody is told. */
  remindDays: json(
    'Напомнить об окончании за, дней',
    'Remind of the end, days before',
    v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(365)),
  ),
  status: choice('Статус', 'Status', contractStatuses, { required: true }),
  reached: parts('Пройденные статусы', 'Statuses reached', reached),
  responsible: ref('Ответственный', 'Responsible'),
  description: prose('Описание', 'Description', 100_000, { personal: true }),
  tags: set('Теги', 'Tags', 100, 60),
  files: parts('Файлы', 'Files', attached, { personal: true }),
  ...restrictableFields,
  custom: customValues,
} as const

export type ContractRow = RowOf<typeof fields>

/** Under which key `reached` holds a status. */
export const statusPart = (status: ContractStatus): string => derivedId('contractStatus', status)

/**
 * Whether it holds its client: such a client is not deleted (F61). By its status alone, past its last day
 * too (see client/screens/documents/README.md), so that device and relay say the same whatever their clocks.
 */
export const isInForce = ({ status, deletedAt }: Pick<ContractRow, 'status' | 'deletedAt'>) =>
  status === 'signed' && deletedAt === undefined

/**
 * The last day of a contract that ends by itself while it is in force; undefined where none does.
 */
export const endOf = (
  row: Pick<ContractRow, 'status' | 'deletedAt' | 'validTo' | 'renews'>,
): string | undefined => (isInForce(row) && !row.renews ? row.validTo : undefined)

const mayWrite = (
  subject: Subject,
  before: ContractRow | null,
  after: ContractRow,
): Reason | null => mayWriteRestrictable(subject, before, after) ?? numberRefusal(before, after)

/** A contract with a client (F76, F77). */
export const contract: Declaration<ContractRow> & { fields: typeof fields } = {
  type: 'contract',
  label: { ru: 'Договор', en: 'Contract' },
  fields,
  maxStateBytes: 500_000,
  audience: restrictedAudience,
  mayWrite,
  trash: true,
  files: (row) => [...row.files.map(({ hash }) => hash), ...ownFiles(row)],
  // An index holds no row that lacks its column: none in the trash, none without an end.
  deviceColumns: (row) => {
    const ends = endOf(row)
    return row.deletedAt === undefined
      ? {
          words: [
            ...new Set([
              ...wordsOf(row.number ?? ''),
              ...wordsOf(row.subject),
              ...customWords(row),
            ]),
          ],
          facets: [
            `status:${row.status}`,
            ...(row.kind ? [`kind:${row.kind}`] : []),
            ...(row.responsible ? [`manager:${row.responsible}`] : []),
            ...(row.tags ?? []).map((tag) => `tag:${tag}`),
          ],
          sortName: row.subject.toLowerCase().replaceAll('ё', 'е'),
          ...(ends !== undefined && { ends }),
        }
      : {}
  },
  deviceIndexes: ['*words', '*facets', 'sortName', 'ends', 'number', 'deletedAt'],
}

const customWords = ({ custom = {} }: ContractRow): string[] =>
  Object.values(custom).flatMap((value) => (typeof value === 'string' ? wordsOf(value) : []))
