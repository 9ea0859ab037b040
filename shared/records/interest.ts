import * as v from 'valibot'
import {
  amountOfLines,
  discountPlaces,
  hasPlaces,
  pricePlaces,
  quantityPlaces,
  type VatRate,
  vatRates,
} from '../interests/lines.ts'
import type { Reason } from '../reasons.ts'
import type { Subject } from '../rights.ts'
import { ownFiles, wordsOf } from './contact.ts'
import { money } from './custom-value.ts'
import {
  choice,
  commonFields,
  customValues,
  type Declaration,
  json,
  moment,
  parts,
  prose,
  type RowOf,
  ref,
  set,
  title,
} from './declaration.ts'
import { importedFields, importsColumn } from './imported.ts'
import { mayWriteRestrictable, restrictableFields, restrictedAudience } from './restrictable.ts'
import { percent, type ScenarioRow, type StageKind, stageKinds } from './scenario.ts'

/** F114: for what the amount is. */
export const budgetKinds = {
  fixed: { ru: 'Фиксированный', en: 'Fixed' },
  hour: { ru: 'В час', en: 'Per hour' },
  day: { ru: 'В день', en: 'Per day' },
  week: { ru: 'В неделю', en: 'Per week' },
  month: { ru: 'В месяц', en: 'Per month' },
  year: { ru: 'В год', en: 'Per year' },
} as const
export type BudgetKind = keyof typeof budgetKinds

/** F118, decision 9; absent: what the stage says. */
export const probabilitySources = {
  manual: { ru: 'Вручную', en: 'By hand' },
  statistics: { ru: 'По статистике', en: 'From statistics' },
} as const

const id = v.pipe(v.string(), v.uuid())
const at = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(4_102_444_800_000))

/**
 * Where the Interest stands. One key: of two people who move it while apart one outcome stands whole,
 * never the stage of one with the reason of the other.
 */
const position = v.strictObject({
  scenario: id,
  stage: id,
  /** The stage's own, so that a device without the scenario knows what is open. */
  kind: v.picklist(Object.keys(stageKinds) as StageKind[]), // Object.keys forgets the key type
  /** Since when, ms of the device that moved it. */
  since: at,
  /** Of a lost one: entry of the directory `lossReason`. */
  reason: v.optional(id),
})
export type Position = v.InferOutput<typeof position>

/** Not negative, and with no more places than sums are counted by. */
const decimal = (places: number, most: number) =>
  v.pipe(
    v.number(),
    v.finite(),
    v.minValue(0),
    v.maxValue(most),
    v.check((value) => hasPlaces(value, places)),
  )

/** Of goods or services (F119, F129): from the catalogue, or in words of one's own. */
const line = v.object({
  /** Of the catalogue; the line keeps what it said when it was put in. */
  product: v.optional(id),
  name: v.pipe(v.string(), v.maxLength(500), v.regex(/\S/u)),
  quantity: decimal(quantityPlaces, 1e9),
  unit: v.optional(v.pipe(v.string(), v.maxLength(30))),
  price: decimal(pricePlaces, 1e11),
  currency: v.pipe(v.string(), v.regex(/^[A-Z]{3}$/)),
  /** Percent. */
  discount: v.optional(decimal(discountPlaces, 100)),
  vat: v.optional(v.picklist(Object.keys(vatRates) as VatRate[])), // Object.keys forgets the key type
})
export type InterestLine = v.InferOutput<typeof line>

/** What the amount goes by; absent: by the lines where there is one. */
export const amountSources = {
  lines: { ru: 'По товарам', en: 'By products' },
  manual: { ru: 'Вручную', en: 'By hand' },
} as const

/** That it came to a stage: under the stage's id, the last time. */
const entered = v.object({ at, by: id })

const fields = {
  ...commonFields,
  name: title('Название', 'Name', 500, { required: true, personal: true }),
  client: ref('Клиент', 'Client', { indexed: true }),
  person: ref('Контактное лицо', 'Contact person', { indexed: true }),
  position: json('Этап', 'Stage', position, { required: true }),
  entered: parts('Пройденные этапы', 'Stages reached', entered),
  amount: json('Сумма', 'Amount', money),
  amountBy: choice('Сумма считается', 'Amount is counted', amountSources),
  lines: parts('Товары', 'Products', line),
  budget: choice('Вид бюджета', 'Kind of budget', budgetKinds),
  /** Of a budget that is not fixed: how many hours, days …; one if absent. */
  periods: json(
    'Число периодов',
    'Number of periods',
    v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000)),
  ),
  closeDate: json(
    'Предполагаемая дата закрытия',
    'Expected close date',
    v.pipe(v.string(), v.isoDate()),
  ),
  probability: json('Вероятность, %', 'Probability, %', percent),
  probabilityBy: choice('Вероятность задана', 'Probability is set', probabilitySources),
  responsible: ref('Ответственный', 'Responsible'),
  /** Entry of the directory `adChannel` (F119). */
  channel: ref('Рекламный канал', 'Advertising channel'),
  description: prose('Описание', 'Description', 100_000, { personal: true }),
  tags: set('Теги', 'Tags', 100, 60),
  ...restrictableFields,
  custom: customValues,
  ...importedFields,
} as const

/** What the row says of the position by fields of their own, for lists and filters. */
const derivedFields = {
  scenario: ref('Сценарий', 'Scenario', { required: true, changedBy: 'nobody' }),
  stage: ref('Этап', 'Stage', { required: true, changedBy: 'nobody' }),
  status: choice('Статус', 'Status', stageKinds, { required: true, changedBy: 'nobody' }),
  /** Since when it stands on its stage. */
  since: moment('На этапе с', 'On the stage since', { required: true, changedBy: 'nobody' }),
  closedAt: moment('Закрыт', 'Closed', { changedBy: 'nobody' }),
  lossReason: ref('Причина проигрыша', 'Reason for losing', { changedBy: 'nobody' }),
} as const

export type InterestRow = RowOf<typeof fields> & RowOf<typeof derivedFields>

/**
 * The amount goes by the lines here and not by a value kept beside them: of two who change lines apart
 * neither could keep one that is right for both.
 */
const derived = ({
  position: { scenario, stage, kind, since, reason },
  lines,
  amountBy,
}: InterestRow) => ({
  scenario,
  stage,
  status: kind,
  since,
  ...(kind !== 'open' && { closedAt: since }),
  ...(kind === 'lost' && reason && { lossReason: reason }),
  ...(amountBy !== 'manual' && lines.length > 0 && { amount: amountOfLines(lines) }),
})

/** What a move must hold to where the scenario is known; `reasonRequired` on every route (decision 7). */
const moveFault = (
  scenarios: ReadonlyMap<string, Pick<ScenarioRow, 'stages' | 'reasonRequired'>> | undefined,
  before: InterestRow | null,
  { position: now }: InterestRow,
): Reason | null => {
  const was = before?.position
  const known = scenarios?.get(now.scenario)
  if (!known) return null
  if (was?.scenario !== now.scenario || was.stage !== now.stage || was.kind !== now.kind) {
    const stage = known.stages.find(({ id }) => id === now.stage)
    if (!stage) return 'gone'
    if (stage.kind !== now.kind) return 'invalidValue'
  }
  const isNew = was?.kind !== 'lost' || was.reason !== now.reason
  return now.kind === 'lost' && !now.reason && isNew && known.reasonRequired
    ? 'reasonRequired'
    : null
}

const mayWrite = (subject: Subject, before: InterestRow | null, after: InterestRow) =>
  mayWriteRestrictable(subject, before, after) ??
  (subject.kind === 'service' ? null : moveFault(subject.scenarios, before, after))

/** A deal that is led through the stages of a scenario (F103). */
export const interest: Declaration<InterestRow> & { fields: typeof fields } = {
  type: 'interest',
  label: { ru: 'Интерес', en: 'Interest' },
  fields,
  derived: { fields: derivedFields, of: derived },
  maxStateBytes: 500_000,
  audience: restrictedAudience,
  mayWrite,
  trash: true,
  files: ownFiles,
  deviceColumns: (row) => ({
    ...importsColumn(row.imports),
    ...(row.deletedAt === undefined && {
      words: [...new Set([...wordsOf(row.name), ...customWords(row)])],
      facets: [
        `scenario:${row.scenario}`,
        `stage:${row.stage}`,
        `status:${row.status}`,
        ...(row.responsible ? [`manager:${row.responsible}`] : []),
        ...(row.lossReason ? [`lossReason:${row.lossReason}`] : []),
        ...(row.channel ? [`channel:${row.channel}`] : []),
        ...(row.tags ?? []).map((tag) => `tag:${tag}`),
        ...productsOf(row).map((product) => `product:${product}`),
      ],
      sortName: row.name.toLowerCase().replaceAll('ё', 'е'),
    }),
  }),
  deviceIndexes: ['*words', '*facets', 'sortName', 'closedAt', 'deletedAt', '*importIds'],
}

/** Of the catalogue, each once. */
export const productsOf = ({ lines = [] }: Partial<Pick<InterestRow, 'lines'>>): string[] => [
  ...new Set(lines.flatMap(({ product }) => product ?? [])),
]

const customWords = ({ custom = {} }: InterestRow): string[] =>
  Object.values(custom).flatMap((value) => (typeof value === 'string' ? wordsOf(value) : []))
