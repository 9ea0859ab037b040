import { randomBytes } from 'node:crypto'
import { Resolver } from 'node:dns/promises'
import PostalMime from 'postal-mime'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkMailbox } from '../../../connectors/mail/check.ts'
import { createFinder } from '../../../connectors/mail/discovery/finder.ts'
import { createNetwork } from '../../../connectors/mail/network.ts'
import { until } from '../../lab/processes.ts'
import { shortest } from '../../lab/shortest.ts'
import { appealOf, labConnection, startWorld, type World } from './world.ts'

const letter = (headers: Record<string, string>, body: string | Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(
      Object.entries({ 'MIME-Version': '1.0', ...headers })
        .map(([name, value]) => `${name}: ${value}`)
        .join('\r\n'),
    ),
    Buffer.from('\r\n\r\n'),
    Buffer.from(body),
  ])

describe('a mailbox connected to the relay', () => {
  let world: World
  let account: string

  beforeAll(async () => {
    world = await startWorld()
    await world.lab.deliver(
      letter(
        {
          From: 'olga@firma.test',
          To: 'sales@romashka.test',
          Subject: 'before',
          'Message-ID': '<before@firma.test>',
        },
        'written before the mailbox was connected',
      ),
      world.lab.users.sales.address,
      'olga@firma.test',
    )
    await world.lab.letter(world.lab.users.sales, ({ parsed }) => parsed.subject === 'before')
    account = await world.connect(world.lab.users.sales)
  })
  afterAll(() => world?.stop())

  it('says at the form what is wrong with the settings', async () => {
    const { address } = world.lab.users.ivan
    const form = {
      channel: 'mail',
      name: 'Иван',
      address,
      receive: true,
      send: true,
      access: 'all',
    }
    const connection = labConnection(world.lab, address)
    const check = (settings: object) =>
      world.device.post('/api/accounts', { ...form, connection, ...settings })
    await expect(check({ password: 'not it' })).rejects.toThrow('wrongPassword')
    await expect(
      check({
        password: world.lab.users.ivan.password,
        connection: { ...connection, imap: { ...connection.imap, port: 1 } },
      }),
    ).rejects.toThrow('connectionRefused')
    // This process does not trust the laboratory's certificate.
    const refused = await checkMailbox(
      createNetwork({ allowPrivate: true }),
      createFinder(createNetwork({ allowPrivate: true }), new Resolver()),
      { ...world.lab.users.ivan, receive: true, send: true, connection },
    )
    expect(refused).toMatchObject({ ok: false, failure: { reason: 'certificate' } })
  })

  it('finds the servers of an address of a known provider', async () => {
    expect(await world.device.post('/api/accounts/find', { address: 'ivan@bk.ru' })).toMatchObject({
      source: 'table',
      provider: 'mail.ru',
      connection: {
        imap: { host: 'imap.mail.ru', port: 993, security: 'tls', user: 'ivan@bk.ru' },
      },
    })
  })

  it('knocks at doors, and hears whether mail answers', async () => {
    const finder = createFinder(
      createNetwork({ allowPrivate: true }),
      new Resolver({ timeout: 500, tries: 1 }),
    )
    const { imap, smtp } = world.lab
    const knock = (port: number, security: 'tls' | 'starttls', kind: 'imap' | 'smtp') =>
      finder.knock({ host: 'localhost', port, security, user: '' }, kind)
    expect(await knock(imap.port, 'tls', 'imap')).toBe(true)
    expect(await knock(imap.portPlain, 'starttls', 'imap')).toBe(true)
    expect(await knock(smtp.submissionPort, 'starttls', 'smtp')).toBe(true)
    expect(await knock(smtp.tlsPort, 'tls', 'smtp')).toBe(true)
    expect(await knock(imap.portPlain, 'starttls', 'smtp')).toBe(false)
    expect(await knock(1, 'tls', 'imap')).toBe(false)
    const guarded = createFinder(
      createNetwork({ allowPrivate: false }),
      new Resolver({ timeout: 500, tries: 1 }),
    )
    expect(
      await guarded.knock(
        { host: 'localhost', port: imap.port, security: 'tls', user: '' },
        'imap',
      ),
    ).toBe(false)
    expect(await guarded.document('https://localhost/')).toBeNull()
    expect(await finder.document('http://localhost/')).toBeNull()
  })

  it('shows the folders of the mailbox', async () => {
    const folders = await until('no folders', async () => {
      const row = world.ofType('account').find(({ id }) => id === account)
      return row?.folders?.length ? row.folders : undefined
    })
    expect(folders.map(({ use }) => use)).toEqual(expect.arrayContaining(['\\Inbox', '\\Sent']))
  })

  it('takes letters from before the connection, and makes no appeals of them', async () => {
    const message = await world.message(({ messageId }) => messageId === '<before@firma.test>')
    expect(message.text).toBe('written before the mailbox was connected')
    expect(appealOf(world, message.dialog)).toBeUndefined()
  })

  it('brings a letter of an unknown sender to the device in under two seconds, as an appeal', async () => {
    const text = 'Добрый день! Пришлите, пожалуйста, прайс-лист.'
    const koi8 = Buffer.from([...text].map((sign) => koi8r(sign)))
    const id = (attempt: number) => `<first-${attempt}@client.test>`
    const taken = await shortest(2000, async (attempt) => {
      const started = performance.now()
      await world.lab.deliver(
        letter(
          {
            From: 'client@client.test',
            To: 'sales@romashka.test',
            Subject: '=?koi8-r?B?8NLBytM=?=',
            'Message-ID': id(attempt),
            'Content-Type': 'text/plain',
          },
          koi8,
        ),
        world.lab.users.sales.address,
        'client@client.test',
      )
      await world.message(({ messageId }) => messageId === id(attempt))
      return performance.now() - started
    })
    expect(taken).toBeLessThan(2000)
    const message = await world.message(({ messageId }) => messageId === id(1))
    expect(message.text).toBe(text)
    expect(message.subject).toBe('Прайс')
    expect(message.direction).toBe('in')
    const appeal = await until('no appeal', async () => appealOf(world, message.dialog))
    expect(appeal).toMatchObject({ state: 'new', account, firstWords: text })
  })

  it('recognises a client by the address, and makes no appeal then', async () => {
    const client = '0190a0a0-0000-7000-8000-000000000001'
    await world.write('client', client, {
      kind: 'person',
      name: 'Петров Пётр',
      managers: [world.device.session.user.id],
      emails: { e1: { value: 'petrov@client.test', kind: 'work', order: 'a0' } },
    })
    await world.lab.deliver(
      letter(
        {
          From: 'Petrov@Client.test',
          To: 'sales@romashka.test',
          Subject: 'known',
          'Message-ID': '<known@client.test>',
        },
        'hi',
      ),
      world.lab.users.sales.address,
      'petrov@client.test',
    )
    const message = await world.message(({ messageId }) => messageId === '<known@client.test>')
    const dialog = world.ofType('dialog').find(({ id }) => id === message.dialog)
    expect(dialog?.client).toBe(client)
    expect(appealOf(world, message.dialog)).toBeUndefined()
  })

  it('brings eight megabytes and an HTML letter with its picture in little more than it takes to fetch them', async () => {
    const pdf = randomBytes(8 * 1024 * 1024)
    const png = randomBytes(2000)
    const part = (headers: string[], body: Buffer) =>
      `--b\r\n${headers.join('\r\n')}\r\nContent-Transfer-Encoding: base64\r\n\r\n${body.toString('base64').replace(/.{76}/g, '$&\r\n')}\r\n`
    const html = Buffer.from('<p>Смета во вложении <img src="cid:logo"></p>')
    const id = (attempt: number) => `<big-${attempt}@firma.test>`
    const send = (attempt: number) =>
      world.lab.deliver(
        letter(
          {
            From: 'boss@firma.test',
            To: 'sales@romashka.test',
            Subject: 'big',
            'Message-ID': id(attempt),
            'Content-Type': 'multipart/related; boundary=b',
          },
          [
            part(['Content-Type: text/html; charset=utf-8'], html),
            part(['Content-Type: image/png', 'Content-ID: <logo>'], png),
            part(
              [
                'Content-Type: application/pdf; name="smeta.pdf"',
                'Content-Disposition: attachment',
              ],
              pdf,
            ),
            '--b--\r\n',
          ].join(''),
        ),
        world.lab.users.sales.address,
        'boss@firma.test',
      )
    /**
     * 0.6 to 3.2 were measured on a busy machine. Beside the fetching itself: hearing of the letter, putting
     * its files to the relay, and the way to the device.
     */
    const mostTimes = 8
    /** As a mail program does that keeps nothing: signs in, finds the letter, fetches it, takes it apart. */
    const readPlainly = (messageId: string) =>
      world.lab.asUser(world.lab.users.sales, async (client) => {
        await client.mailboxOpen('INBOX', { readOnly: true })
        const found = await client.search({ header: { 'Message-ID': messageId } }, { uid: true })
        const uid = found ? found[0] : undefined
        const fetched =
          uid !== undefined && (await client.fetchOne(String(uid), { source: true }, { uid: true }))
        const source = fetched ? fetched.source : undefined
        if (!source) throw new Error(`no letter ${messageId}`)
        expect((await PostalMime.parse(source)).attachments).toHaveLength(2)
      })
    // Beside it the letter is read as a mail program does, by the same machine at the same time.
    const times = await shortest(mostTimes, async (attempt) => {
      await send(attempt)
      const delivered = performance.now()
      await world.message(({ messageId }) => messageId === id(attempt))
      const taken = performance.now() - delivered
      const began = performance.now()
      await readPlainly(id(attempt))
      return taken / (performance.now() - began)
    })
    expect(times).toBeLessThan(mostTimes)
    const message = await world.message(({ messageId }) => messageId === id(1))
    expect(message.text).toBe('Смета во вложении')
    expect(message.files?.map(({ name, cid, size }) => [name, cid, size])).toEqual([
      ['1.png', 'logo', png.length],
      ['smeta.pdf', undefined, pdf.length],
    ])
    const stored = await fetch(`${world.relay.url}/files/${message.files?.[1]?.hash}`, {
      headers: { cookie: world.device.cookie },
    })
    expect(Buffer.from(await stored.arrayBuffer()).equals(pdf)).toBe(true)
    expect(
      await (
        await fetch(`${world.relay.url}/files/${message.html}`, {
          headers: { cookie: world.device.cookie },
        })
      ).text(),
    ).toContain('cid:logo')
  })

  it('sends an answer once, threaded, with its file, and files it in Sent', async () => {
    const first = await world.message(({ messageId }) => messageId === '<first-1@client.test>')
    const bytes = randomBytes(300_000)
    const hash = await upload(world, bytes)
    const key = await world.reply(first.dialog, account, {
      to: [{ address: 'client@client.test', name: 'Клиент' }],
      subject: 'Re: Прайс',
      text: 'Прайс во вложении',
      files: [{ hash, name: 'Прайс-лист №1.pdf', size: bytes.length, type: 'application/pdf' }],
    })
    const sent = await world.message((each) => each.key === key && each.state?.status === 'sent')
    expect(sent.messageId).toBe(`<${key.slice('mail:'.length)}@romashka.test>`)
    expect(sent.folder).toBe('Sent')
    const got = await world.lab.letter(
      world.lab.users.client,
      ({ parsed }) => parsed.messageId === sent.messageId,
    )
    expect(got.parsed.inReplyTo).toBe('<first-1@client.test>')
    expect(got.parsed.references).toContain('<first-1@client.test>')
    expect(got.parsed.attachments[0]?.filename).toBe('Прайс-лист №1.pdf')
    expect(Buffer.from(got.parsed.attachments[0]?.content as ArrayBuffer).equals(bytes)).toBe(true) // the parser's default form
    await world.lab.letter(
      world.lab.users.sales,
      ({ parsed }) => parsed.messageId === sent.messageId,
      'Sent',
    )
    const received = await world.lab.inbox(world.lab.users.client)
    expect(received.filter(({ parsed }) => parsed.messageId === sent.messageId)).toHaveLength(1)
  })

  it('puts the answer to our answer into the same dialog', async () => {
    const ours = await world.message(({ text }) => text === 'Прайс во вложении')
    await world.lab.deliver(
      letter(
        {
          From: 'client@client.test',
          To: 'sales@romashka.test',
          Subject: 'Re: Re: price',
          'Message-ID': '<second@client.test>',
          'In-Reply-To': ours.messageId ?? '',
        },
        'thanks',
      ),
      world.lab.users.sales.address,
      'client@client.test',
    )
    const answer = await world.message(({ messageId }) => messageId === '<second@client.test>')
    expect(answer.dialog).toBe(ours.dialog)
  })

  it('marks a letter failed when it bounces, and says for whom', async () => {
    const first = await world.message(({ messageId }) => messageId === '<first-1@client.test>')
    const key = await world.reply(first.dialog, account, {
      to: [{ address: 'client@client.test' }],
      cc: [{ address: 'nobody@client.test' }],
      subject: 'bounce',
      text: 'does not arrive',
    })
    const failed = await world.message(
      (each) => each.key === key && each.state?.status === 'failed',
    )
    expect(failed.state?.reason).toMatch(/bounced|recipientRefused/)
    expect(failed.state?.detail).toContain('nobody@client.test')
    expect(failed.state?.detail).not.toContain(' client@client.test')
    expect(failed.state?.detail).not.toMatch(/^client@client.test/)
  })

  it('shows a vacation reply in the thread as written by a machine', async () => {
    await world.lab.sieve(
      world.lab.users.client,
      'require ["vacation"];\nvacation :days 1 :subject "Отпуск" :addresses ["client@client.test"] "Я в отпуске";\n',
    )
    const first = await world.message(({ messageId }) => messageId === '<first-1@client.test>')
    const key = await world.reply(first.dialog, account, {
      to: [{ address: 'client@client.test' }],
      subject: 'Re: Прайс',
      text: 'are you there?',
    })
    const auto = await world.message(({ auto }) => auto === 'reply')
    expect(auto.dialog).toBe(first.dialog)
    expect(auto.text).toContain('Я в отпуске')
    // The reply may be here before our letter has its copy in Sent, and is said to be sent after that.
    await world.message((each) => each.key === key && each.state?.status === 'sent')
  })

  it('takes letters sent from another program', async () => {
    await world.lab.asUser(world.lab.users.sales, async (client) => {
      await client.append(
        'Sent',
        letter(
          {
            From: 'sales@romashka.test',
            To: 'boss@firma.test',
            Subject: 'other program',
            'Message-ID': '<other@romashka.test>',
          },
          'sent elsewhere',
        ),
      )
    })
    // Sent is looked at once a minute, and at every start.
    await world.connectors.restart()
    const message = await world.message(({ messageId }) => messageId === '<other@romashka.test>')
    expect(message).toMatchObject({ direction: 'out', folder: 'Sent' })
    expect(message.state?.status).toBe('sent')
  })

  it('recognises its letters in a folder that was made anew', async () => {
    const old = {
      From: 'sales@romashka.test',
      To: 'boss@firma.test',
      Subject: 'other program',
      'Message-ID': '<other@romashka.test>',
    }
    await world.lab.asUser(world.lab.users.sales, async (client) => {
      await client.mailboxDelete('Sent')
      await client.mailboxCreate('Sent')
      await client.append('Sent', letter(old, 'sent elsewhere'))
      await client.append(
        'Sent',
        letter({ ...old, 'Message-ID': '<anew@romashka.test>' }, 'in the new folder'),
      )
    })
    await world.connectors.restart()
    await world.message(({ messageId }) => messageId === '<anew@romashka.test>')
    const known = world.messages().filter(({ messageId }) => messageId === '<other@romashka.test>')
    expect(known).toHaveLength(1)
  })

  it('takes nothing while paused, and everything after', async () => {
    await world.device.post(`/api/accounts/${account}/pause`, {})
    await until(
      'the account runs on',
      async () => world.connectors.logs.includes('Account stopped') || undefined,
    )
    await world.lab.deliver(
      letter(
        {
          From: 'anna@client.test',
          To: 'sales@romashka.test',
          Subject: 'paused',
          'Message-ID': '<paused@client.test>',
        },
        'while paused',
      ),
      world.lab.users.sales.address,
      'anna@client.test',
    )
    await new Promise((resolve) => setTimeout(resolve, 1500))
    expect(world.messages().some(({ messageId }) => messageId === '<paused@client.test>')).toBe(
      false,
    )
    await world.device.post(`/api/accounts/${account}/resume`, {})
    await world.message(({ messageId }) => messageId === '<paused@client.test>')
  })

  it('comes back after the connection was dropped and after the servers were away', async () => {
    await world.lab.kick(world.lab.users.sales)
    await world.lab.restart()
    await world.lab.deliver(
      letter(
        {
          From: 'anna@client.test',
          To: 'sales@romashka.test',
          Subject: 'after',
          'Message-ID': '<after@client.test>',
        },
        'after the break',
      ),
      world.lab.users.sales.address,
      'anna@client.test',
    )
    await world.message(({ messageId }) => messageId === '<after@client.test>')
  })
})

const koi8r = (sign: string): number => {
  const decoder = new TextDecoder('koi8-r')
  for (let byte = 0; byte < 256; byte++) {
    if (decoder.decode(Uint8Array.of(byte)) === sign) return byte
  }
  throw new Error(`${sign} is not in KOI8-R`)
}

const upload = async (world: World, bytes: Uint8Array): Promise<string> => {
  const { createHash } = await import('node:crypto')
  const hash = createHash('sha256').update(bytes).digest('hex')
  const response = await fetch(`${world.relay.url}/files/${hash}`, {
    method: 'PUT',
    headers: { cookie: world.device.cookie, origin: world.relay.url },
    body: new Uint8Array(bytes),
  })
  if (!response.ok) throw new Error(await response.text())
  return hash
}
