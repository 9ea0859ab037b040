/**
 * Makes the tasks that segments ask for (see `shared/errands.ts`):
 *
 *     segments with errands ─► a plan each ─► all clients, in slices ─► tasks ─► what was made, on the segment
 *
 * Exactly once: a task's id says for which client and period it is, and a task is made only where there is
 * none with its id, judged in the commit pipeline. So a run may be cut short, repeated, or go on beside
 * another. The tasks are proposed as those who set the errands up, and judged by their rights.
 */
import { setImmediate } from 'node:timers/promises'
import { type Clock, minute } from '../../shared/clock.ts'
import { sameValue } from '../../shared/equality.ts'
import { errandId, errandPatch, isErrandOf, periodAt } from '../../shared/errands.ts'
import type { Reason } from '../../shared/reasons.ts'
import type { Patch } from '../../shared/records/change.ts'
import type { ClientRow } from '../../shared/records/client.ts'
import type {
  ClientSegmentRow,
  ErrandStop,
  ErrandsMade,
} from '../../shared/records/client-segment.ts'
import type { Row } from '../../shared/records/declaration.ts'
import { type DirectoryRow, resolveEntry } from '../../shared/records/directory.ts'
import type { TaskRow } from '../../shared/records/task.ts'
import { rights } from '../../shared/rights.ts'
import type { Committed, Pipeline } from '../commit/pipeline.ts'
import type { Directory } from '../directory.ts'
import type { WorkspaceStore } from '../store/store.ts'
import type { Workspace } from '../workspace.ts'
import { type Plan, planOf } from './plan.ts'

export interface ErrandDeps {
  store: WorkspaceStore
  directory: Directory
  pipeline: Pick<Pipeline, 'propose' | 'read'>
  write: Workspace['write']
  clock: Clock
  random32: () => number
}

export interface ErrandJob {
  /** Goes through all segments once; gives up when `isOver` says so. */
  run(isOver: () => boolean): Promise<void>
  /** Whether it is time for a run: regularly, and soon after errands were changed. */
  isDue(): boolean
  /** An observer of commits. */
  take(changes: readonly Committed[]): void
}

/** How late a task may be; going through 100,000 clients takes seconds of the processor. */
const runEvery = 10 * minute
/** Tasks of one segment in one run: who set up something else than they meant can still switch it off. */
export const mostInRun = 500
/** Records looked at in one turn of the event loop: some milliseconds. */
export const inSlice = 100
/** Entries of the index that are read in one turn of the event loop. */
const headsAtOnce = 20_000

/** These pass by themselves: the next run goes on. */
const passing: ReadonlySet<Reason> = new Set([
  'overloaded',
  'restarting',
  'storageFull',
  'internal',
])

interface Outcome {
  made: number
  waiting: number
  refused: number
  /** Left off half-way: what waits is not known. */
  isCut: boolean
}

type Stored = Awaited<ReturnType<WorkspaceStore['rowsOf']>>[number]

export const errandJob = (deps: ErrandDeps): ErrandJob => {
  const { store, directory, pipeline, write, clock, random32 } = deps
  /** Yjs client ids by employee, drawn anew by each process. */
  const writers = new Map<string, number>()

  const rowsOfType = async <R>(type: string): Promise<R[]> =>
    (await store.documentsOfType(type)).map(({ rowJson }) => JSON.parse(rowJson) as R) // projected

  /** All records of a type, a slice in each turn of the event loop. False: given up. */
  const walk = async (
    type: 'client' | 'task',
    isOver: () => boolean,
    look: (slice: Stored[]) => Promise<void>,
  ): Promise<boolean> => {
    for (let from: number | null = 0; from !== null; ) {
      const { heads, reached } = await store.headsOfTypes([type], from, headsAtOnce)
      for (let start = 0; start < heads.length; start += inSlice) {
        await setImmediate()
        if (isOver()) return false
        await look(await store.rowsOf(heads.slice(start, start + inSlice).map(({ id }) => id)))
      }
      from = reached
    }
    return true
  }

  /** `<errands> <client>` of tasks that are still open. */
  const openErrands = async (plans: readonly Plan[], isOver: () => boolean) => {
    const repeated = plans.filter(({ errands }) => errands.every !== undefined)
    const open = new Set<string>()
    if (repeated.length > 0)
      await walk('task', isOver, async (slice) => {
        for (const { rowJson } of slice) {
          const task = JSON.parse(rowJson) as TaskRow // projected
          if (task.done || task.deletedAt !== undefined) continue
          for (const { errands } of repeated)
            if (isErrandOf(errands, task)) open.add(`${errands.id} ${task.client}`)
        }
      })
    return open
  }

  /** Whether the plan is still what people want. */
  const stands = async ({ segment, errands, subject }: Plan): Promise<boolean> => {
    const now = (await pipeline.read(segment.id))?.row
    return (
      now !== undefined &&
      now.deletedAt === undefined &&
      sameValue(now.errands, errands) &&
      sameValue(now.filter, segment.filter) &&
      directory.subjectOf(errands.by) === subject
    )
  }

  const make = async ({ subject }: Plan, id: string, patch: Patch): Promise<Reason | boolean> => {
    let isNew = false
    const propose = () =>
      pipeline.propose({
        id,
        type: 'task',
        // Another run may have made it meanwhile.
        change: (row) => {
          isNew = row === null
          return isNew ? patch : null
        },
        subject,
        device: 'relay',
        madeAt: clock(),
        writer: writerOf(subject.id),
        // Beside what the employee does at their devices, not before it.
        turnOf: 'errands',
      })
    let outcome = await propose()
    if (!outcome.ok && outcome.reason === 'foreignWriter') {
      // Of 2^32 ids somebody has had this one.
      writers.delete(subject.id)
      outcome = await propose()
    }
    return outcome.ok ? isNew : outcome.reason
  }
  const writerOf = (user: string): number => {
    const known = writers.get(user) ?? random32()
    writers.set(user, known)
    return known
  }

  const responsibleOf = ({ managers = [] }: Pick<ClientRow, 'managers'>): string | undefined =>
    managers.find((id) => directory.subjectOf(id) !== null)

  /** What a plan makes for a slice of clients. */
  const serve = async (
    plan: Plan,
    clients: readonly { row: Row; seq: number; audience: string }[],
    open: ReadonlySet<string>,
    entries: ReadonlyMap<string, DirectoryRow>,
    outcome: Outcome,
  ): Promise<void> => {
    const { subject } = plan
    const now = clock()
    const errands = { ...plan.errands, category: resolveEntry(entries, plan.errands.category)?.id }
    const period = periodAt(errands, now)
    const wanted = new Map<string, Row>()
    for (const { row, seq, audience } of clients)
      if (plan.may(audience) && plan.test(await plan.whole(row, seq)))
        if (!open.has(`${errands.id} ${row.id}`)) wanted.set(errandId(errands, row.id, period), row)
    const ids = [...wanted.keys()]
    // Erased ones too were made once.
    const made = new Set([...(await store.existing(ids)), ...(await store.erasedAt(ids)).keys()])
    const patches: [string, Patch][] = []
    for (const [id, row] of wanted) {
      if (made.has(id)) continue
      if (outcome.made + patches.length >= mostInRun) {
        outcome.waiting++
        continue
      }
      const patch = errandPatch(errands, row.id, responsibleOf(row as unknown as ClientRow), now)
      if (rights(subject, null, { id, type: 'task', ...patch })) outcome.refused++
      else patches.push([id, patch])
    }
    if (patches.length === 0) return
    if (!(await stands(plan))) {
      outcome.isCut = true
      return
    }
    for (const answer of await Promise.all(patches.map(([id, patch]) => make(plan, id, patch))))
      if (answer === true) outcome.made++
      else if (answer !== false && passing.has(answer)) outcome.isCut = true
      else if (answer !== false) outcome.refused++
  }

  const tell = async (
    { id, errands }: ClientSegmentRow,
    { made, isCut, ...counts }: Outcome,
    stopped?: ErrandStop,
  ): Promise<void> => {
    if (!errands) return
    await write('clientSegment', id, (row) => {
      const now = row as unknown as ClientSegmentRow | null // of its type
      if (now?.errands?.id !== errands.id) return null
      const told = now.errandsMade?.of === errands.id ? now.errandsMade : null
      const at = made > 0 ? clock() : told?.at
      const next: ErrandsMade = {
        of: errands.id,
        made: (told?.made ?? 0) + made,
        ...(at !== undefined && { at }),
        waiting: isCut ? (told?.waiting ?? 0) : counts.waiting,
        refused: isCut ? (told?.refused ?? 0) : counts.refused,
        ...(stopped && { stopped }),
      }
      return sameValue(told, next) ? null : { errandsMade: next }
    })
  }

  const run = async (isOver: () => boolean): Promise<void> => {
    const segments = await rowsOfType<ClientSegmentRow>('clientSegment')
    const asking = segments.filter(({ errands, deletedAt }) => errands?.on && !deletedAt)
    if (asking.length === 0) return
    const rows = await rowsOfType<DirectoryRow>('directory')
    const entries = new Map(rows.map((row) => [row.id, row]))
    const world = { store, directory, segments, entries, now: clock() }
    const plans: { plan: Plan; outcome: Outcome }[] = []
    for (const segment of asking) {
      if (!segment.errands) continue
      const plan = planOf(segment, segment.errands, world)
      const outcome = { made: 0, waiting: 0, refused: 0, isCut: false }
      if (typeof plan === 'string') await tell(segment, outcome, plan)
      else plans.push({ plan, outcome })
    }
    if (plans.length === 0) return
    const open = await openErrands(
      plans.map(({ plan }) => plan),
      isOver,
    )
    if (isOver()) return
    const isWhole = await walk('client', isOver, async (slice) => {
      const clients = slice
        .map(({ rowJson, seq, audience }) => ({
          row: JSON.parse(rowJson) as Row, // projected
          seq,
          audience: audience.join(' '),
        }))
        .filter(({ row }) => row.deletedAt === undefined && row.mergedInto === undefined)
      for (const { plan, outcome } of plans)
        if (!outcome.isCut) await serve(plan, clients, open, entries, outcome)
    })
    for (const { plan, outcome } of plans)
      await tell(plan.segment, { ...outcome, isCut: outcome.isCut || !isWhole })
  }

  // One after another, so that none counts what another is about to make.
  let working = Promise.resolve()
  let isAsked = true
  let last = clock()
  return {
    run: (isOver) => {
      isAsked = false
      last = clock()
      const ended = working.then(() => run(isOver))
      working = ended.catch(() => undefined) // whoever asked for it hears of it
      return ended
    },
    isDue: () => isAsked || clock() - last >= runEvery || clock() < last,
    take: (changes) => {
      for (const { type, row, device } of changes)
        if (type === 'clientSegment' && device !== 'relay' && row.errands !== undefined)
          isAsked = true
    },
  }
}
