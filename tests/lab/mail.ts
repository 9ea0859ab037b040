import { chown, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ImapFlow } from 'imapflow'
import { createTransport } from 'nodemailer'
import PostalMime, { type Email } from 'postal-mime'
import { freePorts } from './free-ports.ts'
import type { MailConfig, MailUser } from './mail-config.ts'
import {
  labPrefix,
  prepareMailServers,
  startMailServers,
  stopMailServers,
  sweepMailLabs,
} from './mail-servers.ts'
import { run, until } from './processes.ts'

// A letter of 30 MB with its base64 and headers; more than any test needs, less than a real provider's 50.
const defaultSizeLimit = 42 * 1024 * 1024

const users = {
  /** The company's shared mailbox. Its password has Cyrillic letters and spaces, as people make them. */
  sales: { address: 'sales@romashka.test', password: 'Пароль с пробелами 1' },
  ivan: { address: 'ivan@romashka.test', password: 'ivanpass' },
  maria: { address: 'maria@romashka.test', password: 'p@ss"w\\ord' },
  /** People outside the company. */
  client: { address: 'client@client.test', password: 'clientpass' },
  anna: { address: 'anna@client.test', password: 'annapass' },
  petrov: { address: 'petrov@client.test', password: 'petrovpass' },
  boss: { address: 'boss@firma.test', password: 'bosspass' },
  olga: { address: 'olga@firma.test', password: 'olgapass' },
} satisfies Record<string, MailUser>

export interface LabLetter {
  uid: number
  flags: Set<string>
  /** The bytes as the mailbox holds them. */
  raw: Buffer
  parsed: Email
}

export interface MailLab {
  dir: string
  imap: { host: string; port: number; portPlain: number }
  smtp: { host: string; submissionPort: number; tlsPort: number }
  mxPort: number
  /** PEM file of the servers' certificate: for `ca`, or NODE_EXTRA_CA_CERTS of a process. */
  cert: string
  users: typeof users
  /** Hands a letter over from outside by real SMTP. `from` may be '' (a bounce). Throws what SMTP answers. */
  deliver(raw: string | Uint8Array, to: string | readonly string[], from: string): Promise<void>
  /** The letters of a mailbox, oldest first. */
  inbox(user: MailUser, mailbox?: string): Promise<LabLetter[]>
  /** Waits for a letter that fits. */
  letter(user: MailUser, fits: (letter: LabLetter) => boolean, mailbox?: string): Promise<LabLetter>
  /** Runs an IMAP conversation as the user, as another mail program would. */
  asUser<T>(user: MailUser, talk: (client: ImapFlow) => Promise<T>): Promise<T>
  /** Installs a Sieve script, for instance a vacation reply. */
  sieve(user: MailUser, script: string): Promise<void>
  /** Drops the user's IMAP connections. */
  kick(user: MailUser): Promise<void>
  /** The servers go away and come back on the same ports with the same mailboxes. */
  down(): Promise<void>
  up(): Promise<void>
  restart(): Promise<void>
  /** Ends the servers and removes everything. */
  stop(): Promise<void>
}

/**
 * Starts real Dovecot and Postfix on free loopback ports, with a folder, a certificate and mailboxes
 * of their own. Needs root and Debian's packages (tests/setup/debian-packages.mjs).
 *
 * @example
 * const lab = await startMailLab()
 * await lab.deliver(eml, lab.users.sales.address, 'someone@client.test')
 * const [letter] = await lab.inbox(lab.users.sales)
 * await lab.stop()
 */
export async function startMailLab(options: { sizeLimit?: number } = {}): Promise<MailLab> {
  await sweepMailLabs()
  const dir = await mkdtemp(join(tmpdir(), labPrefix))
  const [imap = 0, imapTls = 0, mx = 0, submission = 0, submissionTls = 0] = await freePorts(5)
  const config: MailConfig = {
    dir,
    ports: { imap, imapTls, mx, submission, submissionTls },
    users: Object.values(users),
    domains: ['romashka.test', 'client.test', 'firma.test'],
    sizeLimit: options.sizeLimit ?? defaultSizeLimit,
  }
  await prepareMailServers(config)
  const down = () => stopMailServers(dir)
  const up = () => startMailServers(config)
  const stop = async () => {
    await down()
    await rm(dir, { recursive: true, force: true })
  }
  try {
    await up()
  } catch (error) {
    await stop()
    throw error
  }

  async function asUser<T>(user: MailUser, talk: (client: ImapFlow) => Promise<T>): Promise<T> {
    const client = new ImapFlow({
      host: '127.0.0.1',
      port: imap,
      secure: false,
      doSTARTTLS: false,
      auth: { user: user.address, pass: user.password },
      logger: false,
    })
    await client.connect()
    try {
      return await talk(client)
    } finally {
      await client.logout()
    }
  }

  function inbox(user: MailUser, mailbox = 'INBOX'): Promise<LabLetter[]> {
    return asUser(user, async (client) => {
      const lock = await client.getMailboxLock(mailbox, { readOnly: true })
      try {
        if (!client.mailbox || client.mailbox.exists === 0) return []
        const letters = await client.fetchAll('1:*', { uid: true, flags: true, source: true })
        return await Promise.all(
          letters.map(async ({ uid, flags, source }) => {
            if (!source) throw new Error('A letter fetched with its source has one')
            return {
              uid,
              flags: flags ?? new Set<string>(),
              raw: source,
              parsed: await PostalMime.parse(source),
            }
          }),
        )
      } finally {
        lock.release()
      }
    })
  }

  return {
    dir,
    imap: { host: '127.0.0.1', port: imapTls, portPlain: imap },
    smtp: { host: '127.0.0.1', submissionPort: submission, tlsPort: submissionTls },
    mxPort: mx,
    cert: join(dir, 'ssl/cert.pem'),
    users,
    asUser,
    inbox,
    letter: (user, fits, mailbox = 'INBOX') =>
      until(`no such letter in ${mailbox} of ${user.address}`, async () =>
        (await inbox(user, mailbox)).find(fits),
      ),
    async deliver(raw, to, from) {
      const transport = createTransport({ host: '127.0.0.1', port: mx, ignoreTLS: true })
      try {
        await transport.sendMail({
          envelope: { from, to: typeof to === 'string' ? to : [...to] },
          raw: typeof raw === 'string' ? raw : Buffer.from(raw),
        })
      } finally {
        transport.close()
      }
    },
    async sieve(user, script) {
      const [name = '', domain = ''] = user.address.split('@')
      const { uid, gid } = await stat(join(dir, 'home'))
      const home = join(dir, 'home', domain, name)
      await run('install', [
        '-d',
        '-o',
        String(uid),
        '-g',
        String(gid),
        join(dir, 'home', domain),
        home,
      ])
      await writeFile(join(home, '.dovecot.sieve'), script)
      await chown(join(home, '.dovecot.sieve'), uid, gid)
    },
    async kick(user) {
      await run('doveadm', ['-c', join(dir, 'dovecot/dovecot.conf'), 'kick', user.address])
    },
    down,
    up,
    async restart() {
      await down()
      await up()
    },
    stop,
  }
}
