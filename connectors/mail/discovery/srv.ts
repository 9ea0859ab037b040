/** DNS SRV records of mail services (RFC 6186, RFC 8314 §5.1). */
import type { MailConnection, MailServer } from '../../../shared/records/account.ts'

export interface SrvRecord {
  name: string
  port: number
  priority: number
  weight: number
}

/** In the order of preference: TLS from the start first. */
export const services = {
  imap: [
    { service: '_imaps._tcp', security: 'tls' },
    { service: '_imap._tcp', security: 'starttls' },
  ],
  smtp: [
    { service: '_submissions._tcp', security: 'tls' },
    { service: '_submission._tcp', security: 'starttls' },
  ],
} as const

/**
 * The server a record names. A target "." (Node gives it as an empty name) says that the service is
 * not there. A target outside the domain is refused: DNS answers can be forged, and the password
 * would go to a stranger (RFC 6186 §6).
 */
export const serverOf = (
  records: SrvRecord[],
  domain: string,
  security: MailServer['security'],
  user: string,
): MailServer | undefined => {
  const [best] = [...records].sort((a, b) => a.priority - b.priority || b.weight - a.weight)
  const host = best?.name.toLowerCase().replace(/\.$/, '') ?? ''
  if (!best || host === '' || (host !== domain && !host.endsWith(`.${domain}`))) return undefined
  return { host, port: best.port, security, user }
}

export const connectionOfSrv = async (
  ask: (name: string) => Promise<SrvRecord[]>,
  domain: string,
  user: string,
): Promise<MailConnection | null> => {
  const first = async (kind: 'imap' | 'smtp'): Promise<MailServer | undefined> => {
    const answers = await Promise.all(
      services[kind].map(({ service }) => ask(`${service}.${domain}`)),
    )
    for (const [at, { security }] of services[kind].entries()) {
      const server = serverOf(answers[at] ?? [], domain, security, user)
      if (server) return server
    }
    return undefined
  }
  const [imap, smtp] = await Promise.all([first('imap'), first('smtp')])
  return imap || smtp ? { ...(imap && { imap }), ...(smtp && { smtp }) } : null
}
