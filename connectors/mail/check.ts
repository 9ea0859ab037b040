/** «Создать»: finds the connection where it was not given, and proves it by real logins (F19). */
import { normaliseEmail } from '../../shared/emails.ts'
import type { ApiFailure, FoundConnection, NewAccount } from '../../shared/protocol/api.ts'
import type { MailConnection, MailServer } from '../../shared/records/account.ts'
import type { Checked } from '../channel.ts'
import { type Finder, findConnection } from './discovery/find.ts'
import { withImap } from './imap.ts'
import type { Network } from './network.ts'
import { openSmtp } from './smtp.ts'

type Settings = Pick<NewAccount, 'address' | 'password' | 'receive' | 'send' | 'connection'>

export const checkMailbox = async (
  network: Network,
  finder: Finder,
  settings: Settings,
): Promise<Checked> => {
  if (normaliseEmail(settings.address) === null) {
    return { ok: false, failure: { reason: 'invalidAddress', field: 'address' } }
  }
  const found: Checked = settings.connection
    ? { ok: true, found: { connection: settings.connection, source: 'given' } }
    : await findConnection(finder, settings.address)
  if (!found.ok) return found
  const { imap, smtp } = found.found.connection
  // Both at once: people wait in front of the form.
  const [receiving, sending] = await Promise.all([
    settings.receive ? loginImap(network, imap, settings.password) : null,
    settings.send ? loginSmtp(network, smtp, settings.password) : null,
  ])
  const failure = receiving ?? sending
  if (failure) return { ok: false, failure: withProviderHint(failure, found.found) }
  const connection: MailConnection = { ...(imap && { imap }), ...(smtp && { smtp }) }
  return { ok: true, found: { ...found.found, connection } }
}

const loginImap = async (
  network: Network,
  server: MailServer | undefined,
  password: string,
): Promise<ApiFailure | null> => {
  if (!server) return { reason: 'parametersNotFound', field: 'imap' }
  const opened = await withImap(network, server, password, async (client) => {
    // A login alone proves little: some providers let one in and refuse the mailbox.
    await client.mailboxOpen('INBOX', { readOnly: true })
  })
  return opened.ok ? null : opened.failure
}

const loginSmtp = async (
  network: Network,
  server: MailServer | undefined,
  password: string,
): Promise<ApiFailure | null> => {
  if (!server) return { reason: 'parametersNotFound', field: 'smtp' }
  const opened = await openSmtp(network, server, password)
  if (!opened.ok) return opened.failure
  opened.value.close()
  return null
}

/** Providers that refuse the mailbox's own password to programs, and answer as to any wrong one. */
const applicationPasswordProviders = new Set([
  'mail.ru',
  'yandex',
  'gmail',
  'icloud',
  'yahoo',
  'rambler',
])

/**
 * Mail.ru, Yandex and others say just "invalid credentials" to the right password of the mailbox:
 * what they want is one made for the program.
 */
const withProviderHint = (failure: ApiFailure, found: FoundConnection): ApiFailure =>
  failure.reason === 'wrongPassword' && applicationPasswordProviders.has(found.provider ?? '')
    ? { ...failure, reason: 'needsApplicationPassword' }
    : failure
