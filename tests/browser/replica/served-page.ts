import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, preview } from 'vite'

const root = fileURLToPath(new URL('./page', import.meta.url))
const doors = ['/api', '/feed', '/push', '/files', '/live']

export interface ServedPage {
  url: string
  close: () => Promise<void>
}

/** Builds the page without screens and serves it in front of a relay, from one origin as in life. */
export const servePage = async (relayUrl: string): Promise<ServedPage> => {
  const outDir = await mkdtemp(join(tmpdir(), 'interes-page-'))
  await build({
    configFile: false,
    logLevel: 'warn',
    root,
    build: { outDir, emptyOutDir: true, target: 'es2023' },
    worker: { format: 'es' },
  })
  const server = await preview({
    configFile: false,
    logLevel: 'warn',
    root,
    build: { outDir },
    preview: {
      host: '127.0.0.1',
      port: 0,
      proxy: Object.fromEntries(
        doors.map((door) => [door, { target: relayUrl, ws: door === '/live' }]),
      ),
    },
  })
  const address = server.httpServer.address()
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port')
  return {
    url: `http://localhost:${address.port}/`,
    close: async () => {
      await server.close()
      await rm(outDir, { recursive: true, force: true })
    },
  }
}
