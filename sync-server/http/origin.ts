/**
 * Whether a request that may change something comes from our own pages. Cookies travel with
 * requests of foreign pages too; browsers say in `Origin` whose page it is, and in every request
 * that is not a plain GET. Programs that are not browsers send none and have no foreign pages.
 */
export const isOwnOrigin = (headers: Headers, host: string, publicUrl: string | null): boolean => {
  if (headers.get('sec-fetch-site') === 'cross-site') return false
  const origin = headers.get('origin')
  if (origin === null) return true
  // Only the host: behind a proxy that ends TLS the scheme seen here is not the browser's.
  const origins = URL.canParse(origin) ? new URL(origin).host : null
  return origins !== null && (origins === host || origins === hostOf(publicUrl))
}

const hostOf = (url: string | null): string | null => (url ? new URL(url).host : null)
