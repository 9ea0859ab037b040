/**
 * Audiences are kept beside the records they were made of. When a version of the program makes
 * others of the same rows, a base of before would open records to the wrong people: so all are made
 * anew at the first start, before anybody is served.
 */
import type { Patch } from '../shared/records/change.ts'
import type { Row } from '../shared/records/declaration.ts'
import { declarationOf, isRecordType, type RecordType } from '../shared/records/index.ts'
import { lookupsOf } from '../shared/records/lookups.ts'
import { audienceOf, rulesVersion } from '../shared/rights.ts'
import { fieldsToRepeat, isBehind } from './commit/follow.ts'
import type { Pipeline } from './commit/pipeline.ts'
import type { AuditStore, Reaudited, StoredDocument } from './store/store.ts'

/** Rows of segments hold a month of letters each: a page of them is some tens of megabytes. */
const atOnce = 200

interface ReauditDeps {
  store: AuditStore
  pipeline: Pick<Pipeline, 'read'>
  /** A change by the relay itself. */
  write: (type: RecordType, id: string, patch: Patch) => Promise<{ ok: boolean }>
}

/** What the rules of today make of a record; null where that is what it has. */
const reaudited = ({ id, type, audience, rowJson }: StoredDocument): Reaudited | null => {
  if (!isRecordType(type)) return null
  const row = JSON.parse(rowJson) as Row // projected before it was stored
  const now = audienceOf(row)
  const lostTokens = audience.filter((token) => !now.includes(token))
  const isSame = lostTokens.length === 0 && now.every((token) => audience.includes(token))
  const declaration = declarationOf(type)
  // Who follows is found by a look-up that an old base does not have.
  if (isSame && !declaration.follows) return null
  return { id, audience: now, lostTokens, lookups: lookupsOf(row) }
}

/** Makes the audiences of all records anew where they were made by other rules. May be cut short and repeated. */
export const reaudit = async ({ store, pipeline, write }: ReauditDeps): Promise<void> => {
  if ((await store.rules()) === rulesVersion) return
  const followers: { id: string; type: RecordType }[] = []
  for (let after = ''; ; ) {
    const page = await store.documentsAbove(after, atOnce)
    const last = page.at(-1)
    if (!last) break
    after = last.id
    await store.reaudit(page.flatMap((document) => reaudited(document) ?? []))
    for (const { id, type } of page)
      if (isRecordType(type) && declarationOf(type).follows) followers.push({ id, type })
  }
  // Only now, since the pipeline keeps records as it finds them.
  const records = { row: async (id: string) => (await pipeline.read(id))?.row ?? null }
  for (const { id, type } of followers) {
    const row = await records.row(id)
    const fields = row && (await fieldsToRepeat(row, records))
    // A refusal here is one of a record that today's limits would not take: it stays closed to those
    // whom only the missing field would open it to.
    if (fields && isBehind(row, fields)) await write(type, id, fields as Patch) // of declared fields
  }
  await store.setRules(rulesVersion)
}
