import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, request, type Server } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { pipeline } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('./page', import.meta.url))
const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' }
/** What the relay answers; all else is of the page. */
const doors = /^\/(api|feed|push|reconcile|files|live)\b/

export interface ServedPage {
  url: string
  close: () => Promise<void>
}

/**
 * Builds the page without screens and serves it in front of a relay, from one origin as in life.
 * The page is there also while the relay is not, as an installed app is.
 */
export const servePage = async (relayUrl: string): Promise<ServedPage> => {
  const outDir = await mkdtemp(join(tmpdir(), 'interes-page-'))
  await build({
    configFile: false,
    logLevel: 'warn',
    root,
    build: { outDir, emptyOutDir: true, target: 'es2023' },
    worker: { format: 'es' },
  })
  const server = serve(outDir, Number(new URL(relayUrl).port))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port')
  return {
    url: `http://localhost:${address.port}/`,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await rm(outDir, { recursive: true, force: true })
    },
  }
}

/** A relay that goes away takes the connections through here with it, as it does its own. */
const serve = (outDir: string, port: number): Server => {
  const server = createServer((asked, answer) => {
    const { pathname } = new URL(asked.url ?? '/', 'http://page')
    if (!doors.test(pathname)) {
      const path = pathname === '/' ? '/index.html' : pathname
      answer.setHeader('content-type', types[extname(path)] ?? 'application/octet-stream')
      pipeline(createReadStream(join(outDir, path)), answer, () => {})
      return
    }
    const { method, headers, url: path } = asked
    const forwarded = request({ host: '127.0.0.1', port, method, headers, path }, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers)
      answer.flushHeaders()
      pipeline(response, answer, () => {})
    })
    forwarded.on('error', () => answer.destroy())
    answer.on('close', () => forwarded.destroy())
    asked.pipe(forwarded)
  })
  server.on('upgrade', (asked, near, head) => {
    const far = connect(port, '127.0.0.1', () => {
      const lines = asked.rawHeaders.flatMap((name, n, all) =>
        n % 2 === 0 ? [`${name}: ${all[n + 1]}`] : [],
      )
      far.write(`${asked.method} ${asked.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
      far.write(head)
      pipeline(far, near, far, () => {})
    })
    far.on('error', () => near.destroy())
    near.on('error', () => far.destroy())
  })
  return server
}
