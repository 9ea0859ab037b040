import { describe, expect, it } from 'vitest'
import type { AccountContext } from '../../../connectors/channel.ts'
import { remoteRecords } from '../../../connectors/host/records.ts'
import { deliver } from '../../../connectors/mail/deliver.ts'
import { classify } from '../../../connectors/mail/letter/classify.ts'
import type { Letter } from '../../../connectors/mail/letter/letter.ts'
import { parseLetter } from '../../../connectors/mail/letter/parse.ts'
import type { Arrival } from '../../../connectors/mail/message.ts'
import { takeLetter } from '../../../connectors/mail/take-letter.ts'
import { newId } from '../../../shared/ids.ts'
import type { AccountRow } from '../../../shared/records/account.ts'
import { account, letter, raw } from './letters.ts'
import { type MemoryRelay, memoryRelay } from './memory-relay.ts'

const now = Date.UTC(2026, 10, 21, 12)
const arrivalOf = (fields: Partial<Letter>, rest: Partial<Arrival> = {}): Arrival => {
  const made = letter({ subject: 'Прайс', text: 'Пришлите прайс', ...fields })
  return {
    letter: made,
    raw: Buffer.from(`raw ${made.messageId}`),
    kind: classify(made),
    direction: 'in',
    folder: 'INBOX',
    arrivedAt: now,
    fresh: true,
    ...rest,
  }
}

const deliveryTo = (relay: MemoryRelay, changes: Partial<AccountRow> = {}) => ({
  relay,
  records: remoteRecords(relay, () => now),
  account: { ...account, ...changes },
})

const ofType = (relay: MemoryRelay, type: string) =>
  [...relay.rows.values()].filter((row) => row.type === type)

describe('delivering a letter', () => {
  it('twice changes nothing the second time', async () => {
    const relay = memoryRelay()
    const delivery = deliveryTo(relay)
    expect(await deliver(delivery, arrivalOf({}))).toEqual({ ok: true, value: 'stored' })
    const before = structuredClone(relay.rows)
    expect(await deliver(delivery, arrivalOf({}))).toEqual({ ok: true, value: 'known' })
    expect(await deliver(delivery, arrivalOf({}, { folder: 'Sent', direction: 'out' }))).toEqual({
      ok: true,
      value: 'known',
    })
    expect(relay.rows).toEqual(before)
  })

  it('ends the same whichever question to the relay fails, before or after it was done', async () => {
    const arrival = arrivalOf({
      files: [{ name: 'a.pdf', type: 'application/pdf', inline: false, bytes: Buffer.from('pdf') }],
      html: '<p>Пришлите прайс</p>',
    })
    const whole = memoryRelay()
    await deliver(deliveryTo(whole), arrival)
    expect(whole.rows.size).toBe(3)
    for (const afterwards of [false, true]) {
      for (let number = 1; number <= whole.asked(); number++) {
        const relay = memoryRelay()
        relay.breakAt(number, afterwards)
        // A process of its own at each try, as after a crash.
        expect((await deliver(deliveryTo(relay), arrival)).ok).toBe(false)
        expect((await deliver(deliveryTo(relay), arrival)).ok).toBe(true)
        expect(relay.rows, `question ${number}`).toEqual(whole.rows)
        expect(relay.files).toEqual(whole.files)
      }
    }
  })

  it('of ours, found in Sent, is the message it was written as', async () => {
    const relay = memoryRelay()
    const delivery = deliveryTo(relay)
    const [dialog, segment] = [newId(), newId()]
    await delivery.records.change('segment', segment, () => ({
      dialog,
      account: account.id,
      month: '2026-11',
      messages: {
        'mail:uuid': {
          at: now,
          direction: 'out',
          kind: 'letter',
          author: {},
          text: 'ours',
          messageId: '<uuid@romashka.test>',
        },
      },
      states: { 'mail:uuid': { status: 'sent', at: now } },
    }))
    const copy = arrivalOf(
      { messageId: 'uuid@romashka.test' },
      { direction: 'out', folder: 'Sent' },
    )
    expect(await deliver(delivery, copy)).toEqual({ ok: true, value: 'known' })
    expect(relay.rows.size).toBe(1)
  })

  it('finds the thread in whatever order its letters come', async () => {
    const letters = [
      { messageId: 'root@x' },
      { messageId: 'one@x', inReplyTo: ['root@x'], references: ['root@x'] },
      { messageId: 'two@x', inReplyTo: ['one@x'], references: ['root@x', 'one@x'] },
    ]
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
      [2, 0, 1],
    ]) {
      const relay = memoryRelay()
      for (const at of order) await deliver(deliveryTo(relay), arrivalOf(letters[at] ?? {}))
      expect(ofType(relay, 'dialog'), String(order)).toHaveLength(1)
      expect(ofType(relay, 'segment')[0]?.messages).toHaveLength(3)
    }
  })

  it('makes an appeal of an unknown sender only, of a person only, of new letters only', async () => {
    const appeals = async (arrival: Arrival, changes: Partial<AccountRow> = {}) => {
      const relay = memoryRelay()
      await deliver(deliveryTo(relay, changes), arrival)
      return ofType(relay, 'appeal').length
    }
    expect(await appeals(arrivalOf({}))).toBe(1)
    expect(await appeals(arrivalOf({}), { appealSource: false })).toBe(0)
    expect(await appeals(arrivalOf({}, { fresh: false }))).toBe(0)
    expect(await appeals(arrivalOf({}, { direction: 'out' }))).toBe(0)
    expect(await appeals(arrivalOf({ headers: { 'list-id': '<n.x>' } }))).toBe(0)
    expect(await appeals(arrivalOf({ headers: { 'auto-submitted': 'auto-replied' } }))).toBe(0)
  })

  it('makes one appeal of a conversation, with the responsible of the account', async () => {
    const relay = memoryRelay()
    const responsible = newId()
    const delivery = deliveryTo(relay, { responsible, reasonRequired: true })
    await deliver(delivery, arrivalOf({ messageId: 'a@x' }))
    await deliver(delivery, arrivalOf({ messageId: 'b@x', inReplyTo: ['a@x'] }))
    expect(ofType(relay, 'appeal')).toMatchObject([
      { responsible, reasonRequired: true, state: 'new' },
    ])
    expect(ofType(relay, 'dialog')).toMatchObject([
      { responsible, appeal: ofType(relay, 'appeal')[0]?.id },
    ])
  })

  it('knows a person before a firm, and the firm by the person', async () => {
    const relay = memoryRelay()
    const delivery = deliveryTo(relay)
    const [person, client] = [newId(), newId()]
    await delivery.records.change('person', person, () => ({
      name: 'Иван',
      client,
      emails: { a: { value: 'client@client.test', kind: 'work', order: 'a0' } },
    }))
    await deliver(delivery, arrivalOf({ from: { name: 'Иван', address: 'CLIENT@client.test' } }))
    expect(ofType(relay, 'dialog')).toMatchObject([
      { client, person, peer: { name: 'Иван', address: 'client@client.test' } },
    ])
  })

  it('into an erased conversation brings nothing old back, and begins a new one', async () => {
    const relay = memoryRelay()
    const delivery = deliveryTo(relay)
    const old = arrivalOf({})
    await deliver(delivery, old)
    const first = ofType(relay, 'dialog')[0]?.id ?? ''
    for (const id of [...relay.rows.keys()]) relay.erase(id, now + 1)
    expect(await deliver(delivery, old)).toEqual({ ok: true, value: 'known' })
    expect(relay.rows.size).toBe(0)

    const later = (messageId: string) =>
      arrivalOf(
        { messageId, references: [old.letter.messageId ?? ''], text: 'Снова я' },
        { arrivedAt: now + 2 },
      )
    expect(await deliver(delivery, later('again@x.test'))).toEqual({ ok: true, value: 'stored' })
    expect(await deliver(delivery, later('more@x.test'))).toEqual({ ok: true, value: 'stored' })
    const dialogs = ofType(relay, 'dialog')
    expect(dialogs).toHaveLength(1)
    expect(dialogs[0]?.id).not.toBe(first)
    expect(JSON.stringify([...relay.rows.values()])).not.toContain('Пришлите прайс')
  })

  it('opens a closed dialog when a person writes again, and not for a robot', async () => {
    const relay = memoryRelay()
    const delivery = deliveryTo(relay)
    await deliver(delivery, arrivalOf({ messageId: 'a@x' }))
    const id = ofType(relay, 'dialog')[0]?.id ?? ''
    await delivery.records.change('dialog', id, () => ({ state: 'closed' }))
    await deliver(
      delivery,
      arrivalOf({
        messageId: 'b@x',
        inReplyTo: ['a@x'],
        headers: { 'auto-submitted': 'auto-replied' },
      }),
    )
    expect(relay.rows.get(id)?.state).toBe('closed')
    await deliver(delivery, arrivalOf({ messageId: 'c@x', inReplyTo: ['a@x'] }))
    expect(relay.rows.get(id)?.state).toBe('open')
  })
})

describe('a letter that the relay refuses', () => {
  it('goes to quarantine with its bytes, and the stream goes on', async () => {
    const relay = memoryRelay()
    relay.refuse('invalidValue')
    const source = raw(['Subject: x', 'From: a@b.test'], 'hi')
    const reports: object[] = []
    const log = { info: () => {}, warn: () => {}, error: () => {} }
    const context: AccountContext = {
      account,
      password: '',
      relay,
      records: remoteRecords(relay, () => now),
      holder: 'h',
      clock: () => now,
      random: () => 0,
      log,
      leaseHeld: () => true,
      reportHealth: (report) => reports.push(report),
    }
    const taken = await takeLetter(
      {
        context,
        parser: { parse: parseLetter, close: async () => {} },
        signal: new AbortController().signal,
      },
      {
        // Word of another letter comes first, and of this one's flags last.
        fetchAll: async () => [
          { seq: 2, uid: 8, flags: new Set(['\\Seen']) },
          { seq: 1, uid: 7, size: source.length, internalDate: new Date(now), source },
          { seq: 1, uid: 7, flags: new Set(['\\Seen']) },
        ],
      },
      { path: 'INBOX', direction: 'in', uid: 7, fresh: true },
    )
    expect(taken).toBe('done')
    expect(relay.quarantined).toMatchObject([
      { account: account.id, error: 'invalidValue', source: 'INBOX 7' },
    ])
    expect(Buffer.from(relay.quarantined[0]?.raw ?? '', 'base64').equals(source)).toBe(true)
    expect(reports).toEqual([{ quarantined: 1 }])
  })
})
