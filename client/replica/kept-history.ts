/** Histories that were looked at, kept beside their records and forgotten with them. */
import type { History } from '../../shared/protocol/api.ts'
import { generationOf, readDoc, stateTables } from './states.ts'
import type { ReplicaBase } from './tables.ts'

export type KeptHistory = History

export const keptHistoryKey = (id: string): string => `history:${id}`

export const isHistory = (value: unknown): value is KeptHistory =>
  typeof value === 'object' && value !== null && 'entries' in value && 'devices' in value

/** Answers that came too late are asked for again so often; then the next look will do. */
const mostAsked = 3

/**
 * Asks for a history and keeps the answer, null for none, unless the device lost something while it was
 * on its way: the answer may be older than the loss of the record, or of the right to see a field of it.
 */
export const keepHistory = async (
  base: ReplicaBase,
  id: string,
  ask: () => Promise<KeptHistory | null>,
): Promise<void> => {
  for (let asked = 0; asked < mostAsked; asked++) {
    const before = await generationOf(base)
    const history = await ask()
    if (!history) return
    const isKept = await base.transaction('rw', [...stateTables(base), base.meta], async () => {
      if (!(await readDoc(base, id))) return true
      if ((await generationOf(base)) !== before) return false
      await base.meta.put(history, keptHistoryKey(id))
      return true
    })
    if (isKept) return
  }
}
