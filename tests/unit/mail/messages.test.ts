import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { reconnecting, waitBefore } from '../../../connectors/host/backoff.ts'
import { nextHealth } from '../../../connectors/host/health.ts'
import {
  composeLetter,
  identityOf,
  parentOf,
  senderName,
} from '../../../connectors/mail/compose.ts'
import { parseLetter } from '../../../connectors/mail/letter/parse.ts'
import {
  type Arrival,
  letterTime,
  messageKey,
  messageOf,
} from '../../../connectors/mail/message.ts'
import { cursorOf, firstUids, syncPlan } from '../../../connectors/mail/sync-plan.ts'
import { type MessageEntry, message } from '../../../shared/records/segment.ts'
import { letter } from './letters.ts'

const now = Date.UTC(2026, 10, 21, 12)
const minute = 60_000
const day = 24 * 60 * minute

const arrival = (fields: Partial<Arrival> = {}): Arrival => ({
  letter: letter(),
  raw: Buffer.from('raw'),
  kind: { kind: 'personal' },
  direction: 'in',
  folder: 'INBOX',
  arrivedAt: now,
  fresh: true,
  ...fields,
})

describe('a letter as a message', () => {
  it('fits the schema whatever the letter holds', () => {
    const many = Array.from({ length: 500 }, (_, at) => ({
      name: 'я'.repeat(2000),
      address: `a${at}@x.test`,
    }))
    const made = messageOf(
      arrival({
        letter: letter({
          text: '😀'.repeat(60_000),
          subject: 'с'.repeat(5000),
          to: many,
          cc: many,
          replyTo: many,
          inReplyTo: Array.from({ length: 50 }, (_, at) => `${at}@x`),
          files: Array.from({ length: 300 }, () => ({
            name: '',
            type: 'no type',
            inline: false,
            bytes: Buffer.from('x'),
          })),
        }),
      }),
    )
    expect(v.safeParse(message, made.message).issues).toBeUndefined()
    expect(made.message.text.isWellFormed()).toBe(true)
    // A text that was cut has its source beside it.
    expect(made.files.at(-1)).toMatchObject({ name: 'letter.eml' })
  })

  it('that could not be parsed has its source as a file', () => {
    const made = messageOf(arrival({ letter: letter({ parsed: false }) }))
    expect(made.message.unparsed).toBe(true)
    expect(made.message.files).toMatchObject([
      { name: 'letter.eml', type: 'message/rfc822', size: 3 },
    ])
  })

  it('has a key of its own even without a Message-ID, the same at every delivery', () => {
    const nameless = letter({ messageId: null })
    expect(messageKey(nameless, Buffer.from('a'))).toBe(messageKey(nameless, Buffer.from('a')))
    expect(messageKey(nameless, Buffer.from('a'))).not.toBe(messageKey(nameless, Buffer.from('b')))
    expect(messageKey(letter({ messageId: 'i\u0007d@x' }), Buffer.from(''))).toBe('mail:id@x')
  })

  it('has the time of its Date, unless that cannot be true', () => {
    expect(letterTime(now - 5 * minute, now, true)).toBe(now - 5 * minute)
    expect(letterTime(now + 5 * minute, now, true)).toBe(now + 5 * minute)
    expect(letterTime(now + day, now, true)).toBe(now)
    expect(letterTime(now - 30 * day, now, true)).toBe(now)
    expect(letterTime(now - 30 * day, now, false)).toBe(now - 30 * day)
    expect(letterTime(null, now, true)).toBe(now)
  })
})

describe('what to fetch', () => {
  const cursor = { uidValidity: '7', next: 5, freshFrom: 3, first: 2, modseq: '9007199254740993' }
  it('goes on from the cursor while the folder is the same', () => {
    expect(syncPlan(cursor, { uidValidity: 7n })).toEqual({
      kind: 'from',
      next: 5,
      freshFrom: 3,
      first: 2,
      modseq: 9007199254740993n,
    })
    expect(syncPlan(cursor, { uidValidity: 8n })).toEqual({ kind: 'first' })
    expect(syncPlan(null, { uidValidity: 7n })).toEqual({ kind: 'first' })
  })
  it('at first is the newest thousand, oldest first', () => {
    const uids = firstUids(Array.from({ length: 1500 }, (_, at) => 1500 - at))
    expect(uids).toHaveLength(1000)
    expect([uids[0], uids.at(-1)]).toEqual([501, 1500])
  })
  it('takes no cursor that is none', () => {
    expect(cursorOf(cursor)).toEqual(cursor)
    expect(cursorOf(null)).toBeNull()
    expect(cursorOf({ uidValidity: '7' })).toBeNull()
    expect(cursorOf({ ...cursor, modseq: '-1' })?.modseq).toBeUndefined()
  })
  it('follows changes of what came since the connection where an older cursor does not say more', () => {
    const { first: _first, modseq: _modseq, ...old } = cursor
    expect(cursorOf(old)).toEqual({ ...old, first: 3 })
  })
})

const entry = (fields: Partial<MessageEntry>): MessageEntry => ({
  key: 'mail:uuid',
  at: now,
  direction: 'out',
  kind: 'letter',
  author: { name: 'Иван Петров' },
  text: 'Текст',
  state: null,
  ...fields,
})
const account = { access: 'all', name: 'ООО «Ромашка»', address: 'sales@romashka.test' } as const

describe('a letter of ours', () => {
  it('is signed by the company, or by the person in a mailbox of their own', () => {
    expect(senderName(account, { name: 'Иван' })).toBe('ООО «Ромашка»')
    expect(senderName({ ...account, access: 'list' }, { name: 'Иван' })).toBe('ООО «Ромашка»')
    expect(senderName({ ...account, access: 'user' }, { name: 'Иван' })).toBe('Иван')
    expect(senderName({ ...account, access: 'user' }, {})).toBe('ООО «Ромашка»')
  })

  it('answers the newest letter from the other side', () => {
    const messages = [
      entry({ key: 'a', at: 1, direction: 'in', messageId: '<a@x>' }),
      entry({ key: 'b', at: 2, direction: 'out', messageId: '<b@x>' }),
      entry({ key: 'c', at: 3, direction: 'in', messageId: '<c@x>', auto: 'bounce' }),
      entry({ key: 'late', at: now + 1, direction: 'in', messageId: '<late@x>' }),
    ]
    expect(parentOf(messages, entry({}))?.key).toBe('a')
    expect(parentOf(messages.slice(1), entry({}))?.key).toBe('b')
  })

  it('is known by ids that follow from the message, and keeps what was set before', () => {
    const parent = entry({ key: 'a', messageId: '<a@x>', references: ['<r@x>'] })
    const first = identityOf(account, entry({}), parent)
    expect(first).toEqual({
      messageId: '<uuid@romashka.test>',
      inReplyTo: ['<a@x>'],
      references: ['<r@x>', '<a@x>'],
    })
    const claimed = entry({
      messageId: first.messageId,
      inReplyTo: first.inReplyTo,
      references: first.references,
    })
    expect(identityOf(account, claimed, undefined)).toEqual(first)
  })

  it('is the same bytes on every try, and reads back as it was written', async () => {
    const options = {
      account,
      message: entry({
        to: [{ name: 'Клиент', address: 'client@client.test' }],
        bcc: [{ address: 'boss@x.test' }],
        subject: 'Счёт',
      }),
      identity: {
        messageId: '<uuid@romashka.test>',
        inReplyTo: ['<a@x>'],
        references: ['<r@x>', '<a@x>'],
      },
      html: '<p>Текст <img src="cid:pic"></p>',
      files: [
        { name: 'Счёт №1.pdf', type: 'application/pdf', bytes: Buffer.from('pdf') },
        { name: 'p.png', type: 'image/png', cid: 'pic', bytes: Buffer.from('png') },
      ],
    }
    const raw = await composeLetter(options)
    expect(raw.equals(await composeLetter(options))).toBe(true)
    expect(raw.toString()).not.toContain('boss@x.test')
    const back = await parseLetter(raw)
    expect(back).toMatchObject({
      messageId: 'uuid@romashka.test',
      inReplyTo: ['a@x'],
      references: ['r@x', 'a@x'],
      from: { name: 'ООО «Ромашка»', address: 'sales@romashka.test' },
      to: [{ name: 'Клиент', address: 'client@client.test' }],
      subject: 'Счёт',
      text: 'Текст',
      date: now,
    })
    expect(back.files.map(({ name, inline }) => [name, inline])).toEqual(
      expect.arrayContaining([
        ['Счёт №1.pdf', false],
        ['p.png', true],
      ]),
    )
  })
})

describe('the health of an account', () => {
  const connected = { state: 'connected', since: 1, lastIn: 5 } as const
  it('changes its moment only with its state', () => {
    expect(nextHealth(undefined, { state: 'connected' }, 9)).toEqual({
      state: 'connected',
      since: 9,
    })
    expect(nextHealth(connected, { state: 'connected' }, 9)).toBeNull()
    expect(nextHealth(connected, { lastIn: 8 }, 9)).toEqual({ ...connected, lastIn: 8 })
    expect(nextHealth(connected, { lastIn: 4 }, 9)).toBeNull()
  })
  it('has a reason only while failing', () => {
    const failing = nextHealth(connected, { state: 'failing', reason: 'wrongPassword' }, 9)
    expect(failing).toEqual({ state: 'failing', since: 9, reason: 'wrongPassword', lastIn: 5 })
    expect(nextHealth(failing ?? undefined, { state: 'connected' }, 10)).toEqual({
      state: 'connected',
      since: 10,
      lastIn: 5,
    })
  })
  it('of a paused account is left alone', () => {
    expect(nextHealth({ state: 'paused', since: 1 }, { state: 'connected' }, 9)).toBeNull()
  })
})

describe('waiting', () => {
  it('doubles up to the longest, spread by a quarter', () => {
    expect(waitBefore(reconnecting, 0, 0.5)).toBe(1000)
    expect(waitBefore(reconnecting, 3, 0.5)).toBe(8000)
    expect(waitBefore(reconnecting, 99, 0.5)).toBe(5 * minute)
    expect(waitBefore(reconnecting, 0, 0)).toBe(750)
    expect(waitBefore(reconnecting, 0, 0.999)).toBeLessThan(1251)
  })
})
