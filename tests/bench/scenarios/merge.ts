/**
 * Two devices in Chromium edit another field of the same 500 records each with no network, and come
 * together: time from the cable being plugged until both hold all 1,000 changes on their disks and
 * the relay has confirmed them. Beside it Hocuspocus with a document for each record, in memory, and
 * PouchDB in Chromium, which keeps one of two changes of a document.
 */
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { type Device, newDevice } from '../../lab/chromium.ts'
import { letGo, openReplicaPage, withBrowser } from '../browser.ts'
import { generate, type Size } from '../data.ts'
import { seconds } from '../figures.ts'
import { documentsOf, fillPouch, openOther, startOther } from '../other-pages.ts'
import { runJson } from '../processes.ts'
import type { Tell } from '../report.ts'
import { type Seeded, seededRelay } from '../seeded.ts'

const edits = 500
/** Whoever is not done by then has lost something, ms. */
const patience = 60_000
const fields = ['name', 'note'] as const
const prefixes = ['Правка А', 'Правка Б'] as const

interface Merged {
  milliseconds: number
  /** Of 1,000 changes, how many both devices hold. */
  held: number
}

const clientsOf = (owner: string): string[] =>
  [...generate('S', owner)]
    .filter(({ type }) => type === 'client')
    .slice(0, edits)
    .map(({ id }) => id)

/** On the device that holds fewer. */
const least = async (pages: readonly Page[], count: (page: Page) => Promise<number>) =>
  Math.min(...(await Promise.all(pages.map(count))))

const ours = async (browser: Browser, { relay, admin }: Seeded): Promise<Merged> => {
  const ids = clientsOf(admin.session.user.id)
  const opened: Device[] = []
  for (let n = 0; n < 2; n++) opened.push(await newDevice(browser, { width: 800, height: 600 }))
  const pages = opened.map(({ page }) => page)
  for (const page of pages) {
    await openReplicaPage(page, relay.url, admin)
    await page.evaluate((session) => window.bench.firstSync(session), admin.session)
    await letGo(page)
  }
  for (const device of opened) await device.offline()
  for (const [n, page] of pages.entries())
    await page.evaluate(([ids, field, prefix]) => window.bench.edit(ids, field, prefix), [
      ids,
      fields[n] ?? '',
      prefixes[n] ?? '',
    ] as const)
  const started = performance.now()
  await Promise.all(opened.map((device) => device.online()))
  // Each asks itself: a question from here would take time of its own.
  const held = await Promise.all(
    pages.map((page) =>
      page.evaluate(([ids, prefixes, patience]) => window.bench.merged(ids, prefixes, patience), [
        ids,
        prefixes,
        patience,
      ] as const),
    ),
  )
  const milliseconds = performance.now() - started
  for (const device of opened) await device.close()
  return { milliseconds, held: Math.min(...held) }
}

const pouch = async (browser: Browser): Promise<Merged> => {
  const { port, server } = await startOther('pouchdb')
  try {
    const url = `http://127.0.0.1:${port}/bench`
    const documents = documentsOf('S', false)
    await fillPouch(url, documents)
    const clients = documents.filter(({ type }) => type === 'client')
    const ids = clients.slice(0, edits).map(({ id }) => id)
    const pages = [
      await openOther(browser, 'pouchdb', port),
      await openOther(browser, 'pouchdb', port),
    ]
    for (const [n, page] of pages.entries())
      await page.evaluate(
        async ([url, ids, field, prefix]) => {
          await window.other.firstSync(url)
          await window.other.edit(ids, field, prefix)
        },
        [url, ids, fields[n] ?? '', prefixes[n] ?? ''] as const,
      )
    const started = performance.now()
    // Twice: the first to sync has not seen what the second brought.
    for (let round = 0; round < 2; round++)
      await Promise.all(pages.map((page) => page.evaluate((url) => window.other.sync(url), url)))
    const milliseconds = performance.now() - started
    const held = await least(pages, (page) =>
      page.evaluate(
        async ([ids, fields, prefixes]) =>
          (await window.other.held(ids, fields[0], prefixes[0])) +
          (await window.other.held(ids, fields[1], prefixes[1])),
        [ids, fields, prefixes] as const,
      ),
    )
    return { milliseconds, held }
  } finally {
    server.kill('SIGKILL')
  }
}

const hocuspocus = async (): Promise<Merged> => {
  const { port, server } = await startOther('hocuspocus')
  try {
    const load = new URL('../others/hocuspocus/merge.mjs', import.meta.url)
    return await runJson<Merged>([fileURLToPath(load), String(port), String(edits)])
  } finally {
    server.kill('SIGKILL')
  }
}

export const merge = async (_most: Size, tell: Tell): Promise<void> => {
  const seeded = await seededRelay('S', false)
  try {
    await withBrowser(async (browser) => {
      const mine = await ours(browser, seeded)
      const beside = { Hocuspocus: await hocuspocus(), PouchDB: await pouch(browser) }
      for (const [label, theirs] of Object.entries(beside))
        tell({
          what: `two devices merge 500 + 500 offline edits, beside ${label}`,
          measured: `${seconds(mine.milliseconds)}, ${mine.held} of 1000 kept`,
          beside: `${label} ${seconds(theirs.milliseconds)}, ${theirs.held} of 1000 kept`,
          ratio: mine.milliseconds / theirs.milliseconds,
          goal: '< 0.8 s, none lost',
          met: mine.milliseconds < 800 && mine.held === 2 * edits,
        })
    })
  } finally {
    await seeded.relay.stop()
  }
}
