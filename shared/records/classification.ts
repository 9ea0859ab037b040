import * as v from 'valibot'
import { derivedId } from '../ids.ts'
import type { ClassRules } from '../interests/classes.ts'
import { commonFields, type Declaration, json, type RowOf } from './declaration.ts'

/** Whose Interests count. */
export const countedInterests = {
  all: { ru: 'Все, которые видны сотруднику', en: 'All that an employee sees' },
  own: { ru: 'Только его собственные', en: 'Only their own' },
} as const

/** Three years: what was bought before says little of who is a good client now. */
export const mostMonths = 36

const percent = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(99))
/** Of variation: months may differ from their mean by more than it. */
const variation = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(300))

const rules: v.GenericSchema<unknown, ClassRules> = v.strictObject({
  months: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(mostMonths)),
  a: percent,
  b: percent,
  x: variation,
  y: variation,
  whose: v.picklist(Object.keys(countedInterests) as (keyof typeof countedInterests)[]), // Object.keys forgets the key type
})

/** Whether these can be rules: A ends before B, X before Y. */
export const areRules = (value: unknown): value is ClassRules => {
  const parsed = v.safeParse(rules, value)
  return parsed.success && parsed.output.a < parsed.output.b && parsed.output.x < parsed.output.y
}

const fields = {
  ...commonFields,
  /** One key: limits belong together. */
  rules: json('Правила', 'Rules', rules),
} as const

export type ClassificationRow = RowOf<typeof fields>

/** How the company classifies its clients by what they bought (F75); the usual where there is none. */
export const classification: Declaration<ClassificationRow> & { fields: typeof fields } = {
  type: 'classification',
  label: { ru: 'Классы ABC/XYZ', en: 'ABC/XYZ classes' },
  fields,
  maxStateBytes: 50_000,
  audience: () => ['all'],
  mayWrite: (subject, _before, after) => {
    if (subject.kind !== 'service' && !subject.administrator) return 'forbidden'
    return after.rules === undefined || areRules(after.rules) ? null : 'invalidValue'
  },
}

/** There is one. */
export const classificationId = (): string => derivedId('classification', 'client')
