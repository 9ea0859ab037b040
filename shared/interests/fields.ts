import type { FieldInfo } from '../fields/fields.ts'
import type { InterestRow } from '../records/interest.ts'
import type { ScenarioRow } from '../records/scenario.ts'
import { probabilityOf } from './moves.ts'

type Scenario = Pick<ScenarioRow, 'id' | 'name' | 'stages' | 'deletedAt'>

/** Fields of Interests, with what scenario and stage are chosen from: records, not a closed list. */
export const withScenarios = (
  infos: readonly FieldInfo[],
  scenarios: readonly Scenario[],
): FieldInfo[] =>
  infos.map((info) => {
    if (info.key === 'scenario')
      return {
        ...info,
        options: scenarios.map(({ id, name, deletedAt }) => ({
          id,
          label: { ru: name, en: name },
          archived: deletedAt !== undefined,
        })),
      }
    if (info.key !== 'stage') return info
    const options = scenarios.flatMap((scenario) =>
      scenario.stages.map(({ id, name }) => {
        // Stages of several scenarios have the same names.
        const whole = scenarios.length > 1 ? `${name} · ${scenario.name}` : name
        return { id, label: { ru: whole, en: whole }, archived: scenario.deletedAt !== undefined }
      }),
    )
    return { ...info, options }
  })

/** How likely an Interest is: where nobody said it, as its stage says (F118). */
export const withProbability = (
  infos: readonly FieldInfo[],
  scenarios: readonly Scenario[],
): FieldInfo[] => {
  const byId = new Map(scenarios.map((scenario) => [scenario.id, scenario]))
  return infos.map((info) =>
    info.key === 'probability'
      ? {
          ...info,
          of: (row) => {
            const interest = row as unknown as InterestRow // of this list, or as far as `from` says
            return probabilityOf(interest, byId.get(interest.position.scenario)).percent
          },
          from: ['probability', 'probabilityBy', 'position'],
        }
      : info,
  )
}
