/**
 * A letter from the mailbox → records at the relay:
 *
 *     known already? ─▶ thread ─▶ dialog (new: who is it?) ─▶ appeal ─▶ files ─▶ message
 *                                                     bounce ─▶ state of the letter it is about
 *
 * Every id is derived from the letter, so that delivering it twice changes nothing. A failure of
 * the relay is returned, and the letter is delivered again later.
 */
import { normaliseEmail } from '../../shared/emails.ts'
import { derivedId, monthOf, segmentId } from '../../shared/ids.ts'
import { ok, type Result } from '../../shared/reasons.ts'
import type { AccountRow } from '../../shared/records/account.ts'
import type { DialogRow } from '../../shared/records/dialog.ts'
import type { Records } from '../host/records.ts'
import type { Relay } from '../host/relay.ts'
import { bareSubject, threadKeys } from './letter/threading.ts'
import { type Arrival, bracketed, firstWords, messageKey, messageOf } from './message.ts'
import { applyReport } from './report.ts'

export interface Delivery {
  relay: Relay
  records: Records
  account: AccountRow
}

export type Delivered = 'known' | 'stored'

/** Ids asked for at the relay for one letter; a thread is found by its newest ids or its root. */
const maxThreadLookups = 12

interface Found {
  dialog: string
  segment: string
}

const findMessage = async (
  { relay, account }: Delivery,
  messageId: string,
): Promise<Result<Found | null>> => {
  const hits = await relay.lookup('messageId', bracketed(messageId), account.id)
  if (!hits.ok) return hits
  const hit = hits.value.find(({ dialog }) => dialog !== undefined)
  return ok(hit?.dialog === undefined ? null : { dialog: hit.dialog, segment: hit.id })
}

/** The dialog a letter belongs to: that of a letter it answers, or one derived from the thread's root. */
const dialogOf = async (
  delivery: Delivery,
  arrival: Arrival,
  about: Found | null,
): Promise<Result<string>> => {
  if (about) return ok(about.dialog)
  const { letter, raw } = arrival
  const keys = threadKeys(letter)
  const root =
    letter.references[0] ?? letter.inReplyTo[0] ?? letter.messageId ?? messageKey(letter, raw)
  const asked = [
    ...new Set([...keys.slice(0, maxThreadLookups - 1), ...(keys.length > 0 ? [root] : [])]),
  ]
  for (const key of asked) {
    const found = await findMessage(delivery, key)
    if (!found.ok) return found
    if (found.value) return ok(found.value.dialog)
  }
  return ok(derivedId('dialog', delivery.account.id, root))
}

/** Who an address belongs to; a person before a firm, since a person knows their firm. */
const whoIs = async (
  { relay }: Delivery,
  address: string,
): Promise<Result<{ client?: string; person?: string }>> => {
  const key = normaliseEmail(address)
  if (key === null) return ok({})
  const hits = await relay.lookup('email', key)
  if (!hits.ok) return hits
  const person = hits.value.find(({ type }) => type === 'person')
  const client = person?.client ?? hits.value.find(({ type }) => type === 'client')?.id
  return ok({ ...(client && { client }), ...(person && { person: person.id }) })
}

/** Creates the dialog where it is new, opens a closed one, links one whose client is known by now. */
const keepDialog = async (
  delivery: Delivery,
  arrival: Arrival,
  id: string,
): Promise<Result<DialogRow | null>> => {
  const { account, records } = delivery
  const { letter, direction } = arrival
  const existing = await records.read('dialog', id)
  if (!existing.ok) return existing
  const other = direction === 'in' ? (letter.replyTo[0] ?? letter.from) : letter.to[0]
  const sender = direction === 'in' ? letter.from : letter.to[0]
  const known = existing.value?.client ? ok({}) : await whoIs(delivery, sender?.address ?? '')
  if (!known.ok) return known
  return records.change('dialog', id, (row) => {
    if (row) {
      const reopens =
        row.state === 'closed' && direction === 'in' && arrival.kind.kind === 'personal'
      return {
        ...(reopens && { state: 'open' }),
        ...(row.client === undefined && known.value),
      }
    }
    const peer = sender ?? other
    return {
      account: account.id,
      channel: 'mail',
      createdAt: arrival.arrivedAt,
      subject: bareSubject(letter.subject).slice(0, 1000).toWellFormed(),
      peer: {
        address: (normaliseEmail(peer?.address ?? '') ?? peer?.address ?? '').slice(0, 500),
        ...(peer?.name ? { name: peer.name.slice(0, 500).toWellFormed() } : {}),
      },
      state: 'open',
      ...known.value,
      ...(account.responsible && { responsible: account.responsible }),
    }
  })
}

/**
 * The dialog of a letter, at another id where the thread's own was erased: a letter that arrived
 * before that is a part of what was erased (null), a later one begins anew.
 */
const placeOf = async (
  delivery: Delivery,
  arrival: Arrival,
  dialog: string,
): Promise<Result<DialogRow | null>> => {
  for (let id = dialog; ; id = derivedId('dialog', id, 'after erasing')) {
    const kept = await keepDialog(delivery, arrival, id)
    if (kept.ok && kept.value === null) throw new Error('keepDialog creates what is not there')
    if (kept.ok || kept.reason !== 'gone') return kept
    const erased = await delivery.relay.erasedAt(id)
    if (!erased.ok) return erased
    if (erased.value === null) return kept
    if (arrival.arrivedAt <= erased.value) return ok(null)
  }
}

/** F27, F28: a letter of somebody unknown makes an appeal, once for a dialog. */
const keepAppeal = async (
  delivery: Delivery,
  arrival: Arrival,
  dialog: DialogRow,
): Promise<Result<unknown>> => {
  const { account, records } = delivery
  const { letter } = arrival
  const wanted =
    account.appealSource !== false &&
    arrival.direction === 'in' &&
    arrival.kind.kind === 'personal' &&
    arrival.fresh &&
    dialog.client === undefined &&
    dialog.appeal === undefined
  if (!wanted) return ok(null)
  const id = derivedId('appeal', dialog.id)
  const made = await records.change('appeal', id, (row) =>
    row
      ? null
      : {
          account: account.id,
          channel: 'mail',
          createdAt: arrival.arrivedAt,
          dialog: dialog.id,
          who: dialog.peer,
          firstWords: firstWords(letter.text || letter.subject),
          at: arrival.arrivedAt,
          state: 'new',
          ...(account.responsible && { responsible: account.responsible }),
          ...(account.reasonRequired && { reasonRequired: true }),
        },
  )
  if (!made.ok) return made
  return records.change('dialog', dialog.id, (row) => (row?.appeal ? null : { appeal: id }))
}

export const deliver = async (delivery: Delivery, arrival: Arrival): Promise<Result<Delivered>> => {
  const { account, records, relay } = delivery
  const { letter, kind } = arrival
  if (letter.messageId !== null) {
    const known = await findMessage(delivery, letter.messageId)
    if (!known.ok) return known
    if (known.value) return ok('known')
  }

  let about: Found | null = null
  if ('report' in kind && kind.report.about !== null) {
    const found = await findMessage(delivery, kind.report.about)
    if (!found.ok) return found
    about = found.value
    if (about) {
      const applied = await applyReport(records, about.segment, kind, arrival.arrivedAt)
      if (!applied.ok) return applied
    }
  }

  const dialogId = await dialogOf(delivery, arrival, about)
  if (!dialogId.ok) return dialogId
  const dialog = await placeOf(delivery, arrival, dialogId.value)
  if (!dialog.ok) return dialog
  if (dialog.value === null) return ok('known')
  const appeal = await keepAppeal(delivery, arrival, dialog.value)
  if (!appeal.ok) return appeal

  const { message, files } = messageOf(arrival)
  const { id } = dialog.value
  const segment = segmentId(id, message.at)
  for (const { hash, name, type, bytes } of files) {
    const stored = await relay.putFile(hash, segment, name, type, bytes)
    if (!stored.ok) return stored
  }
  const key = messageKey(letter, arrival.raw)
  let known = false
  const written = await records.change('segment', segment, (row) => {
    known = row?.messages.some((entry) => entry.key === key) ?? false
    if (known) return null
    return {
      ...(row ? {} : { dialog: id, account: account.id, month: monthOf(message.at) }),
      messages: { [key]: message },
      // Sent from another program: nothing is left to do with it, but its state is shown.
      ...(message.direction === 'out' && {
        states: { [key]: { status: 'sent', at: arrival.arrivedAt } },
      }),
    }
  })
  if (!written.ok) return written
  return ok(known ? 'known' : 'stored')
}
