/** Sends back what the relay lost by a restore, see `epoch.ts`. */
import {
  deviceHeader,
  epochHeader,
  programHeader,
  protocolVersion,
} from '../../shared/protocol/program.ts'
import { encodePush, maxPushBytes, type PushAnswer } from '../../shared/protocol/push.ts'
import { isPassing, isReason, type Reason } from '../../shared/reasons.ts'
import { storeErasure } from '../replica/erase.ts'
import { rebuild, rebuildTables } from '../replica/rebuild.ts'
import { readDoc } from '../replica/states.ts'
import type { LostPart } from '../replica/tables.ts'
import { endsSync } from './ends-sync.ts'
import { answerWithin } from './patience.ts'
import { type PushDeps, type PushEnd, uploadFile } from './push.ts'
import { filesOfRecord, readPosition } from './store-frames.ts'

/** Records of one request. */
const atOnce = 100

/** Sends one batch; null where nothing was lost, so that the outbox may go. */
export const reconcileOnce = async (
  deps: PushDeps,
  signal: AbortSignal,
): Promise<PushEnd | null> => {
  const { base, device } = deps
  const waiting = await base.lost.limit(atOnce).toArray()
  if (waiting.length === 0) return null
  const batch = await firstCompared(deps, waiting)
  // Not caught up yet: what the feed has not named may still come.
  if (batch.length === 0) return { kind: 'empty' }
  for (const { id, type } of batch)
    for (const file of await filesOfRecord(base, id, type)) {
      const end = await uploadFile(deps, file, id, signal)
      if (end) return end
    }
  const { epoch } = await readPosition(base)
  // Our own encoder never makes shared buffers.
  const body = encodePush(
    batch.map(({ id, type, update }, n) => ({ n, id, type, at: deps.clock(), update })),
  ) as Uint8Array<ArrayBuffer>
  let answer: PushAnswer
  try {
    const response = await deps.fetch(`/reconcile?${new URLSearchParams({ epoch })}`, {
      method: 'POST',
      headers: {
        [deviceHeader]: device,
        [programHeader]: String(protocolVersion),
        [epochHeader]: epoch,
        'content-type': 'application/octet-stream',
      },
      body,
      signal: answerWithin(signal, body.length),
    })
    if (!response.ok) {
      const { reason }: { reason?: unknown } = await response.json().catch(() => ({}))
      if (!isReason(reason)) return { kind: 'lost' }
      if (endsSync(reason)) return { kind: 'stopped', reason }
      if (reason !== 'gone') return { kind: 'lost' }
      // The relay takes nothing back any more: what it has is what counts.
      for (const part of batch) await takeRelays(deps, part)
      return { kind: 'more' }
    }
    answer = await response.json()
  } catch {
    // No network, or the answer was cut: what was stored answers the same way when sent again.
    return { kind: 'lost' }
  }
  let later = false
  for (const [n, part] of batch.entries()) {
    const reason = reasonOf(answer, n)
    if (reason === null) await base.lost.delete(part.id)
    else if (isPassing(reason)) later = true
    else if (reason === 'gone') await storeErasure(deps, [part.id])
    else await takeRelays(deps, part)
  }
  return later ? { kind: 'lost' } : { kind: 'more' }
}

type Compared = LostPart & { update: Uint8Array }

const firstCompared = async ({ base }: PushDeps, waiting: LostPart[]): Promise<Compared[]> => {
  if ((await base.lost.filter(({ update }) => update === null).count()) > 0) return []
  const batch: Compared[] = []
  let bytes = 0
  for (const { update, ...part } of waiting) {
    bytes += update?.length ?? 0
    if (!update || (bytes > maxPushBytes && batch.length > 0)) break
    batch.push({ ...part, update })
  }
  return batch
}

/** Null: taken. An entry that has no answer was not looked at. */
const reasonOf = ({ outcomes }: PushAnswer, n: number): Reason | null => {
  const outcome = outcomes.find((each) => each.n === n)
  if (!outcome) return 'internal'
  return outcome.ok ? null : outcome.reason
}

/** The user may not bring it back: the record becomes what the relay has of it. */
const takeRelays = (deps: PushDeps, { id, type, known }: LostPart): Promise<void> => {
  const { base } = deps
  return base.transaction('rw', rebuildTables(base, [type]), async () => {
    const doc = await readDoc(base, id)
    await Promise.all([base.lost.delete(id), base.acknowledged.put({ id, state: known })])
    await rebuild(deps, { id, type, seq: doc?.seq ?? 0 })
  })
}
