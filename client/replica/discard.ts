/** Taking back a change that waits («Работа без сети»). */

import { type RebuildDeps, rebuild, rebuildTables } from './rebuild.ts'
import { readDoc } from './states.ts'

/**
 * Drops a waiting change and rebuilds its record without it. Dropping the creation of a record that
 * the relay does not have drops the record with everything done to it.
 */
export const discardEntry = async (deps: RebuildDeps, n: number): Promise<void> => {
  const { base } = deps
  const found = await base.outbox.get(n)
  if (!found) return
  await base.transaction('rw', rebuildTables(base, [found.type]), async () => {
    const entry = await base.outbox.get(n)
    if (!entry) return // acknowledged meanwhile: it is the relay's now
    const [acknowledged, doc, all] = await Promise.all([
      base.acknowledged.get(entry.doc),
      readDoc(base, entry.doc),
      base.outbox.where('doc').equals(entry.doc).sortBy('n'),
    ])
    const isCreation = !acknowledged?.state && all[0]?.n === n
    await base.outbox.bulkDelete(isCreation ? all.map((each) => each.n) : [n])
    await rebuild(deps, { id: entry.doc, type: entry.type, seq: doc?.seq ?? 0 })
  })
}
