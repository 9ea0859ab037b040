import { readFile } from 'node:fs/promises'
import { ImapFlow } from 'imapflow'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MailLab, startMailLab } from '../lab/mail.ts'
import { listens } from '../lab/processes.ts'
import { shortest } from '../lab/shortest.ts'

describe('the mail laboratory', () => {
  let lab: MailLab

  beforeAll(async () => {
    lab = await startMailLab()
  })

  afterAll(() => lab.stop())

  /** A mail program of `user` that trusts the laboratory's certificate only. */
  async function submission(user: { address: string; password: string }) {
    return createTransport({
      host: 'localhost',
      port: lab.smtp.submissionPort,
      requireTLS: true,
      tls: { ca: await readFile(lab.cert) },
      auth: { user: user.address, pass: user.password },
    })
  }

  it('brings a letter from SMTP to IMAP with its bytes unchanged', async () => {
    const body = Buffer.from([0xf0, 0xd2, 0xc9, 0xd7, 0xc5, 0xd4]) // «Привет» in KOI8-R, sent as 8 bit
    const head = [
      'From: client@client.test',
      'To: sales@romashka.test',
      'Subject: first',
      'Message-ID: <first@client.test>',
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=koi8-r',
      'Content-Transfer-Encoding: 8bit',
    ]
    const raw = Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body])
    await lab.deliver(raw, lab.users.sales.address, 'client@client.test')
    const letter = await lab.letter(lab.users.sales, ({ parsed }) => parsed.subject === 'first')
    expect(letter.raw.includes(body)).toBe(true)
    expect(letter.parsed.messageId).toBe('<first@client.test>')
    expect(letter.parsed.text?.trim()).toBe('Привет')
  })

  it('refuses a wrong password at IMAP and at SMTP, at once', async () => {
    const { address } = lab.users.sales
    const ca = await readFile(lab.cert)
    const taken = await shortest(2_000, async () => {
      const client = new ImapFlow({
        host: 'localhost',
        port: lab.imap.port,
        secure: true,
        tls: { ca },
        auth: { user: address, pass: 'Пароль с пробелами 2' },
        logger: false,
      })
      const startedAt = performance.now()
      await expect(client.connect()).rejects.toMatchObject({ authenticationFailed: true })
      const transport = await submission({ address, password: 'nonsense' })
      await expect(transport.verify()).rejects.toMatchObject({ code: 'EAUTH', responseCode: 535 })
      return performance.now() - startedAt
    })
    expect(taken).toBeLessThan(2_000)
  })

  it('is not trusted by a program that was not given its certificate', async () => {
    const client = new ImapFlow({
      host: 'localhost',
      port: lab.imap.port,
      secure: true,
      auth: { user: lab.users.ivan.address, pass: lab.users.ivan.password },
      logger: false,
    })
    await expect(client.connect()).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })
  })

  it.each(['sales', 'ivan', 'maria', 'boss'] as const)(
    'lets %s in by IMAP over TLS',
    async (name) => {
      const user = lab.users[name]
      const client = new ImapFlow({
        host: 'localhost',
        port: lab.imap.port,
        secure: true,
        tls: { ca: await readFile(lab.cert) },
        auth: { user: user.address, pass: user.password },
        logger: false,
      })
      await client.connect()
      const special = (await client.list()).map(({ specialUse }) => specialUse)
      await client.logout()
      expect(special).toContain('\\Sent')
    },
  )

  it('takes a letter from a signed-in user over STARTTLS, and from nobody else', async () => {
    const { sales, client } = lab.users
    const transport = await submission(sales)
    await transport.sendMail({
      from: sales.address,
      to: client.address,
      subject: 'offer',
      text: 'x',
    })
    await lab.letter(client, ({ parsed }) => parsed.subject === 'offer')

    const stranger = createTransport({
      host: 'localhost',
      port: lab.smtp.submissionPort,
      tls: { ca: await readFile(lab.cert) },
    })
    const relayed = stranger.sendMail({ from: sales.address, to: 'a@dead.test', text: 'x' })
    await expect(relayed).rejects.toMatchObject({ responseCode: 554 })
  })

  it('takes a letter on the port that speaks TLS from the first byte', async () => {
    const transport = createTransport({
      host: 'localhost',
      port: lab.smtp.tlsPort,
      secure: true,
      tls: { ca: await readFile(lab.cert) },
      auth: { user: lab.users.ivan.address, pass: lab.users.ivan.password },
    })
    await expect(transport.verify()).resolves.toBe(true)
  })

  it('sends a bounce back for a domain and for a name that do not exist', async () => {
    const { ivan } = lab.users
    const transport = await submission(ivan)
    for (const to of ['nobody@dead.test', 'ghost@client.test']) {
      await transport.sendMail({ from: ivan.address, to, subject: 'lost', text: 'x' })
      const bounce = await lab.letter(ivan, ({ raw }) =>
        raw.includes(`Final-Recipient: rfc822; ${to}`),
      )
      expect(bounce.raw.toString()).toMatch(/Content-Type: multipart\/report/)
      expect(bounce.raw.toString()).toMatch(/Status: 5\.1\.[12]/)
    }
  })

  it('passes a letter of 12 MB', async () => {
    const { sales, anna } = lab.users
    const transport = await submission(anna)
    const content = Buffer.alloc(9 * 1024 * 1024, 'interes ')
    const attachments = [{ filename: 'договор.bin', content }]
    await transport.sendMail({ from: anna.address, to: sales.address, subject: 'big', attachments })
    const letter = await lab.letter(sales, ({ parsed }) => parsed.subject === 'big')
    expect(letter.raw.length).toBeGreaterThan(12 * 1024 * 1024)
    const file = letter.parsed.attachments[0]
    expect(file?.filename).toBe('договор.bin')
    expect(file?.content instanceof ArrayBuffer && content.equals(Buffer.from(file.content))).toBe(
      true,
    )
  })

  it('answers by a vacation script', async () => {
    const { ivan, petrov } = lab.users
    await lab.sieve(
      ivan,
      'require ["vacation"];\nvacation :subject "Я в отпуске" "До понедельника";\n',
    )
    const raw = `From: ${petrov.address}\r\nTo: ${ivan.address}\r\nMessage-ID: <v@client.test>\r\nSubject: hi\r\n\r\nhi\r\n`
    await lab.deliver(raw, ivan.address, petrov.address)
    const answer = await lab.letter(petrov, ({ parsed }) => parsed.subject === 'Я в отпуске')
    expect(answer.raw.toString()).toMatch(/^Auto-Submitted: auto-replied/m)
  })

  it('drops connections when asked to', async () => {
    const { olga } = lab.users
    const client = new ImapFlow({
      host: '127.0.0.1',
      port: lab.imap.portPlain,
      secure: false,
      doSTARTTLS: false,
      auth: { user: olga.address, pass: olga.password },
      logger: false,
    })
    await client.connect()
    const closed = new Promise((resolve) => client.once('close', () => resolve('closed')))
    await lab.kick(olga)
    expect(await closed).toBe('closed')
  })

  it('keeps its mailboxes and ports over a restart', async () => {
    const before = (await lab.inbox(lab.users.sales)).length
    await lab.down()
    expect(await listens(lab.imap.port)).toBe(false)
    expect(await listens(lab.mxPort)).toBe(false)
    await lab.up()
    expect((await lab.inbox(lab.users.sales)).length).toBe(before)
    expect(before).toBeGreaterThan(0)
  })
})
