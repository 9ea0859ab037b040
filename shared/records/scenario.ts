import * as v from 'valibot'
import { derivedId } from '../ids.ts'
import {
  commonFields,
  type Declaration,
  flag,
  type Part,
  parts,
  type RowOf,
  text,
  title,
} from './declaration.ts'
import { type EntryColour, entryColours } from './directory.ts'

/** What standing on a stage means (F122). */
export const stageKinds = {
  open: { ru: 'В работе', en: 'In work' },
  won: { ru: 'Выиграна', en: 'Won' },
  lost: { ru: 'Проиграна', en: 'Lost' },
} as const
export type StageKind = keyof typeof stageKinds

/** Percent, whole. */
export const percent = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100))

const stage = v.object({
  name: v.pipe(v.string(), v.maxLength(100), v.regex(/\S/u)),
  kind: v.picklist(Object.keys(stageKinds) as StageKind[]), // Object.keys forgets the key type
  /** How likely an Interest on it is won (F114). */
  probability: percent,
  color: v.optional(v.picklist(Object.keys(entryColours) as EntryColour[])), // the same
})
export type Stage = Part<v.InferOutput<typeof stage>>

const fields = {
  ...commonFields,
  name: title('Название', 'Name', 200, { required: true }),
  order: text('Порядок', 'Order', 500),
  stages: parts('Этапы', 'Stages', stage),
  /** F84, decision 7: no Interest is lost without saying why. */
  reasonRequired: flag(
    'Обязательно указывать причину проигрыша',
    'A reason for losing is required',
  ),
} as const

export type ScenarioRow = RowOf<typeof fields>

const sameStage = (a: Stage, b: Stage | undefined): boolean => a.kind === b?.kind

/** How a company sells: the stages that an Interest goes through (F103, F108). */
export const scenario: Declaration<ScenarioRow> & { fields: typeof fields } = {
  type: 'scenario',
  label: { ru: 'Сценарий продаж', en: 'Sales scenario' },
  fields,
  maxStateBytes: 200_000,
  audience: () => ['all'],
  mayWrite: (subject) => (subject.kind === 'service' || subject.administrator ? null : 'forbidden'),
  whileUsed: (before, after) =>
    before.deletedAt === undefined && after.deletedAt !== undefined ? 'inUse' : null,
  // A stage may get another name, colour or place (F107); what it means may not change under the
  // Interests that stand on it, nor may it go (F116).
  namedParts: {
    key: 'stage',
    of: ({ stages }) => stages.map(({ id }) => id),
    taken: (before, after) => {
      const now = new Map(after.stages.map((each) => [each.id, each]))
      return before.stages.filter((each) => !sameStage(each, now.get(each.id))).map(({ id }) => id)
    },
  },
}

/** Ids of the scenario that every company begins with, and of its stages. */
export const simpleScenario = derivedId('scenario', 'simple')
export const simpleStage = (key: string): string => derivedId('stage', 'simple', key)
