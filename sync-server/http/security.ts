/** Headers that tell browsers what our pages may do. */
import type { MiddlewareHandler } from 'hono'
import { isSecure } from '../auth/caller.ts'
import type { Relay } from '../relay.ts'
import type { Env } from './context.ts'
import { hostOfRequest } from './origin.ts'

const year = 365 * 24 * 3600

/** The program's own pages: nothing from elsewhere, no inline script or style. */
const pagePolicy = (host: string) =>
  [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    // Safari 15 does not count web sockets of the same host as 'self'.
    `connect-src 'self' ws://${host} wss://${host}`,
    "worker-src 'self'",
    "frame-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'self'",
  ].join('; ')

/** The frame that shows letters: somebody else's HTML, with no scripts and no network at all. */
export const letterPolicy =
  "default-src 'none'; frame-ancestors 'self'; style-src 'unsafe-inline'; img-src blob: data:"

/** The same when the reader has allowed pictures from elsewhere. */
export const letterWithPicturesPolicy = `${letterPolicy} https:`

/** A file that somebody sent: even if a browser shows it, it is a page of nobody with no rights. */
export const filePolicy = "sandbox; default-src 'none'"

/** Sets the headers for every answer; a door may set a policy of its own over ours. */
export const securityHeaders =
  (relay: Relay): MiddlewareHandler<Env> =>
  async (c, next) => {
    // Before the door, not after: headers added to an answer that is made make it anew.
    c.header('content-security-policy', pagePolicy(hostOfRequest(c)))
    c.header('x-content-type-options', 'nosniff')
    c.header('referrer-policy', 'same-origin')
    c.header('permissions-policy', 'camera=(), geolocation=(), payment=(), usb=()')
    c.header('cross-origin-opener-policy', 'same-origin')
    c.header('cross-origin-resource-policy', 'same-origin')
    if (isSecure(relay, c)) c.header('strict-transport-security', `max-age=${year}`)
    await next()
  }
