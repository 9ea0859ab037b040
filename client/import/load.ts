/**
 * Writes what a pass over the file finds, a batch to a transaction. Whatever interrupts it, the same
 * file goes on where it stopped: ids come from (import, row), and what is there is found.
 */
import type { Clock } from '../../shared/clock.ts'
import type { Reason, Result } from '../../shared/reasons.ts'
import { onceMore } from '../replica/once-more.ts'
import { withRoom } from '../replica/room.ts'
import { type Write, type WriteDeps, writeRecords } from '../replica/writes.ts'
import type { Pass, RowOutcome, RowResult } from './pass.ts'
import type { TableRow } from './read/table.ts'

/** Rows in one transaction: more hold up other writers for longer than a glance. */
const batch = 200

export type Counts = Record<RowOutcome, number> & { refused: number }

export const noCounts = (): Counts => ({
  create: 0,
  change: 0,
  same: 0,
  skip: 0,
  mistake: 0,
  refused: 0,
})

/** A row that was not loaded, and why. */
export interface Failed {
  line: number
  /** Null: its problems say why. */
  reason: Reason | null
  field?: string
}

export interface LoadEnd {
  kind: 'done' | 'cancelled' | 'failed'
  reason?: Reason
  counts: Counts
  failed: Failed[]
}

export interface LoadDeps extends WriteDeps {
  clock: Clock
  /** Resolves when the load may go on; false: it shall end. */
  mayGoOn: () => Promise<boolean>
  onProgress: (rows: number, counts: Counts) => void
}

export const loadRows = async (
  deps: LoadDeps,
  pass: Pass,
  rows: readonly TableRow[],
): Promise<LoadEnd> => {
  const counts = noCounts()
  const failed: Failed[] = []
  for (let at = 0; at < rows.length; at += batch) {
    if (!(await deps.mayGoOn())) return { kind: 'cancelled', counts, failed }
    const results = await pass.next(rows.slice(at, at + batch))
    const refused = await store(deps, results)
    if ('reason' in refused) return { kind: 'failed', reason: refused.reason, counts, failed }
    for (const result of results) {
      const no = refused.lines.get(result.line)
      if (no) failed.push(no)
      else if (result.outcome === 'mistake') failed.push({ line: result.line, reason: null })
      counts[no ? 'refused' : result.outcome]++
    }
    deps.onProgress(Math.min(at + batch, rows.length), counts)
  }
  const late = pass.end()
  for (let at = 0; at < late.length; at += batch) {
    const refused = await store(deps, late.slice(at, at + batch))
    if ('reason' in refused) return { kind: 'failed', reason: refused.reason, counts, failed }
    failed.push(...refused.lines.values())
  }
  return { kind: 'done', counts, failed }
}

/** A tag or a segment that a row brings with it. */
const isNamed = ({ type }: Write): boolean => type === 'directory' || type === 'clientSegment'

/** Refused rows; or the reason for which nothing more can be stored. */
const store = async (
  deps: LoadDeps,
  results: readonly Pick<RowResult, 'line' | 'writes'>[],
): Promise<{ lines: Map<number, Failed> } | { reason: Reason }> => {
  const lines = new Map<number, Failed>()
  const all = results.flatMap(({ writes }) => writes)
  if (all.length === 0) return { lines }
  const write = (writes: RowResult['writes']): Promise<Result<unknown>> =>
    withRoom(deps, () => onceMore(deps.base, () => writeRecords(deps, writes)))
  const whole = await write(all)
  if (whole.ok) return { lines }
  if (whole.reason === 'deviceFull') return { reason: whole.reason }
  // One of them is refused: row by row, to lose no other. First what rows further down name, too.
  const named = all.filter(isNamed)
  const isMade = named.length === 0 || (await write(named)).ok
  for (const { line, writes } of results) {
    const own = isMade ? writes.filter((each) => !isNamed(each)) : writes
    if (own.length === 0) continue
    const answer = await write(own)
    if (answer.ok) continue
    if (answer.reason === 'deviceFull') return { reason: answer.reason }
    lines.set(line, { line, reason: answer.reason, ...(answer.field && { field: answer.field }) })
  }
  return { lines }
}
