/** Everything a letter of ours needs, fetched before the connection to the server is opened. */
import { segmentId } from '../../shared/ids.ts'
import { isPassing, type Result } from '../../shared/reasons.ts'
import type { MessageEntry, SegmentRow } from '../../shared/records/segment.ts'
import type { AccountContext } from '../channel.ts'
import { composeLetter, identityOf, type LetterIdentity, parentOf } from './compose.ts'

/** Months looked back through for the letter that this one answers. */
const monthsBack = 6

interface Prepared {
  identity: LetterIdentity
  raw: Buffer
}

/** Fails with `fileMissing`, or with a reason of the relay that passes by itself. */
export const prepareLetter = async (
  { account, relay, records }: AccountContext,
  dialog: string,
  segment: SegmentRow,
  message: MessageEntry,
): Promise<Result<Prepared>> => {
  let parent = parentOf(segment.messages, message)
  const month = new Date(message.at)
  for (let back = 1; parent === undefined && back <= monthsBack; back++) {
    const at = Date.UTC(month.getUTCFullYear(), month.getUTCMonth() - back)
    const older = await records.read('segment', segmentId(dialog, at))
    if (!older.ok) return older
    parent = parentOf(older.value?.messages ?? [], message)
  }
  const files = []
  for (const { hash, name, type, cid } of message.files ?? []) {
    const bytes = await relay.file(hash)
    if (!bytes.ok)
      return isPassing(bytes.reason) ? bytes : { ok: false, reason: 'fileMissing', field: name }
    files.push({ name, type, ...(cid && { cid }), bytes: bytes.value })
  }
  let html: string | null = null
  if (message.html) {
    const body = await relay.file(message.html)
    if (!body.ok) return isPassing(body.reason) ? body : { ok: false, reason: 'fileMissing' }
    html = new TextDecoder().decode(body.value)
  }
  const identity = identityOf(account, message, parent)
  return {
    ok: true,
    value: { identity, raw: await composeLetter({ account, message, identity, html, files }) },
  }
}
