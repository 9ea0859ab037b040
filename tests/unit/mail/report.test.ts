import { describe, expect, it } from 'vitest'
import { classify, type LetterKind } from '../../../connectors/mail/letter/classify.ts'
import { parseLetter } from '../../../connectors/mail/letter/parse.ts'
import { stateAfter } from '../../../connectors/mail/report.ts'
import type { MessageEntry, MessageState } from '../../../shared/records/segment.ts'
import { multipart, raw } from './letters.ts'

const now = Date.UTC(2026, 10, 21, 12)

interface Told {
  final: string
  original?: string
  action?: string
}

/** As servers write it: a group of fields for each recipient. */
const reportOn = async (...told: Told[]): Promise<Extract<LetterKind, { report: object }>> => {
  const groups = told.map(({ final, original, action = 'failed' }) =>
    [
      ...(original ? [`Original-Recipient: rfc822;${original}`] : []),
      `Final-Recipient: rfc822; ${final}`,
      `Action: ${action}`,
      'Status: 5.1.1',
      'Diagnostic-Code: smtp; 550 no such user',
    ].join('\r\n'),
  )
  const kind = classify(
    await parseLetter(
      multipart(
        'multipart/report; report-type=delivery-status',
        ['From: MAILER-DAEMON@mx.test', 'Return-Path: <>'],
        [
          raw(
            ['Content-Type: message/delivery-status'],
            ['Reporting-MTA: dns; mx.test', ...groups].join('\r\n\r\n'),
          ),
          raw(['Content-Type: text/rfc822-headers'], 'Message-ID: <ours@romashka.test>\r\n'),
        ],
      ),
    ),
  )
  if (!('report' in kind)) throw new Error(kind.kind)
  return kind
}

const sentTo = (...addresses: string[]): MessageEntry => ({
  key: 'mail:ours',
  at: now,
  direction: 'out',
  kind: 'letter',
  author: {},
  text: '',
  to: addresses.slice(0, 1).map((address) => ({ address })),
  cc: addresses.slice(1).map((address) => ({ address })),
  messageId: '<ours@romashka.test>',
  state: { status: 'sent', at: now },
})
const withState = (entry: MessageEntry, state: MessageState | null): MessageEntry =>
  state ? { ...entry, state } : entry

describe('a letter to several recipients', () => {
  const letter = sentTo('anna@client.test', 'Boris@client.test', 'vera@client.test')

  it('says which of them did not get it', async () => {
    const report = await reportOn(
      { final: 'anna@client.test', action: 'relayed' },
      { final: 'boris@client.test' },
    )
    expect(stateAfter(letter, report, now)).toEqual({
      status: 'failed',
      at: now,
      reason: 'bounced',
      detail: 'Boris@client.test 5.1.1 550 no such user',
    })
  })

  it('names the address that was written to, not the one it was passed on to', async () => {
    const report = await reportOn({ final: 'box17@inside.test', original: 'vera@client.test' })
    expect(stateAfter(letter, report, now)?.detail).toBe('vera@client.test 5.1.1 550 no such user')
    const aliasOnly = await reportOn({ final: 'box17@inside.test' })
    expect(stateAfter(letter, aliasOnly, now)?.detail).toContain('box17@inside.test')
  })

  it('keeps what an earlier report said of another, and hears the same report once', async () => {
    const first = await reportOn({ final: 'anna@client.test' })
    const second = await reportOn({ final: 'vera@client.test' })
    const bounced = withState(letter, stateAfter(letter, first, now))
    const both = withState(bounced, stateAfter(bounced, second, now + 1))
    expect(both.state?.detail).toBe(
      'anna@client.test 5.1.1 550 no such user; vera@client.test 5.1.1 550 no such user',
    )
    expect(stateAfter(both, first, now + 2)).toBeNull()
    expect(stateAfter(both, second, now + 2)).toBeNull()
  })

  it('is not mended by another who got it', async () => {
    const bounced = withState(
      letter,
      stateAfter(letter, await reportOn({ final: 'anna@client.test' }), now),
    )
    const delivered = await reportOn({ final: 'vera@client.test', action: 'delivered' })
    expect(stateAfter(bounced, delivered, now)).toBeNull()
    expect(stateAfter(letter, delivered, now)).toEqual({ status: 'delivered', at: now })
  })

  it('is not failed by a report that it is late, nor once it was given up or waits again', async () => {
    const late = await reportOn({ final: 'anna@client.test', action: 'delayed' })
    expect(stateAfter(letter, late, now)).toBeNull()
    const bounce = await reportOn({ final: 'anna@client.test' })
    for (const status of ['queued', 'cancelled', 'failed'] as const)
      expect(stateAfter({ ...letter, state: { status, at: now } }, bounce, now), status).toBeNull()
    expect(stateAfter({ ...letter, direction: 'in' }, bounce, now)).toBeNull()
  })
})
