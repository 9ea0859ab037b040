/** The search's questions put to the real world: DNS, https, sockets. Each is short and guarded. */
import type { Resolver } from 'node:dns/promises'
import { request } from 'node:https'
import { connect } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { second } from '../../../shared/clock.ts'
import type { Network } from '../network.ts'
import type { Finder } from './find.ts'

const knockLimit = 4 * second
const documentLimit = 5 * second
/** Real files have 1-5 KB. */
const maxDocumentBytes = 64 * 1024
const maxRedirects = 2

export const createFinder = (
  network: Network,
  resolver: Pick<Resolver, 'resolveMx' | 'resolveSrv'>,
): Finder => ({
  async mx(domain) {
    try {
      const records = await resolver.resolveMx(domain)
      return records.sort((a, b) => a.priority - b.priority).map(({ exchange }) => exchange)
    } catch {
      // ENODATA, ENOTFOUND, a resolver that is away: there is nothing to learn here.
      return []
    }
  },
  async srv(name) {
    try {
      return await resolver.resolveSrv(name)
    } catch {
      // As above.
      return []
    }
  },
  document: (url) => getDocument(network, url, maxRedirects),
  async knock({ host, port, security }, kind) {
    const address = await network.resolve(host)
    if (!address.ok) return false
    const greeting = kind === 'imap' ? /^\* (OK|PREAUTH)/ : /^220[ -]/
    return new Promise((resolve) => {
      const socket =
        security === 'tls'
          ? // Whether the certificate is good is judged at the login; here only: does mail answer.
            connectTls({ host: address.value, port, servername: host, rejectUnauthorized: false })
          : connect({ host: address.value, port })
      const answer = (value: boolean) => {
        clearTimeout(timer)
        socket.destroy()
        resolve(value)
      }
      const timer = setTimeout(() => answer(false), knockLimit)
      socket.on('error', () => answer(false))
      socket.on('close', () => answer(false))
      socket.once('data', (data) => answer(greeting.test(data.toString('latin1'))))
    })
  },
})

/** https only, to a judged address; redirects are judged like the first address. */
const getDocument = async (
  network: Network,
  url: string,
  redirects: number,
): Promise<string | null> => {
  const target = new URL(url)
  if (target.protocol !== 'https:' || target.port !== '') return null
  const address = await network.resolve(target.hostname)
  if (!address.ok) return null
  const answer = await new Promise<{ body: string } | { location: string } | null>((resolve) => {
    const asked = request(
      target,
      {
        // The connection goes to the judged address; the name stays for SNI, Host and the certificate.
        host: address.value,
        servername: target.hostname,
        headers: {
          host: target.hostname,
          'user-agent': 'Interes',
          accept: 'text/xml, application/xml',
        },
        agent: false,
        signal: AbortSignal.timeout(documentLimit),
      },
      (response) => {
        const { statusCode = 0, headers } = response
        if (statusCode >= 300 && statusCode < 400 && headers.location) {
          response.destroy()
          return resolve({ location: headers.location })
        }
        if (statusCode !== 200) {
          response.destroy()
          return resolve(null)
        }
        const chunks: Buffer[] = []
        let size = 0
        response.on('data', (chunk: Buffer) => {
          chunks.push(chunk)
          size += chunk.length
          if (size > maxDocumentBytes) {
            response.destroy()
            resolve(null)
          }
        })
        response.on('end', () => resolve({ body: Buffer.concat(chunks).toString('utf8') }))
        response.on('error', () => resolve(null))
      },
    )
    asked.on('error', () => resolve(null))
    asked.end()
  })
  if (answer === null) return null
  if ('body' in answer) return answer.body
  return redirects > 0 && URL.canParse(answer.location, url)
    ? getDocument(network, new URL(answer.location, url).href, redirects - 1)
    : null
}
