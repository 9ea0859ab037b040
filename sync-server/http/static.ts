/** The built client. */
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import type { Env } from './context.ts'
import { letterPolicy, letterWithPicturesPolicy } from './security.ts'

/** Names of these files hold a hash of their contents. */
const immutable = 'public, max-age=31536000, immutable'
/** Asked for anew each time, so that a new version is seen at once; these files are few and small. */
const fresh = 'no-cache'

/** The build lays `x.gz` beside `x` (client/build/compressed.ts). */
const precompressed = true

/** Serves `directory`; an address of the program itself (`/clients/…`) gets its one page. */
export const clientFiles = (directory: string): Hono<Env> => {
  const app = new Hono<Env>()
  app.use('*', async (c, next) => {
    await next()
    if (!c.res.ok) return
    const { pathname } = new URL(c.req.url)
    c.res.headers.set('cache-control', pathname.startsWith('/assets/') ? immutable : fresh)
    // Also of what is sent as it is: a proxy on the way must not give that to everybody, nor the other.
    c.res.headers.set('vary', 'accept-encoding')
    if (pathname === '/letter-frame.html')
      c.res.headers.set(
        'content-security-policy',
        c.req.query('pictures') === undefined ? letterPolicy : letterWithPicturesPolicy,
      )
  })
  app.get('*', serveStatic({ root: directory, precompressed }))
  app.get('*', async (c, next) => {
    const navigates = c.req.header('accept')?.includes('text/html') === true
    if (!navigates || c.req.path.startsWith('/assets/')) return next()
    return serveStatic<Env>({ root: directory, path: 'index.html', precompressed })(c, next)
  })
  return app
}
