/**
 * The relay says that records were erased: nothing of them may stay on the device, the user's own
 * unsent words included. The search index forgets by itself what is no longer a row (see
 * `search/changelog.ts`).
 */
import { declarationOf, type RecordType, recordTypes } from '../../shared/records/index.ts'
import { messagesOfSegments } from './message-store.ts'
import { forgetRecord, type RebuildDeps, rebuildTables } from './rebuild.ts'
import { generationOf, readDocs } from './states.ts'
import { type ReplicaBase, rowsOf } from './tables.ts'

export const storeErasure = ({ base }: RebuildDeps, ids: readonly string[]): Promise<void> =>
  base.transaction(
    'rw',
    [...rebuildTables(base, recordTypes), base.files, base.drafts],
    async () => {
      const docs = (await readDocs(base, ids)).flatMap((doc) => doc ?? [])
      const [outbox, rejected] = await Promise.all([
        base.outbox.where('doc').anyOf(ids).toArray(),
        base.rejected.where('doc').anyOf(ids).toArray(),
      ])
      const words = [...outbox, ...rejected]
      const types = new Map<string, RecordType>([
        ...words.map(({ doc, type }) => [doc, type] as const),
        ...docs.map(({ id, type }) => [id, type] as const),
      ])
      const traces = new Set(ids)
      const files = new Set(words.flatMap((entry) => entry.files))
      for (const [id, type] of types) {
        for (const trace of await tracesOf(base, id, type)) traces.add(trace)
        for (const hash of await filesOf(base, id, type)) files.add(hash)
        await forgetRecord(base, id, type)
      }
      await Promise.all([
        base.acknowledged.bulkDelete([...ids]),
        base.lost.bulkDelete([...ids]),
        base.outbox.bulkDelete(outbox.map(({ n }) => n)),
        base.rejected.bulkDelete(rejected.map(({ id }) => id)),
      ])
      await Promise.all([dropFiles(base, files), dropDrafts(base, traces)])
      // Documents that are open on a screen are at a state that is no more.
      if (types.size > 0) await base.meta.put((await generationOf(base)) + 1, 'generation')
    },
  )

/** By what a draft shows that it is about the record: addresses and numbers of a contact. */
const tracesOf = async (base: ReplicaBase, id: string, type: RecordType): Promise<string[]> => {
  const row = type === 'client' || type === 'person' ? await base.table(type).get(id) : undefined
  if (!row) return []
  const { emails, phones }: Record<'emails' | 'phones', { value: string }[]> = row
  return [...emails, ...phones].map(({ value }) => value)
}

const filesOf = async (base: ReplicaBase, id: string, type: RecordType): Promise<string[]> => {
  const files = declarationOf(type).files
  const row = files && (await rowsOf(base, type).get(id))
  if (!row) return []
  const messages = await messagesOfSegments(base, [id])
  // A stored segment with its messages is the row that the declaration takes.
  return files({ ...row, messages } as unknown as Parameters<typeof files>[0])
}

/** Own files stay where another waiting change names them; others are fetched again when needed. */
const dropFiles = async (base: ReplicaBase, hashes: ReadonlySet<string>): Promise<void> => {
  const waiting = [...(await base.outbox.toArray()), ...(await base.rejected.toArray())]
  const needed = new Set(waiting.flatMap(({ files }) => files))
  await base.files.bulkDelete([...hashes].filter((hash) => !needed.has(hash)))
}

const dropDrafts = async (base: ReplicaBase, traces: ReadonlySet<string>): Promise<void> => {
  const isAbout = (text: string) => [...traces].some((trace) => text.includes(trace))
  await base.drafts.filter(({ key, value }) => isAbout(`${key} ${JSON.stringify(value)}`)).delete()
}
