/**
 * What a column of a file of Interests, tasks or events can become (F41), under which headings of other
 * programs it is found, and what our own export calls it. What a cell holds is read in `values.ts`.
 */
import { type FieldInfo, fieldsOf, minuteLabels } from '../../../shared/fields/fields.ts'
import type { Label } from '../../../shared/records/declaration.ts'
import type { FieldRow } from '../../../shared/records/field.ts'
import { interaction } from '../../../shared/records/interaction.ts'
import { amountSources, interest } from '../../../shared/records/interest.ts'
import { product } from '../../../shared/records/product.ts'
import { task } from '../../../shared/records/task.ts'
import type { WorkType } from '../plan.ts'

/** Columns of several meanings, of more than one field, or of what is found by its name. */
const special = {
  client: { ru: 'Клиент', en: 'Client' },
  'client.inn': { ru: 'ИНН клиента', en: 'INN of the client' },
  phone: { ru: 'Телефон клиента', en: 'Phone of the client' },
  email: { ru: 'E-mail клиента', en: 'E-mail of the client' },
  person: { ru: 'Контактное лицо', en: 'Contact person' },
  interest: { ru: 'Интерес', en: 'Interest' },
  scenario: { ru: 'Сценарий', en: 'Scenario' },
  stage: { ru: 'Этап', en: 'Stage' },
  since: { ru: 'На этапе с', en: 'On the stage since' },
  currency: { ru: 'Валюта', en: 'Currency' },
  due: { ru: 'Срок', en: 'Due' },
  at: { ru: 'Когда', en: 'When' },
  time: { ru: 'Время', en: 'Time' },
  ...minuteLabels,
  done: { ru: 'Закрыто', en: 'Closed' },
  responsible: { ru: 'Ответственный', en: 'Responsible' },
  tags: { ru: 'Теги', en: 'Tags' },
  members: { ru: 'Кому открыто', en: 'Open to' },
  persons: { ru: 'Кто участвовал', en: 'Who took part' },
  note: { ru: 'Описание', en: 'Description' },
  createdAt: { ru: 'Создано', en: 'Created' },
  'client.id': { ru: 'ID клиента', en: 'Client ID' },
  'person.id': { ru: 'ID контактного лица', en: 'Contact person ID' },
  'interest.id': { ru: 'ID Интереса', en: 'Interest ID' },
  id: { ru: 'ID', en: 'ID' },
  'line.name': { ru: 'Товар', en: 'Product' },
  'line.article': { ru: 'Артикул', en: 'SKU' },
  'line.quantity': { ru: 'Количество', en: 'Quantity' },
  'line.unit': { ru: 'Ед.', en: 'Unit' },
  'line.price': { ru: 'Цена', en: 'Price' },
  'line.discount': { ru: 'Скидка, %', en: 'Discount, %' },
  'line.vat': { ru: 'НДС', en: 'VAT' },
  /** Said for who reads the table: it comes of the others. */
  'line.sum': { ru: 'Сумма строки', en: 'Sum of the line' },
} as const satisfies Record<string, Label>

export type SpecialColumn = keyof typeof special
/** Of a line of an Interest (F46): a row of the file is one, with the Interest's own columns repeated. */
export const lineColumns = [
  'line.name',
  'line.article',
  'line.quantity',
  'line.unit',
  'line.price',
  'line.discount',
  'line.vat',
  'line.sum',
] as const satisfies SpecialColumn[]
export type LineColumn = (typeof lineColumns)[number]
export const isOfLine = (target: WorkTarget): target is LineColumn =>
  lineColumns.some((each) => each === target)

export type WorkTarget = SpecialColumn | `field:${string}`

export interface WorkColumn {
  target: WorkTarget
  label: Label
  /** Of `field:…`: what is read by its kind. */
  info?: FieldInfo
}

type Field = SpecialColumn | { field: string }

/** In the order in which they are offered and written out. */
const columns: Readonly<Record<WorkType, readonly Field[]>> = {
  interest: [
    { field: 'name' },
    'client',
    'client.inn',
    'phone',
    'email',
    'person',
    'scenario',
    'stage',
    'since',
    { field: 'lossReason' },
    { field: 'amount' },
    { field: 'amountBy' },
    'currency',
    { field: 'budget' },
    { field: 'periods' },
    { field: 'closeDate' },
    { field: 'probability' },
    'responsible',
    { field: 'channel' },
    'tags',
    { field: 'restricted' },
    'members',
    'note',
    'createdAt',
    ...lineColumns,
  ],
  task: [
    { field: 'title' },
    { field: 'kind' },
    { field: 'category' },
    'client',
    'client.inn',
    'phone',
    'email',
    'person',
    'interest',
    'due',
    'time',
    'duration',
    'remind',
    'responsible',
    { field: 'restricted' },
    'members',
    'note',
    'done',
    { field: 'result' },
    'createdAt',
  ],
  interaction: [
    { field: 'kind' },
    'at',
    'time',
    'client',
    'client.inn',
    'phone',
    'email',
    'person',
    'persons',
    'note',
  ],
  product: [
    { field: 'name' },
    { field: 'article' },
    { field: 'kind' },
    { field: 'unit' },
    { field: 'price' },
    'currency',
    { field: 'vat' },
    { field: 'category' },
    { field: 'active' },
    'note',
    'createdAt',
  ],
}

/** Ids as our own tables write them come last. */
const idColumns: Readonly<Record<WorkType, readonly SpecialColumn[]>> = {
  interest: ['client.id', 'person.id', 'id'],
  task: ['client.id', 'person.id', 'interest.id', 'id'],
  interaction: ['client.id', 'person.id', 'id'],
  product: ['id'],
}

const declarations = { interest, task, interaction, product }

/** Fields that lists do not show, or not of this type. */
const unlisted: Readonly<Record<string, Pick<FieldInfo, 'kind' | 'directory' | 'options'>>> = {
  'interest.amountBy': {
    kind: 'oneOf',
    options: Object.entries(amountSources).map(([id, label]) => ({ id, label, archived: false })),
  },
  'interest.probability': { kind: 'number' },
  'interaction.kind': { kind: 'entry', directory: 'interactionKind' },
}

const infoOf = (type: WorkType, key: string, infos: readonly FieldInfo[]): FieldInfo => {
  const known = infos.find((info) => info.key === key)
  const field: { label: Label; required?: true } | undefined = (
    declarations[type].fields as Record<string, { label: Label; required?: true }>
  )[key]
  const own = unlisted[`${type}.${key}`]
  if (known && !own) return known
  if (!field || !own) throw new Error(`no field ${key} of ${type}`)
  return { key, label: field.label, required: field.required === true, writable: true, ...own }
}

export const workColumnsOf = (type: WorkType, definitions: readonly FieldRow[]): WorkColumn[] => {
  const infos = fieldsOf(type, definitions)
  const column = (of: Field): WorkColumn => {
    if (typeof of === 'string') return { target: of, label: labelOf(type, of) }
    const info = infoOf(type, of.field, infos)
    return { target: `field:${info.key}`, label: info.label, info }
  }
  return [
    ...columns[type].map(column),
    ...infos
      // A file is no text.
      .filter(({ definition, kind }) => definition !== undefined && kind !== 'file')
      .map((info): WorkColumn => ({ target: `field:${info.key}`, label: info.label, info })),
    ...idColumns[type].map(column),
  ]
}

const labelOf = (type: WorkType, of: SpecialColumn): Label =>
  type === 'interaction' && of === 'note' ? interaction.fields.text.label : special[of]

/** Of these a second column adds to the first. */
const several: ReadonlySet<WorkTarget> = new Set<WorkTarget>([
  'phone',
  'email',
  'tags',
  'members',
  'persons',
  'note',
])
export const takesSeveralWork = (target: WorkTarget): boolean => several.has(target)

const plainHeading = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()

type Pattern = [WorkTarget | null, RegExp]

/** Of Битрикс24, amoCRM, 1С, Outlook and people; the first that the type has and that fits counts. */
const common: readonly Pattern[] = [
  ['client.inn', /(^| )инн( |$)|(^| )inn( |$)/],
  ['email', /e mail|email|почта|эл почт/],
  ['phone', /телефон|phone|^тел( |$)|мобильн/],
  ['responsible', /ответственн|исполнител|менеджер|responsible|assignee|assigned|owner/],
  ['createdAt', /дата создани|создан[оа]?( |$)|^created( at| on| date)?$|дата постановки/],
  [null, /кем создан|кем изменен|дата (изменения|редактирования)|^modified|updated|изменен/],
  ['tags', /^тег|(^| )теги|^tags?$|^метк|^labels?$|категории$|^categories$/],
  ['id', /^id$|^uid$|^guid$|^номер$|^no$/],
]

const patterns: Readonly<Record<WorkType, readonly Pattern[]>> = {
  interest: [
    ['line.sum', /сумма (строки|позиции|по строке)|line (sum|total)/],
    ['line.article', /артикул|sku|код товара/],
    ['line.quantity', /количеств|кол во|^qty|quantity/],
    ['line.discount', /скидк|discount/],
    ['line.unit', /^ед( |$)|единиц|^unit/],
    ['line.price', /^цена|цена (товара|за)|^price|product price/],
    ['line.vat', /ндс|vat|ставка налога/],
    ['line.name', /^товар|^услуг|номенклатур|^продукт|^product|^item/],
    ['field:lossReason', /причина (отказа|проигрыша|закрытия|потери)|loss reason|lost reason/],
    ['field:closeDate', /предполагаем|планируем.*(закрыт|дат)|expected|дата завершения|^срок/],
    ['since', /дата закрытия|дата выигрыша|closed at|^closed|actual close|на этапе с/],
    ['scenario', /воронк|сценарий|pipeline|направление|funnel/],
    ['stage', /этап|стади|статус|stage|status/],
    ['currency', /валют|currency/],
    ['field:amount', /сумм|бюджет|стоимост|amount|budget$|price|^value$|opportunity value/],
    ['field:budget', /вид бюджета|bid type|kind of budget/],
    ['field:probability', /вероятност|probability/],
    ['field:channel', /рекламн|источник|канал|source|channel/],
    ['client', /компани|организаци|^клиент|контрагент|заказчик|покупател|company|customer|account/],
    ['person', /контакт|contact|^фио/],
    ['field:name', /назван|наименован|^интерес|^сделка|^тема|name|title|deal|opportunity|subject/],
    ['note', /коммент|примечан|заметк|описани|дополнительн|note|descr|comment/],
  ],
  task: [
    ['field:kind', /^тип|^вид|^type$|^kind$/],
    ['field:category', /^категория|^category/],
    ['duration', /длительн|продолжительн|duration/],
    ['remind', /напомн|предупред|remind/],
    ['done', /статус|состояни|закры|заверш|выполнен|status|done|completed|% complete/],
    ['time', /^время|^time$/],
    ['due', /срок|дедлайн|дата|deadline|due|date/],
    ['interest', /интерес|сделк|лид|deal|lead|opportunity|crm/],
    ['client', /компани|организаци|клиент|контрагент|заказчик|company|customer/],
    ['person', /контакт|contact|^фио/],
    ['field:result', /результат|итог|result|outcome/],
    ['field:title', /назван|наименован|задач|дело|тема|name|title|task|subject|текст/],
    ['note', /коммент|примечан|заметк|описани|note|descr|comment|body/],
  ],
  interaction: [
    ['field:kind', /^тип|^вид|^type$|^kind$|^событие$|категория/],
    ['time', /^время|^time$/],
    ['at', /дата|когда|начало|date|when|start/],
    ['persons', /участник|участвов|attendees|participants/],
    ['client', /компани|организаци|клиент|контрагент|заказчик|company|customer/],
    ['person', /контакт|contact|^фио/],
    [
      'note',
      /текст|коммент|примечан|заметк|описани|содержани|тема|итог|note|descr|comment|subject|text/,
    ],
  ],
  product: [
    ['field:article', /артикул|^код( |$)|код товара|sku|vendor code|part number|article/],
    ['field:unit', /^ед( |$)|единиц|^изм|^unit|measure/],
    ['currency', /валют|currency/],
    ['field:price', /цена|стоимост|прайс|розниц|price/],
    ['field:vat', /ндс|налог|vat|tax/],
    ['field:category', /категори|групп|раздел|папка|category|group|section/],
    ['field:kind', /^тип|^вид|^type$|^kind$/],
    ['field:active', /актив|active|enabled|продается/],
    ['field:name', /назван|наименован|номенклатур|товар|услуг|продук|name|title|product|item/],
    ['note', /коммент|примечан|заметк|описани|note|descr|comment/],
  ],
}

/** Null: known, and not imported; undefined: not known. */
export const workTargetOf = (
  type: WorkType,
  heading: string,
  offered: readonly WorkColumn[],
): WorkTarget | null | undefined => {
  const plain = plainHeading(heading)
  const labelled = offered.find(({ label }) =>
    [label.ru, label.en].some((name) => plainHeading(name) === plain),
  )
  if (labelled) return labelled.target
  const has = (target: WorkTarget | null) =>
    target === null || offered.some((each) => each.target === target)
  return [...common.slice(0, -1), ...patterns[type], ...common.slice(-1)].find(
    ([target, words]) => has(target) && words.test(plain),
  )?.[0]
}

/** One target for each column, each single one once. */
export const guessWorkMapping = (
  type: WorkType,
  headings: readonly string[],
  offered: readonly WorkColumn[],
): (WorkTarget | null)[] => {
  const guessed = headings.map((heading) => workTargetOf(type, heading, offered) ?? null)
  // «Цена» and «Количество» are of a line only where the file names what it is of.
  const hasLines = guessed.some((target) => target === 'line.name' || target === 'line.article')
  const whole = offered.filter(({ target }) => !isOfLine(target))
  const found = hasLines
    ? guessed
    : headings.map((heading) => workTargetOf(type, heading, whole) ?? null)
  return found.map((target, column) =>
    target && !takesSeveralWork(target) && found.indexOf(target) !== column ? null : target,
  )
}
