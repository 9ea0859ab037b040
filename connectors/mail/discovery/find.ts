/**
 * From an address to a connection, with no login (F18). The most certain source first:
 *
 *     own table ─▶ MX ─▶ autoconfig ─▶ SRV ─▶ guess and knock
 *
 * The last four are asked at once, since each may take seconds; the order decides among the answers.
 */
import { domainToASCII } from 'node:url'
import { domainOf, normaliseEmail } from '../../../shared/emails.ts'
import type { MailConnection, MailServer } from '../../../shared/records/account.ts'
import type { Checked } from '../../channel.ts'
import { autoconfigUrls, readAutoconfig } from './autoconfig.ts'
import { connectionOf, providerOfDomain, providerOfMx } from './providers.ts'
import { connectionOfSrv, type SrvRecord } from './srv.ts'

/** What the search asks of the world; all answers are empty where there is none. */
export interface Finder {
  /** MX hosts, the preferred first. */
  mx(domain: string): Promise<string[]>
  srv(name: string): Promise<SrvRecord[]>
  /** Body of a small https document, null where there is none. */
  document(url: string): Promise<string | null>
  /** Whether something that speaks mail answers there. */
  knock(server: MailServer, kind: 'imap' | 'smtp'): Promise<boolean>
}

export const findConnection = async (finder: Finder, typed: string): Promise<Checked> => {
  const address = normaliseEmail(typed)
  const domain = address === null ? '' : domainToASCII(domainOf(address))
  if (address === null || domain === '') {
    return { ok: false, failure: { reason: 'invalidAddress', field: 'address' } }
  }
  const known = providerOfDomain(domain)
  if (known) return found(connectionOf(known, address), 'table', known.id)

  const [mx, autoconfig, srv, guessed] = [
    finder.mx(domain),
    askAutoconfig(finder, domain, address),
    connectionOfSrv((name) => finder.srv(name), domain, address),
    guess(finder, domain, address),
  ]
  const provider = providerOfMx(await mx)
  if (provider) return found(connectionOf(provider, address), 'mx', provider.id)
  for (const [source, asked] of [
    ['autoconfig', autoconfig],
    ['srv', srv],
    ['guess', guessed],
  ] as const) {
    const connection = await asked
    if (connection) return found(connection, source)
  }
  return { ok: false, failure: { reason: 'parametersNotFound', field: 'address' } }
}

const found = (connection: MailConnection, source: string, provider?: string): Checked => ({
  ok: true,
  found: { connection, source, ...(provider && { provider }) },
})

const askAutoconfig = async (
  finder: Finder,
  domain: string,
  address: string,
): Promise<MailConnection | null> => {
  const documents = await Promise.all(
    autoconfigUrls(domain, address).map((url) => finder.document(url)),
  )
  for (const document of documents) {
    const connection = document === null ? null : readAutoconfig(document, address)
    if (connection) return connection
  }
  return null
}

const names = { imap: ['imap', 'mail'], smtp: ['smtp', 'mail'] } as const
const doors = {
  imap: [
    [993, 'tls'],
    [143, 'starttls'],
  ],
  smtp: [
    [465, 'tls'],
    [587, 'starttls'],
  ],
} as const

/** The usual names and ports, all tried at once; the order of preference decides among those that answer. */
const guess = async (
  finder: Finder,
  domain: string,
  user: string,
): Promise<MailConnection | null> => {
  const first = async (kind: 'imap' | 'smtp'): Promise<MailServer | undefined> => {
    const candidates = names[kind].flatMap((name) =>
      doors[kind].map(
        ([port, security]): MailServer => ({ host: `${name}.${domain}`, port, security, user }),
      ),
    )
    const answers = await Promise.all(candidates.map((server) => finder.knock(server, kind)))
    return candidates.find((_, at) => answers[at])
  }
  const [imap, smtp] = await Promise.all([first('imap'), first('smtp')])
  return imap && smtp ? { imap, smtp } : null
}
