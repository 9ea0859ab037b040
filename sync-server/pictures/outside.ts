/**
 * One GET to a site that somebody's link names. The link comes from people, the redirects from
 * strangers: without care the relay would fetch for them what only machines beside it may see.
 *
 * - Only `https` to its own port, and never to an address instead of a name: with `127.0.0.1` go all the
 *   ways to write it, which `URL` turns into it.
 * - A name is resolved once, every address of it is judged, and the connection goes to a judged one. The
 *   certificate is still checked against the name.
 * - A redirect is a new request, judged like the first.
 * - No cookies, no credentials, no `Referer`; nothing packed is asked for, and nothing is unpacked.
 */
import { lookup } from 'node:dns/promises'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { BlockList, isIP } from 'node:net'
import { addressAmong, publicAddresses } from '../../shared/reachable.ts'
import { fail, ok, type Result } from '../../shared/reasons.ts'

export interface Outside {
  /** The answer of a page that is there; whoever takes it reads or destroys its body. */
  get(url: URL, accept: string, signal: AbortSignal): Promise<Result<OutsideAnswer>>
}

export interface OutsideAnswer {
  /** After redirects. */
  url: URL
  /** In lower case, without parameters. */
  type: string
  charset: string
  /** What the site says; null where it does not. */
  bytes: number | null
  body: IncomingMessage
}

/** For tests: their sites are on this machine. */
export interface OutsideOptions {
  lookup?: (host: string) => Promise<string[]>
  isAllowed?: (address: string) => boolean
  port?: number
  /** PEM of the authority to trust instead of the system's. */
  ca?: string
}

const maxRedirects = 3
/** Sites set dozens of cookies; nobody needs more. */
const maxHeaderBytes = 32 * 1024
/**
 * Says what it is, and that no person reads. Networks answer programs that do not look like a browser
 * or a known kind of one with a page for old browsers.
 */
const userAgent = 'Mozilla/5.0 (compatible; Interes CRM; preview of a link)'

const isPublicAddress = publicAddresses(new BlockList(), isIP)

const systemLookup = async (host: string): Promise<string[]> =>
  (await lookup(host, { all: true })).map(({ address }) => address)

/** An address that may be asked: `invalidAddress`, `hostNotAllowed`. Plain `http` is asked as `https`. */
export const outsideUrl = (text: string, base?: URL): Result<URL> => {
  if (!URL.canParse(text, base)) return fail('invalidAddress')
  const url = new URL(text, base)
  if (url.protocol === 'http:' && url.port === '') url.protocol = 'https:'
  if (url.protocol !== 'https:' || url.port !== '') return fail('hostNotAllowed')
  if (url.username !== '' || url.password !== '') return fail('hostNotAllowed')
  const { hostname } = url
  // Names of one's own network have no dot; with a dot at the end they would.
  if (hostname.startsWith('[') || isIP(hostname) !== 0 || !/\.[^.]+\.?$/.test(hostname))
    return fail('hostNotAllowed')
  url.hash = ''
  return ok(url)
}

export const createOutside = (options: OutsideOptions = {}): Outside => {
  const { isAllowed = isPublicAddress, port = 443, ca } = options

  const addressOf = async (host: string, signal: AbortSignal): Promise<Result<string>> => {
    try {
      const asked = (options.lookup ?? systemLookup)(host)
      return addressAmong(await unlessAborted(asked, signal), isAllowed)
    } catch {
      // ENOTFOUND, EAI_AGAIN and the like, or nobody waits any more, which the caller looks at.
      return fail('hostUnknown')
    }
  }

  const ask = (url: URL, address: string, accept: string, signal: AbortSignal) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      request({
        host: address,
        port,
        servername: url.hostname,
        ...(ca !== undefined && { ca }),
        path: url.pathname + url.search,
        headers: {
          host: url.host,
          'user-agent': userAgent,
          accept,
          'accept-encoding': 'identity',
          'accept-language': 'ru,en;q=0.8',
          connection: 'close',
        },
        maxHeaderSize: maxHeaderBytes,
        agent: false,
        signal,
      })
        .once('response', resolve)
        // Not once: a connection that is cut later says so here too, to nobody.
        .on('error', reject)
        // An answer that goes over to another protocol (101) is neither: Node ends it without a word.
        .once('close', () => reject(new Error('closed without an answer')))
        .end()
    })

  return {
    async get(first, accept, signal) {
      let url = first
      for (let redirects = 0; redirects <= maxRedirects; redirects++) {
        const address = await addressOf(url.hostname, signal)
        if (signal.aborted) return fail('timedOut')
        if (!address.ok) return address
        let answer: IncomingMessage
        try {
          answer = await ask(url, address.value, accept, signal)
        } catch {
          // No connection, a certificate of somebody else, an answer that is no HTTP, or too late.
          return fail(signal.aborted ? 'timedOut' : 'serviceUnavailable')
        }
        const { statusCode = 0, headers } = answer
        if (statusCode === 200 && isPlain(answer)) return ok(answerOf(url, answer))
        answer.destroy()
        if (!redirected.has(statusCode) || headers.location === undefined)
          return fail(absent.has(statusCode) ? 'notFound' : 'serviceUnavailable')
        const next = outsideUrl(headers.location, url)
        if (!next.ok) return next
        // What stands there is the picture of the network, not of the person.
        if (isEntrance(next.value)) return fail('serviceUnavailable')
        url = next.value
      }
      return fail('serviceUnavailable')
    },
  }
}

const redirected: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])
const absent: ReadonlySet<number> = new Set([404, 410])

const isPlain = ({ headers }: IncomingMessage): boolean =>
  ['', 'identity'].includes(headers['content-encoding'] ?? '')

/** Where networks send those who are not signed in, or whose program they do not know. */
const isEntrance = ({ pathname }: URL): boolean =>
  /^\/(login|signin|auth|badbrowser)(\.php)?(\/|$)/i.test(pathname)

const answerOf = (url: URL, body: IncomingMessage): OutsideAnswer => {
  const [type = '', ...parameters] = (body.headers['content-type'] ?? '').toLowerCase().split(';')
  const charset = parameters.join(';').match(/charset="?([\w-]+)/)?.[1] ?? 'utf-8'
  const length = body.headers['content-length']
  return { url, type: type.trim(), charset, bytes: length ? Number(length) : null, body }
}

/** Rejects as soon as nobody waits: the system's resolver cannot be told to stop. */
const unlessAborted = <T>(asked: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason)
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    asked.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
