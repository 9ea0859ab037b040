/** What the screens of sales read from the replica. */

import { useMemo } from 'preact/hooks'
import type { ScenarioRow } from '../../../shared/records/scenario.ts'
import {
  identitiesOf,
  type Replica,
  type ReplicaBase,
  type StoredRow,
} from '../../replica/index.ts'

export type Interest = StoredRow<'interest'>
export type Scenario = StoredRow<'scenario'>

const day = 24 * 60 * 60 * 1000
/** Won and lost ones stay on the board this long; older ones are in the list. */
export const closedShown = 30 * day

/** Scenarios that exist, in their order. */
export const scenariosInUse = (all: Iterable<Scenario>): Scenario[] =>
  [...all]
    .filter(({ deletedAt }) => deletedAt === undefined)
    .sort((a, b) => ((a.order ?? '~') < (b.order ?? '~') ? -1 : 1))

export const useScenarios = (replica: Replica): Scenario[] => {
  const all = replica.known.scenarios.value
  return useMemo(() => scenariosInUse(all.values()), [all])
}

/** Those in work, and those closed since `closedAfter` (ms); the longest on their stage first. */
export const boardRows = async (
  base: ReplicaBase,
  scenario: Pick<ScenarioRow, 'id' | 'stages'>,
  closedAfter: number,
): Promise<Interest[]> => {
  const open = scenario.stages.filter(({ kind }) => kind === 'open')
  const [working, closed] = await Promise.all([
    base.interest
      .where('facets')
      .anyOf(open.map(({ id }) => `stage:${id}`))
      .toArray(),
    base.interest.where('closedAt').above(closedAfter).toArray(),
  ])
  const recent = closed.filter((row) => row.scenario === scenario.id && row.deletedAt === undefined)
  return [...working, ...recent].sort((a, b) => a.since - b.since)
}

/** Interests of a client and of what was merged into it, those in work first, then the newest. */
export const interestsOf = async (base: ReplicaBase, client: string): Promise<Interest[]> =>
  (
    await base.interest
      .where('client')
      .anyOf(await identitiesOf(base, 'client', client))
      .toArray()
  )
    .filter(({ deletedAt }) => deletedAt === undefined)
    .sort(
      (a, b) =>
        Number(a.status !== 'open') - Number(b.status !== 'open') ||
        (b.createdAt ?? 0) - (a.createdAt ?? 0),
    )

/** Whole days that something has lasted. */
export const daysSince = (since: number, now: number): number =>
  Math.max(0, Math.floor((now - since) / day))
