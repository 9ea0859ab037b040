/**
 * The history of a record: kept at the relay, and on the device as it was when last seen, so that
 * it can be read and put back with no network.
 */
import { useEffect, useState } from 'preact/hooks'
import type { HistoryEntry } from '../../../shared/protocol/api.ts'
import {
  isHistory,
  type KeptHistory,
  keptHistoryKey,
  type Replica,
  readDoc,
  useLive,
} from '../../replica/index.ts'
import { api } from '../../session/index.ts'

export interface History extends KeptHistory {
  /** The relay was not reached: what is shown may lack the latest changes. */
  away: boolean
  /** The relay has told of it, now or when it was last seen: without that nobody knows of no changes. */
  isKnown: boolean
}

const nothing: KeptHistory = { entries: [], devices: {} }

export const useHistory = (replica: Replica, id: string): History => {
  const [away, setAway] = useState(false)
  const offline = replica.status.value.state === 'offline'
  const seq = useLive(
    async () => (await readDoc(replica.base, id))?.seq ?? 0,
    [id, replica],
    0,
  ).value
  const kept = useLive(
    async () => {
      const found = await replica.base.meta.get(keptHistoryKey(id))
      return isHistory(found) ? found : null
    },
    [id, replica],
    null,
  ).value
  useEffect(() => {
    let current = true
    // Nothing to ask for before the relay has the record.
    if (seq > 0)
      replica.keepHistory(id, async () => {
        const answer = await api.history(id)
        if (!current) return null
        setAway(!answer.ok)
        return answer.ok ? answer.value : null
      })
    return () => {
      current = false
    }
  }, [id, seq, offline])
  return { ...(kept ?? nothing), away: away || offline, isKnown: kept !== null }
}

/** How long a press waits for the relay before it goes by what this device knows, ms. */
const longestWait = 3_000

/**
 * The entries with what was changed a moment ago: this device's own changes that the relay has not
 * taken yet, as if they came last, and what it has told nobody of. Newest first.
 */
export const entriesUpToNow = async (
  { base, status }: Pick<Replica, 'base' | 'status'>,
  id: string,
  kept: readonly HistoryEntry[],
): Promise<HistoryEntry[]> => {
  // Read before the relay is asked, so that nothing is missed; what it has taken stands here twice.
  const waiting = (await base.outbox.where('doc').equals(id).sortBy('n')).filter(
    // No moment is before it.
    ({ kind }) => kind !== 'created',
  )
  const answer =
    status.value.state === 'offline'
      ? null
      : await api.history(id, AbortSignal.timeout(longestWait))
  const told = answer?.ok ? answer.value.entries : kept
  /**
   * What the relay has in the field: by its own last word. A change that waits may be that very word,
   * its acknowledgement lost; what was before it is then one change too far back.
   */
  const beforeWaiting = (name: string, seen: unknown): unknown => {
    const last = told.find(({ changes }) => name in changes)?.changes[name]
    return last ? last[1] : seen
  }
  const own = waiting.reverse().map(({ at, fields, forgotten = [] }) => ({
    seq: Number.POSITIVE_INFINITY,
    at,
    user: '',
    device: '',
    changes: Object.fromEntries(
      Object.entries(fields)
        .filter(([name]) => !forgotten.includes(name))
        .map(([name, [before, after]]): [string, [unknown, unknown]] => [
          name,
          [beforeWaiting(name, before), after],
        ]),
    ),
  }))
  return [...own, ...told]
}
