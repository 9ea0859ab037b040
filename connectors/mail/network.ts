/**
 * Which hosts a connector may talk to. Names come from people and from DNS of strangers' domains:
 * without this an account form would be a way to knock at machines inside the company's network.
 * A name is resolved once, judged, and the connection goes to the judged address, so that a second
 * answer of the DNS cannot lead elsewhere.
 */
import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'
import { fail, ok, type Result } from '../../shared/reasons.ts'
import type { MailServer } from '../../shared/records/account.ts'

/** Loopback, private, link-local, shared and reserved ranges (IANA special-purpose registries). */
const inside = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  inside.addSubnet(net, bits, 'ipv4')
}
for (const [net, bits] of [
  ['::', 128],
  ['::1', 128],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  inside.addSubnet(net, bits, 'ipv6')
}

/** Whether an address is one of the open Internet. An IPv4 address in IPv6 clothes is judged as IPv4. */
export const isPublicAddress = (address: string): boolean => {
  const family = isIP(address)
  if (family === 0) return false
  return !inside.check(address, family === 4 ? 'ipv4' : 'ipv6')
}

export interface Network {
  /** The address to connect to for a host name: `hostUnknown`, `hostNotAllowed`. */
  resolve(host: string): Promise<Result<string>>
}

export interface NetworkOptions {
  /** Administrators whose mail server stands in their own network switch this on. */
  allowPrivate: boolean
  lookup?: (host: string) => Promise<string[]>
}

const systemLookup = async (host: string): Promise<string[]> =>
  (await lookup(host, { all: true })).map(({ address }) => address)

export const createNetwork = (options: NetworkOptions): Network => ({
  async resolve(host) {
    let addresses: string[]
    try {
      addresses = isIP(host) ? [host] : await (options.lookup ?? systemLookup)(host)
    } catch {
      // ENOTFOUND, EAI_AGAIN and the like: no address is known for the name.
      return fail('hostUnknown')
    }
    // One inside address among several is enough to refuse: which one is taken would be chance.
    if (!options.allowPrivate && !addresses.every(isPublicAddress)) return fail('hostNotAllowed')
    const address = addresses.find((each) => isIP(each) === 4) ?? addresses[0]
    return address === undefined ? fail('hostUnknown') : ok(address)
  },
})

/**
 * The address of a mail server to log in to. Without TLS the password and every letter would be open
 * to all who carry them: that is for a server beside the connector only.
 */
export const serverAddress = async (
  network: Network,
  { host, security }: Pick<MailServer, 'host' | 'security'>,
): Promise<Result<string>> => {
  const address = await network.resolve(host)
  return address.ok && security === 'plain' && isPublicAddress(address.value)
    ? fail('hostNotAllowed')
    : address
}
