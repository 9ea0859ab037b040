/** Interests and the stages they go through: moving, and what can be said of where they stand. No I/O. */
import type { Patch } from '../records/change.ts'
import type { InterestRow, Position } from '../records/interest.ts'
import type { ScenarioRow, Stage } from '../records/scenario.ts'

type Scenario = Pick<ScenarioRow, 'id' | 'stages'>
type Placed = Pick<InterestRow, 'position' | 'entered'>

export interface Move {
  /** ms */
  at: number
  /** Who moves it. */
  by: string
  /** Entry of `lossReason`, for a stage that means that it is lost. */
  reason?: string
}

/** The patch that puts an Interest onto a stage of a scenario; of a new one too. */
export const movePatch = (
  scenario: Pick<Scenario, 'id'>,
  stage: Stage,
  { at, by, reason }: Move,
): Patch => {
  const position: Position = {
    scenario: scenario.id,
    stage: stage.id,
    kind: stage.kind,
    since: at,
    ...(stage.kind === 'lost' && reason && { reason }),
  }
  return {
    position,
    // Another one's entry elsewhere stays: of two who move apart the history of stages has both.
    entered: { [stage.id]: { at, by, order: String(at) } },
  }
}

/** The reason of one that is lost already, said later. */
export const reasonPatch = (
  { position }: Pick<Placed, 'position'>,
  reason: string | null,
): Patch => {
  const { reason: _, ...rest } = position
  return { position: reason ? { ...rest, reason } : rest }
}

/** Where a new Interest begins; undefined of a scenario without stages that are in work. */
export const firstStage = ({ stages }: Scenario): Stage | undefined =>
  stages.find(({ kind }) => kind === 'open')

export const stageOf = (scenario: Scenario | undefined, { position }: Placed): Stage | undefined =>
  scenario?.stages.find(({ id }) => id === position.stage)

/** Amount over all periods of the budget, in the Interest's own currency. */
export const totalOf = ({
  amount,
  budget,
  periods,
}: Pick<InterestRow, 'amount' | 'budget' | 'periods'>): number =>
  amount ? amount.amount * ((budget ?? 'fixed') === 'fixed' ? 1 : (periods ?? 1)) : 0

/** Percent, and what it comes from (F118, decision 9). */
export const probabilityOf = (
  row: Placed & Pick<InterestRow, 'probability' | 'probabilityBy'>,
  scenario: Scenario | undefined,
): { percent: number; by: 'stage' | 'manual' | 'statistics' } =>
  row.probability === undefined || row.position.kind !== 'open'
    ? { percent: stageOf(scenario, row)?.probability ?? 0, by: 'stage' }
    : { percent: row.probability, by: row.probabilityBy ?? 'manual' }

/**
 * Stages that the funnel counts for an Interest (F267, decision 8): those it reached and, of the ones
 * in work, all before the furthest of them. A won one went through all of them.
 */
export const reachedStages = ({ stages }: Scenario, { position, entered }: Placed): Set<string> => {
  const came = new Set([position.stage, ...entered.map(({ id }) => id)])
  const open = stages.filter(({ kind }) => kind === 'open')
  const furthest =
    position.kind === 'won' ? open.length - 1 : open.findLastIndex(({ id }) => came.has(id))
  const reached = open.slice(0, furthest + 1).map(({ id }) => id)
  return new Set(position.kind === 'open' ? reached : [...reached, position.stage])
}

/**
 * Of the closed Interests that reached the stage, how many were won: percent, and of how many. Null
 * where none was closed yet.
 */
export const wonAfter = (
  scenario: Scenario,
  stage: string,
  rows: Iterable<Placed>,
): { percent: number; of: number } | null => {
  let of = 0
  let won = 0
  for (const row of rows) {
    if (row.position.scenario !== scenario.id || row.position.kind === 'open') continue
    if (!reachedStages(scenario, row).has(stage)) continue
    of++
    if (row.position.kind === 'won') won++
  }
  return of === 0 ? null : { percent: Math.round((100 * won) / of), of }
}
