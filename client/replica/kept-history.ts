/** Histories that were looked at, kept beside their records and forgotten with them. */
import type { History } from '../../shared/protocol/api.ts'
import { readDoc, stateTables } from './states.ts'
import type { ReplicaBase } from './tables.ts'

export type KeptHistory = History

export const keptHistoryKey = (id: string): string => `history:${id}`

export const isHistory = (value: unknown): value is KeptHistory =>
  typeof value === 'object' && value !== null && 'entries' in value && 'devices' in value

/** Keeps an answer, unless the record was forgotten while it was on its way. */
export const keepHistory = (base: ReplicaBase, id: string, history: KeptHistory): Promise<void> =>
  base.transaction('rw', [...stateTables(base), base.meta], async () => {
    if (await readDoc(base, id)) await base.meta.put(history, keptHistoryKey(id))
  })
