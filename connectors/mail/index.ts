/** Mail as a kind of channel: IMAP in, SMTP out. */
import type { AccountContext, AccountWorker, ChannelKind } from '../channel.ts'
import { checkMailbox } from './check.ts'
import { type Finder, findConnection } from './discovery/find.ts'
import type { Fault } from './faults.ts'
import { type LetterParser, letterParser } from './letter/parser.ts'
import type { Network } from './network.ts'
import { type Begun, createOutbox } from './outbox.ts'
import { receive } from './receive.ts'

interface MailOptions {
  network: Network
  finder: Finder
  parser?: LetterParser
  fault: Fault
}

export const mailChannel = ({
  network,
  finder,
  parser = letterParser(),
  fault,
}: MailOptions): ChannelKind => {
  const begun: Begun = new Map()
  return {
    channel: 'mail',
    // Yandex takes 30 MB, Mail.ru and Gmail 25 MB, base64 included.
    capabilities: { maxAttachmentBytes: 18 * 1024 * 1024, html: true, readReceipts: false },
    find: (address) => findConnection(finder, address),
    check: (account) => checkMailbox(network, finder, account),
    start: (context) => startMailbox(context, network, parser, fault, begun),
  }
}

const startMailbox = (
  context: AccountContext,
  network: Network,
  parser: LetterParser,
  fault: Fault,
  begun: Begun,
): AccountWorker => {
  const { account, log } = context
  const stopping = new AbortController()
  const outbox = createOutbox(context, network, fault, begun)
  const server = account.connection?.imap
  const receiving =
    account.receive !== false && server
      ? receive({ context, server, network, parser, signal: stopping.signal }).catch(
          (error: unknown) => log.error({ err: error }, 'Receiving broke'),
        )
      : Promise.resolve()
  if (account.receive === false || !server) context.reportHealth({ state: 'connected' })
  return {
    send: outbox.add,
    withdraw: outbox.withdraw,
    async stop() {
      stopping.abort()
      await Promise.all([receiving, outbox.stop()])
    },
  }
}
