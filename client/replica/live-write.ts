/**
 * Text typed into a document that is open on the screen, as changes of the record. What is typed in
 * one go grows in one outbox entry, so that the list of waiting changes stays readable.
 */
import * as Y from 'yjs'
import { sameValue } from '../../shared/equality.ts'
import { fail, ok, type Result } from '../../shared/reasons.ts'
import { mergeStates, type Patch } from '../../shared/records/change.ts'
import type { Row } from '../../shared/records/declaration.ts'
import { declarationOf, type RecordType } from '../../shared/records/index.ts'
import { openDoc, project } from '../../shared/records/projection.ts'
import { rights } from '../../shared/rights.ts'
import { labelOf, projected } from './local-change.ts'
import { putTogether } from './private-values.ts'
import { readDoc } from './states.ts'
import { type OutboxEntry, rowsOf, storedRow } from './tables.ts'
import { tablesOf, type WriteDeps } from './writes.ts'

/** An entry larger than this grows no more, bytes: it is pushed whole after each pause. */
const maxGrowth = 4096

export interface LiveUpdate {
  type: RecordType
  id: string
  /** Of one opened document. */
  live: string
  update: Uint8Array
}

/** Stores an update of an open document. Fails as `project` and `rights` do; then nothing is stored. */
export const writeLive = (
  { base, subject, clock }: WriteDeps,
  { type, id, live, update }: LiveUpdate,
): Promise<Result<null>> =>
  base.transaction('rw', tablesOf(base, [type]), async () => {
    const [doc, acknowledged, waiting] = await Promise.all([
      readDoc(base, id),
      base.acknowledged.get(id),
      base.outbox.where('doc').equals(id).sortBy('n'),
    ])
    if (!doc) return fail('gone')
    const before = projected(type, id, doc.state)
    const after = openDoc(id, doc.state)
    Y.applyUpdate(after, update)
    const state = Y.encodeStateAsUpdate(after)
    const projection = project(type, id, after)
    after.destroy()
    if (!projection.ok) return projection
    const row = projection.value
    const refusal = rights(subject(), before, row)
    if (refusal) return fail(refusal.reason, refusal.field)

    const patch = difference(type, before, row)
    const last = waiting.at(-1)
    const grown = last && last.live === live && last.update.length < maxGrowth ? last : null
    const entry: Omit<OutboxEntry, 'n'> = {
      doc: id,
      type,
      update: grown ? mergeStates(grown.update, update) : update,
      at: clock(),
      kind: 'changed',
      patch: { ...grown?.patch, ...patch },
      fields: fieldsGrown(grown, patch, before),
      files: [],
      label: labelOf(row),
      live,
    }
    await Promise.all([
      base.docs.put({ ...doc, state }),
      rowsOf(base, type).put(storedRow(row)),
      acknowledged ? undefined : base.acknowledged.put({ id, state: doc.state }),
      grown ? base.outbox.put({ ...entry, n: grown.n }) : base.outbox.add(entry),
    ])
    await putTogether(base, [row])
    return ok(null)
  })

/** The update as a patch, by which it can be made again on another state. */
const difference = (type: RecordType, before: Row | null, after: Row): Patch => {
  const patch: Patch = {}
  for (const [name, { kind }] of Object.entries(declarationOf(type).fields))
    if (kind !== 'parts' && kind !== 'values' && !sameValue(before?.[name], after[name]))
      patch[name] = after[name] ?? null
  return patch
}

const fieldsGrown = (
  grown: OutboxEntry | null,
  patch: Patch,
  before: Row | null,
): OutboxEntry['fields'] => {
  const fields = { ...grown?.fields }
  for (const [name, value] of Object.entries(patch))
    fields[name] = [fields[name] ? fields[name][0] : before?.[name], value ?? undefined]
  return fields
}
