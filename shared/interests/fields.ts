import type { FieldInfo } from '../fields/fields.ts'
import type { ScenarioRow } from '../records/scenario.ts'

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
