import { describe, expect, it } from 'vitest'
import { classify } from '../../../connectors/mail/letter/classify.ts'
import { parseLetter } from '../../../connectors/mail/letter/parse.ts'
import { letter, multipart, raw } from './letters.ts'

const report = (action: string, extra: Buffer[] = []): Promise<ReturnType<typeof classify>> =>
  parseLetter(
    multipart(
      'multipart/report; report-type=delivery-status',
      ['From: MAILER-DAEMON@mx.test', 'Return-Path: <>', 'Auto-Submitted: auto-replied'],
      [
        raw(['Content-Type: text/plain'], 'This is the mail system.'),
        raw(
          ['Content-Type: message/delivery-status'],
          `Reporting-MTA: dns; mx.test\r\n\r\nFinal-Recipient: rfc822; nobody@client.test\r\nAction: ${action}\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 <nobody@client.test> User\r\n    doesn't exist\r\n`,
        ),
        ...extra,
      ],
    ),
  ).then(classify)

const returned = raw(
  ['Content-Type: message/rfc822'],
  raw(['From: sales@romashka.test', 'Message-ID: <ours@romashka.test>', 'Subject: offer'], 'hi'),
)
const headersOnly = raw(
  ['Content-Type: text/rfc822-headers'],
  'Subject: offer\r\nMessage-ID:\r\n <ours@romashka.test>\r\n',
)

describe('a delivery report', () => {
  it.each([
    ['the letter', returned],
    ['its headers', headersOnly],
  ])('that returns %s is a bounce of it', async (_, part) => {
    expect(await report('failed', [part])).toEqual({
      kind: 'bounce',
      report: {
        about: 'ours@romashka.test',
        fates: [
          {
            recipients: ['nobody@client.test'],
            status: '5.1.1',
            diagnostic: "550 5.1.1 <nobody@client.test> User doesn't exist",
          },
        ],
      },
    })
  })

  it('of success or delay is none', async () => {
    expect((await report('relayed', [returned])).kind).toBe('delivered')
    expect((await report('delivered', [returned])).kind).toBe('delivered')
    expect((await report('delayed', [returned])).kind).toBe('delayed')
  })

  it('in the words of qmail is a bounce too', async () => {
    const text = [
      "Hi. This is the qmail-send program at mx.test.\r\nI'm afraid I wasn't able to deliver your message.",
      '<nobody@client.ru>:\r\n550 5.1.1 User unknown',
      '--- Below this line is a copy of the message.',
      'Return-Path: <sales@romashka.test>\r\nMessage-ID: <ours@romashka.test>',
    ].join('\r\n\r\n')
    const parsed = await parseLetter(
      raw(['Return-Path: <>', 'From: MAILER-DAEMON@mx.test', 'Subject: failure notice'], text),
    )
    expect(classify(parsed)).toEqual({
      kind: 'bounce',
      report: {
        about: 'ours@romashka.test',
        fates: [
          {
            recipients: ['nobody@client.ru'],
            status: '5.1.1',
            diagnostic: '550 5.1.1 User unknown',
          },
        ],
      },
    })
  })

  it('is not seen in a letter of a postmaster who only writes', () => {
    expect(
      classify(
        letter({ from: { name: '', address: 'postmaster@x.test' }, text: 'Квота почти исчерпана' }),
      ).kind,
    ).toBe('personal')
  })
})

describe('a letter', () => {
  it.each([
    ['auto', { 'auto-submitted': 'auto-generated' }],
    ['auto', { 'auto-submitted': 'Auto-Replied; x=1' }],
    // Dovecot's vacation reply.
    ['auto', { 'auto-submitted': 'auto-replied (vacation)', precedence: 'bulk' }],
    ['auto', { 'x-auto-response-suppress': 'DR, All' }],
    ['auto', { 'return-path': '<>' }],
    ['auto', { precedence: 'auto_reply' }],
    ['list', { 'list-id': '<news.x.test>' }],
    ['list', { precedence: 'Bulk' }],
    ['list', { 'list-unsubscribe': '<mailto:u@x.test>' }],
    ['personal', { 'auto-submitted': 'no' }],
    ['personal', { 'x-auto-response-suppress': 'OOF, AutoReply' }],
    ['personal', {}],
  ])('is %s with %j', (kind, headers) => {
    expect(classify(letter({ headers })).kind).toBe(kind)
  })
})
