/** Which addresses may be connected to where names come from people, from records or from strangers' DNS. */
import { fail, ok, type Result } from './reasons.ts'

/**
 * Ranges of addresses that are none of the open Internet: loopback, private, link-local, shared,
 * reserved (IANA special-purpose registries; RFC 4291, 2.5.5.1 and RFC 3879 for the deprecated `::/96`
 * and `fec0::/10`). Who connects to where people or strangers' DNS point must not land in one of them.
 */
export const insideNetworks = {
  ipv4: [
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.0.2.0', 24],
    ['192.88.99.0', 24],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
    ['198.51.100.0', 24],
    ['203.0.113.0', 24],
    ['224.0.0.0', 4],
    ['240.0.0.0', 4],
  ],
  ipv6: [
    ['::', 96],
    ['64:ff9b::', 96],
    ['64:ff9b:1::', 48],
    ['100::', 64],
    ['2001::', 23],
    ['2001:db8::', 32],
    ['2002::', 16],
    ['3fff::', 20],
    ['5f00::', 16],
    ['fc00::', 7],
    ['fe80::', 10],
    ['fec0::', 10],
    ['ff00::', 8],
  ],
} as const

type Family = keyof typeof insideNetworks

/** Node's `net.BlockList`: everything here is shared with browsers, which have none. */
interface Ranges {
  addSubnet(net: string, prefix: number, family: Family): void
  check(address: string, family: Family): boolean
}

/**
 * Whether an address is one of the open Internet. An IPv4 address in IPv6 clothes is judged as IPv4.
 *
 * @example const isPublicAddress = publicAddresses(new BlockList(), isIP)
 */
export const publicAddresses = (
  inside: Ranges,
  familyOf: (address: string) => number,
): ((address: string) => boolean) => {
  for (const [net, bits] of insideNetworks.ipv4) inside.addSubnet(net, bits, 'ipv4')
  for (const [net, bits] of insideNetworks.ipv6) inside.addSubnet(net, bits, 'ipv6')
  return (address) => {
    const family = familyOf(address)
    // With a zone it is an address of one wire, and `check` cannot read it.
    return (
      family !== 0 &&
      !address.includes('%') &&
      !inside.check(address, family === 4 ? 'ipv4' : 'ipv6')
    )
  }
}

/**
 * Of the addresses of a name the one to connect to: `hostUnknown`, `hostNotAllowed`. Only this one, and
 * the name is not asked for again: a second answer of the DNS could lead elsewhere.
 */
export const addressAmong = (
  addresses: readonly string[],
  isAllowed: (address: string) => boolean,
): Result<string> => {
  // One inside address among several is enough to refuse: which one is taken would be chance.
  if (!addresses.every(isAllowed)) return fail('hostNotAllowed')
  const address = addresses.find((each) => !each.includes(':')) ?? addresses[0]
  return address === undefined ? fail('hostUnknown') : ok(address)
}
