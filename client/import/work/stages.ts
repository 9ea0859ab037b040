/** The stage that a row of a file names, in the company's own scenarios. */
import { firstStage, movePatch } from '../../../shared/interests/moves.ts'
import type { Position } from '../../../shared/records/interest.ts'
import type { ScenarioRow, Stage, StageKind } from '../../../shared/records/scenario.ts'
import { plain } from '../cells.ts'
import type { Wanted } from '../plan.ts'

export type Scenario = Pick<ScenarioRow, 'id' | 'name' | 'stages' | 'reasonRequired' | 'deletedAt'>

export interface Place {
  scenario: Scenario
  stage: Stage
}

/** How other programs call the end of a deal: Битрикс24, amoCRM, ONLYOFFICE and people. */
const ends: readonly [StageKind, RegExp][] = [
  ['lost', /не реализован|проигра|провал|проваль|отказ|неуспе|потерян|lost|failed|closed lost/],
  ['won', /реализован|успеш|выигра|заверш|won|success/],
]

export const scenarioNamed = (scenarios: readonly Scenario[], name: string): Scenario | undefined =>
  scenarios.find((each) => each.deletedAt === undefined && plain(each.name) === plain(name))

const stageNamed = ({ stages }: Scenario, name: string): Stage | undefined =>
  stages.find((each) => plain(each.name) === plain(name))

/**
 * `usual`: the scenario of the row, or the one chosen for the file. A stage of another one is taken
 * where it is the only one of its name and the file does not say which scenario is meant.
 */
export const placeOf = (
  cell: string,
  usual: Scenario,
  others: readonly Scenario[],
): Place | null => {
  const own = stageNamed(usual, cell)
  if (own) return { scenario: usual, stage: own }
  // Our own tables name the scenario beside the stage where there are several.
  const [name = '', of] = cell.split(' · ')
  const named = others.flatMap((scenario): Place[] => {
    const stage =
      of === undefined || plain(scenario.name) === plain(of)
        ? stageNamed(scenario, name)
        : undefined
    return stage && scenario.deletedAt === undefined ? [{ scenario, stage }] : []
  })
  if (named.length === 1) return named[0] ?? null
  const kind = ends.find(([, words]) => words.test(plain(cell)))?.[0]
  const end = kind && usual.stages.find((stage) => stage.kind === kind)
  return end ? { scenario: usual, stage: end } : null
}

export const firstPlace = (scenario: Scenario): Place | null => {
  const stage = firstStage(scenario)
  return stage ? { scenario, stage } : null
}

/** Where the row puts an Interest; nothing where it stands there already. */
export const moveTo = (
  { scenario, stage }: Place,
  { at, by, reason }: { at: number; by: string; reason?: string },
  now: Position | undefined,
): Pick<Wanted, 'values' | 'parts'> => {
  if (now?.scenario === scenario.id && now.stage === stage.id)
    return {
      values: reason && now.kind === 'lost' && !now.reason ? { position: { ...now, reason } } : {},
    }
  const { position, entered } = movePatch(scenario, stage, {
    at,
    by,
    ...(reason !== undefined && { reason }),
  })
  return {
    values: { position },
    parts: { entered: entered as Record<string, { order: string }> }, // as `movePatch` makes it
  }
}
