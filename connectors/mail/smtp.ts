/**
 * One letter over SMTP, with the exact knowledge of how far it got. nodemailer's transports hide
 * that, so its connection is used directly: connect → log in → (claim) → send.
 */
import { isIP } from 'node:net'
import { Readable } from 'node:stream'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { second } from '../../shared/clock.ts'
import type { ApiFailure } from '../../shared/protocol/api.ts'
import type { MailServer } from '../../shared/records/account.ts'
import { failureOf } from './failures.ts'
import type { Fault } from './faults.ts'
import type { Opened } from './imap.ts'
import { type Network, serverAddress } from './network.ts'

const connectLimit = 15 * second
/** RFC 5321 §4.5.3.2.6 wants 10 minutes after the final dot; a server this slow has a queue of its own trouble. */
const socketLimit = 3 * 60 * second

export type SendOutcome =
  | { kind: 'sent'; response: string; refused: { address: string; words: string }[] }
  /** Nothing was accepted, and a repeat cannot double it. */
  | { kind: 'temporary'; failure: ApiFailure }
  | { kind: 'permanent'; failure: ApiFailure }
  /** All was handed over, and the answer never came. */
  | { kind: 'unknown'; failure: ApiFailure }

export interface SmtpSession {
  send(envelope: { from: string; to: string[] }, raw: Buffer, fault: Fault): Promise<SendOutcome>
  close(): void
}

export const openSmtp = async (
  network: Network,
  server: MailServer,
  password: string,
  limit = socketLimit,
): Promise<Opened<SmtpSession>> => {
  const address = await serverAddress(network, server)
  if (!address.ok) return { ok: false, failure: { reason: address.reason, field: 'smtp' } }
  const connection = new SMTPConnection({
    host: address.value,
    ...(isIP(server.host) === 0 && { servername: server.host }),
    port: server.port,
    secure: server.security === 'tls',
    requireTLS: server.security === 'starttls',
    ignoreTLS: server.security === 'plain',
    connectionTimeout: connectLimit,
    greetingTimeout: connectLimit,
    socketTimeout: limit,
    allowInternalNetworkInterfaces: true,
  })
  let broken: (error: Error) => void = () => {}
  const dead = new Promise<never>((_, reject) => {
    broken = reject
  })
  // Raced below; a connection that dies while nobody waits is noticed by the next command.
  dead.catch(() => {})
  connection.on('error', (error) => broken(error))
  connection.on('end', () =>
    broken(Object.assign(new Error('Connection closed'), { code: 'ECONNECTION' })),
  )
  const step = (act: (done: (error?: Error | null) => void) => void): Promise<void> =>
    Promise.race([
      dead,
      new Promise<void>((resolve, reject) => act((error) => (error ? reject(error) : resolve()))),
    ])
  try {
    await step((done) => connection.connect(done))
    await step((done) =>
      connection.login({ user: server.user, pass: password }, (error) => done(error)),
    )
  } catch (error) {
    connection.close()
    return { ok: false, failure: { ...failureOf(error), field: 'smtp' } }
  }

  return {
    ok: true,
    value: {
      async send(envelope, raw, fault) {
        // Ends only when the last byte was taken: until then no final dot can have left.
        let handedOver = false
        const body = new Readable({
          read() {
            fault('before-data')
            body.push(raw)
            body.push(null)
          },
        })
        body.on('end', () => {
          handedOver = true
          fault('handed-over')
        })
        try {
          const info = await Promise.race([
            dead,
            new Promise<SentInfo>((resolve, reject) =>
              connection.send({ ...envelope, size: raw.length }, body, (error, sent) =>
                error ? reject(error) : resolve(sent ?? {}),
              ),
            ),
          ])
          return {
            kind: 'sent',
            response: info.response ?? '',
            refused: (info.rejectedErrors ?? []).map((each) => ({
              address: each.recipient ?? '',
              words: each.response ?? each.message,
            })),
          }
        } catch (error) {
          return sendFailure(error, handedOver)
        }
      },
      close: () => connection.quit(),
    },
  }
}

interface SentInfo {
  response?: string | undefined
  rejectedErrors?:
    | { recipient?: string | undefined; response?: string | undefined; message: string }[]
    | undefined
}

/** The server's answer decides where there is one; otherwise how far the letter got. */
export const sendFailure = (error: unknown, handedOver: boolean): SendOutcome => {
  const known: { responseCode?: number; code?: string; response?: string; command?: string } =
    typeof error === 'object' && error !== null ? error : {}
  const { detail } = failureOf(error)
  const words = detail === undefined ? {} : { detail }
  const code = known.responseCode
  if (code !== undefined && code >= 500 && code !== 503) {
    if (code === 552 || /\b5\.3\.4\b|size limit|too (?:large|big)/i.test(known.response ?? '')) {
      return { kind: 'permanent', failure: { reason: 'messageTooLarge', ...words } }
    }
    const aboutRecipient = known.command === 'RCPT TO' || known.code === 'EENVELOPE'
    return {
      kind: 'permanent',
      failure: { reason: aboutRecipient ? 'recipientRefused' : 'providerError', ...words },
    }
  }
  // 421 after the final dot is an answer too: the server did not take the letter.
  if (code !== undefined && code >= 400) {
    return { kind: 'temporary', failure: { reason: 'providerError', ...words } }
  }
  if (handedOver) return { kind: 'unknown', failure: { reason: 'outcomeUnknown', ...words } }
  // An address that cannot be written in SMTP, a letter over the announced SIZE: no command was sent.
  if (known.code === 'EENVELOPE') {
    return { kind: 'permanent', failure: { reason: 'recipientRefused', ...words } }
  }
  if (known.code === 'EMESSAGE') {
    return { kind: 'permanent', failure: { reason: 'messageTooLarge', ...words } }
  }
  return { kind: 'temporary', failure: { ...failureOf(error) } }
}
