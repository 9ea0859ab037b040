/**
 * Which hosts a connector may talk to. Names come from people and from DNS of strangers' domains:
 * without this an account form would be a way to knock at machines inside the company's network.
 * A name is resolved once, judged, and the connection goes to the judged address, so that a second
 * answer of the DNS cannot lead elsewhere.
 */
import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'
import { addressAmong, publicAddresses } from '../../shared/reachable.ts'
import { fail, type Result } from '../../shared/reasons.ts'
import type { MailServer } from '../../shared/records/account.ts'

export const isPublicAddress = publicAddresses(new BlockList(), isIP)

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
    return addressAmong(addresses, options.allowPrivate ? () => true : isPublicAddress)
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
