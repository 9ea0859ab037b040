/** Mozilla's autoconfig format (wiki.mozilla.org/Thunderbird:Autoconfiguration:ConfigFileFormat). */
import { XMLParser } from 'fast-xml-parser'
import type { MailConnection, MailServer } from '../../../shared/records/account.ts'

/** Where a domain may keep it; the second only where the domain itself serves it. */
export const autoconfigUrls = (domain: string, address: string): string[] => [
  `https://autoconfig.${domain}/mail/config-v1.1.xml?emailaddress=${encodeURIComponent(address)}`,
  `https://${domain}/.well-known/autoconfig/mail/config-v1.1.xml`,
]

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  // No entities at all: neither expansion bombs nor references outside.
  processEntities: false,
  isArray: (name) =>
    name === 'incomingServer' || name === 'outgoingServer' || name === 'authentication',
})

interface ServerElement {
  '@type'?: string
  hostname?: string
  port?: string
  socketType?: string
  username?: string
  authentication?: string[]
}

const hostName =
  /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/i

const userOf = (template: string | undefined, address: string): string => {
  const at = address.lastIndexOf('@')
  return (
    (template ?? '%EMAILADDRESS%')
      .replaceAll('%EMAILLOCALPART%', address.slice(0, at))
      .replaceAll('%EMAILDOMAIN%', address.slice(at + 1))
      // Some files lack the closing sign.
      .replace(/%EMAILADDRESS%?/g, address)
  )
}

/** Servers are listed in order of preference; those without encryption are left out. */
const pick = (
  servers: ServerElement[] | undefined,
  type: string,
  address: string,
): MailServer | undefined => {
  for (const { '@type': kind, hostname, port, socketType, username, authentication } of servers ??
    []) {
    const number = Number(port)
    const host =
      hostname?.trim().replaceAll('%EMAILDOMAIN%', address.slice(address.lastIndexOf('@') + 1)) ??
      ''
    const security = socketType?.trim().toUpperCase()
    if (kind !== type || !hostName.test(host)) continue
    if (!Number.isInteger(number) || number < 1 || number > 65535) continue
    if (security !== 'SSL' && security !== 'STARTTLS') continue
    // A server that takes only tokens or certificates is of no use with a password.
    if (authentication && !authentication.some((way) => /^password/i.test(way.trim()))) continue
    return {
      host: host.toLowerCase(),
      port: number,
      security: security === 'SSL' ? 'tls' : 'starttls',
      user: userOf(username?.trim(), address).slice(0, 300),
    }
  }
  return undefined
}

/** The connection a file describes; null where it is no such file or has nothing usable. */
export const readAutoconfig = (xml: string, address: string): MailConnection | null => {
  let root: {
    clientConfig?: {
      emailProvider?: Partial<Record<'incomingServer' | 'outgoingServer', ServerElement[]>>
    }
  }
  try {
    root = parser.parse(xml)
  } catch {
    // Not XML: a web page for people, or an error of the server.
    return null
  }
  const provider = root.clientConfig?.emailProvider
  const imap = pick(provider?.incomingServer, 'imap', address)
  const smtp = pick(provider?.outgoingServer, 'smtp', address)
  return imap || smtp ? { ...(imap && { imap }), ...(smtp && { smtp }) } : null
}
