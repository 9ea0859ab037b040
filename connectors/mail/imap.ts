/** Opening IMAP connections: to the judged address, with the certificate checked for the name. */
import { isIP } from 'node:net'
import { ImapFlow } from 'imapflow'
import { second } from '../../shared/clock.ts'
import type { ApiFailure } from '../../shared/protocol/api.ts'
import type { MailServer } from '../../shared/records/account.ts'
import { failureOf } from './failures.ts'
import { maxLetterBytes } from './letter/parser.ts'
import { type Network, serverAddress } from './network.ts'

const connectLimit = 15 * second
/** Silence that means a dead connection; IDLE is renewed more often than this. */
const socketLimit = 3 * 60 * second

export type Opened<T> = { ok: true; value: T } | { ok: false; failure: ApiFailure }

export const openImap = async (
  network: Network,
  server: MailServer,
  password: string,
): Promise<Opened<ImapFlow>> => {
  const address = await serverAddress(network, server)
  if (!address.ok) return { ok: false, failure: { reason: address.reason, field: 'imap' } }
  const client = new ImapFlow({
    host: address.value,
    ...(isIP(server.host) === 0 && { servername: server.host }),
    port: server.port,
    secure: server.security === 'tls',
    doSTARTTLS: server.security === 'tls' ? undefined : server.security === 'starttls',
    auth: { user: server.user, pass: password },
    logger: false,
    // IDLE is started explicitly: the automatic one waits 15 s, and is blind in between.
    disableAutoIdle: true,
    connectionTimeout: connectLimit,
    greetingTimeout: connectLimit,
    socketTimeout: socketLimit,
    maxLiteralSize: 2 * maxLetterBytes,
    clientInfo: { name: 'Interes' },
  })
  // Without a listener an error after `connect` would end the process; the loop sees `close`.
  client.on('error', () => client.close())
  try {
    await client.connect()
    return { ok: true, value: client }
  } catch (error) {
    // A failed connect leaves the socket open until closed.
    client.close()
    return { ok: false, failure: { ...failureOf(error), field: 'imap' } }
  }
}

/** A short conversation on a connection of its own. */
export const withImap = async <T>(
  network: Network,
  server: MailServer,
  password: string,
  talk: (client: ImapFlow) => Promise<T>,
): Promise<Opened<T>> => {
  const opened = await openImap(network, server, password)
  if (!opened.ok) return opened
  const client = opened.value
  try {
    const value = await talk(client)
    await client.logout()
    return { ok: true, value }
  } catch (error) {
    client.close()
    return { ok: false, failure: { ...failureOf(error), field: 'imap' } }
  }
}
