/** Headers that tell browsers what our pages may do. */
import type { MiddlewareHandler } from 'hono'
import { isSecure } from '../auth/caller.ts'
import type { Relay } from '../relay.ts'
import type { Env } from './context.ts'

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
export const letterPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src blob: data:"

/** A file that somebody sent: even if a browser shows it, it is a page of nobody with no rights. */
export const filePolicy = "sandbox; default-src 'none'"

/** Sets the headers on every answer; a door that has set its own policy keeps it. */
export const securityHeaders =
  (relay: Relay): MiddlewareHandler<Env> =>
  async (c, next) => {
    await next()
    const { headers } = c.res
    if (!headers.has('content-security-policy'))
      headers.set('content-security-policy', pagePolicy(new URL(c.req.url).host))
    headers.set('x-content-type-options', 'nosniff')
    headers.set('referrer-policy', 'same-origin')
    headers.set('permissions-policy', 'camera=(), geolocation=(), payment=(), usb=()')
    headers.set('cross-origin-opener-policy', 'same-origin')
    headers.set('cross-origin-resource-policy', 'same-origin')
    if (isSecure(relay, c)) headers.set('strict-transport-security', `max-age=${year}`)
  }
