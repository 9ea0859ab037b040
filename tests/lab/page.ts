/**
 * Pages of a test's own, built by Vite from the product's sources and served at the relay's
 * address, so that they hold its cookie and reach its doors.
 */
import type { BrowserContext } from 'playwright-core'
import { build, type Rolldown } from 'vite'

export type BuiltPage = Map<string, { type: string; body: string | Uint8Array }>

const folder = '/test-page/'

/** Builds the module `entry` (absolute path) and an empty page that loads it. */
export const buildPage = async (entry: string): Promise<BuiltPage> => {
  const output = (await build({
    configFile: false,
    base: folder,
    logLevel: 'warn',
    worker: { format: 'es' },
    build: {
      write: false,
      target: 'es2023',
      modulePreload: false,
      rolldownOptions: { input: entry, output: { entryFileNames: 'entry.js' } },
    },
  })) as Rolldown.RolldownOutput // one input and no watching give one output
  const page: BuiltPage = new Map([
    [
      '',
      { type: 'text/html', body: '<!doctype html><script type="module" src="entry.js"></script>' },
    ],
  ])
  for (const file of output.output)
    page.set(file.fileName, {
      type: file.fileName.endsWith('.js') ? 'text/javascript' : 'application/octet-stream',
      body: file.type === 'chunk' ? file.code : file.source,
    })
  return page
}

/** Serves the page to a browser; open it at `<relay>/test-page/`. */
export const servePage = async (context: BrowserContext, page: BuiltPage): Promise<void> => {
  await context.route(`**${folder}**`, (route) => {
    const { pathname } = new URL(route.request().url())
    const file = page.get(pathname.slice(pathname.indexOf(folder) + folder.length))
    if (!file) return route.fulfill({ status: 404 })
    const body = typeof file.body === 'string' ? file.body : Buffer.from(file.body)
    return route.fulfill({ contentType: file.type, body })
  })
}
