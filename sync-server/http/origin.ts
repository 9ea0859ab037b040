import type { RelayContext } from './context.ts'

/**
 * Whether a request that may change something comes from our own pages. Cookies travel with
 * requests of foreign pages too; browsers say in `Origin` whose page it is, and in every request
 * that is not a plain GET. Programs that are not browsers send none and have no foreign pages.
 */
export const isOwnOrigin = (
  header: (name: string) => string | undefined,
  host: string,
  publicUrl: string | null,
): boolean => {
  if (header('sec-fetch-site') === 'cross-site') return false
  const origin = header('origin')
  if (origin === undefined) return true
  // Only the host: behind a proxy that ends TLS the scheme seen here is not the browser's.
  const origins = URL.canParse(origin) ? new URL(origin).host : null
  return origins !== null && (origins === host || origins === hostOf(publicUrl))
}

/** The same for a request to a door. */
export const isOwnRequest = (c: RelayContext, publicUrl: string | null): boolean =>
  isOwnOrigin((name) => c.req.header(name), hostOfRequest(c), publicUrl)

/** The host that was asked for, as the other side named it. */
export const hostOfRequest = (c: RelayContext): string =>
  c.req.header('host') ?? new URL(c.req.url).host

const hostOf = (url: string | null): string | null => (url ? new URL(url).host : null)
