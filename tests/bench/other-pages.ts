/** Pages and servers of the products that the benchmarks run beside ours. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { messageRows } from '../../client/replica/message-store.ts'
import { freePorts } from '../lab/free-ports.ts'
import { buildPage, servePage } from '../lab/page.ts'
import { generate, type Size, toPush } from './data.ts'

/** What the pages in `others/` offer. */
interface Other {
  firstSync(url: string): Promise<number>
  edit(ids: string[], field: string, prefix: string): Promise<void>
  sync(url: string): Promise<null>
  held(ids: string[], field: string, prefix: string): Promise<number>
}

declare global {
  interface Window {
    other: Other
  }
}

/** The generated rows as documents of their own, messages too. */
export const documentsOf = (size: Size, withDialogs: boolean) => {
  const owner = '00000000-0000-4000-8000-000000000001'
  const account = withDialogs ? '00000000-0000-4000-8000-000000000002' : undefined
  const documents: { id: string; type: string; [field: string]: unknown }[] = []
  for (const generated of generate(size, owner, account)) {
    const { row } = toPush(generated, 1, 1)
    const { messages: _messages, ...kept } = row
    documents.push(kept as typeof row) // a row without one of its fields
    for (const message of messageRows(row)) documents.push({ ...message, type: 'message' })
  }
  return documents
}

const here = (path: string) => fileURLToPath(new URL(`others/${path}`, import.meta.url))

/** Starts `<folder>/server.mjs <port> <what>` and waits for its word. */
export const startOther = async (
  folder: string,
  what?: string,
): Promise<{ port: number; server: ChildProcess }> => {
  const [port = 0] = await freePorts(1)
  const given = what ?? join(await mkdtemp(join(tmpdir(), `${folder}-`)), 'base')
  const server = fork(here(`${folder}/server.mjs`), [String(port), given])
  const failed = once(server, 'exit').then(([code]) => {
    throw new Error(`${folder}: the server ended with ${code}`)
  })
  failed.catch(() => {
    // It ends after the message too, killed by the scenario.
  })
  await Promise.race([once(server, 'message'), failed])
  return { port, server }
}

/** A browser profile of its own with the page of the product. */
export const openOther = async (browser: Browser, folder: string, port: number): Promise<Page> => {
  // A page that was not fetched from this machine may not open a web socket to it unasked.
  const context = await browser.newContext({ permissions: ['local-network-access'] })
  await servePage(context, await buildPage(here(`${folder}/page.mjs`)))
  const page = await context.newPage()
  // At the server's own address: a browser asks its user before a page of another talks to this machine.
  await page.goto(`http://127.0.0.1:${port}/test-page/`)
  await page.waitForFunction(() => 'other' in window)
  return page
}

/** Fills a base of PouchDB's server. */
export const fillPouch = async (
  url: string,
  documents: readonly { id: string; [field: string]: unknown }[],
): Promise<void> => {
  await fetch(url, { method: 'PUT' })
  const batch = 1_000
  for (let at = 0; at < documents.length; at += batch) {
    const docs = documents.slice(at, at + batch).map(({ id, ...rest }) => ({ _id: id, ...rest }))
    const response = await fetch(`${url}/_bulk_docs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ docs }),
    })
    if (!response.ok) throw new Error(`_bulk_docs: ${response.status} ${await response.text()}`)
  }
}
