/**
 * Start of the built client with the cable pulled: from the navigation to the frame with the first
 * 50 clients, and what the page and its worker hold in memory then; before and after an hour of
 * others' edits. Beside it reading the same 50 rows from the same base with nothing but IndexedDB.
 */
import type { Page } from 'playwright-core'
import type { PushEntry } from '../../../shared/protocol/push.ts'
import { change } from '../../../shared/records/change.ts'
import type { Device } from '../../lab/chromium.ts'
import { signedInDevice, withBrowser } from '../browser.ts'
import { atMost, type Size, sizes } from '../data.ts'
import { megabytes, milliseconds, percentile, thousands } from '../figures.ts'
import { heapOf } from '../heap.ts'
import type { Tell } from '../report.ts'
import { type Seeded, seededRelay } from '../seeded.ts'

const rows = 50
const starts = 5
/** 20 people who change a record every two minutes and a half. */
const editsInAnHour = 480

declare global {
  interface Window {
    /** When the rows were on the screen, ms after the navigation began. */
    shownAt?: number
  }
}

/** In the page before its own scripts: looks after each frame. */
const watchRows = (rows: number) => {
  const look = () => {
    if (document.querySelectorAll('main [role=listitem]').length < rows)
      return requestAnimationFrame(look)
    window.shownAt = performance.now()
  }
  requestAnimationFrame(look)
}

/** Opens the base as it is and reads the rows, on the page that is there. */
const rawRead = (page: Page) =>
  page.evaluate(async (rows) => {
    const [name = ''] = (await indexedDB.databases()).flatMap(({ name }) =>
      name?.startsWith('interes-') ? [name] : [],
    )
    const wait = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const started = performance.now()
    const base = await wait(indexedDB.open(name))
    const read = base
      .transaction('client')
      .objectStore('client')
      .index('sortName')
      .getAll(null, rows)
    const count = (await wait(read)).length
    const taken = performance.now() - started
    base.close()
    if (count < rows) throw new Error(`${count} rows`)
    return taken
  }, rows)

const measure = async ({ page, offline, online }: Device) => {
  await offline()
  const taken: number[] = []
  const raw: number[] = []
  for (let n = 0; n < starts; n++) {
    await page.reload()
    await page.waitForFunction(() => window.shownAt !== undefined, undefined, { timeout: 30_000 })
    taken.push(await page.evaluate(() => window.shownAt ?? Number.NaN))
    await page.waitForTimeout(500)
    raw.push(await rawRead(page))
  }
  const heap = await heapOf(page)
  await online()
  return { start: percentile(taken, 0.5), raw: percentile(raw, 0.5), heap }
}

/** Changes another device makes, and the page until the last of them is on its disk. */
const anHourOfEdits = async ({ admin }: Seeded, page: Page): Promise<void> => {
  const writer = Math.floor(Math.random() * 2 ** 32)
  const entries: PushEntry[] = []
  const connection = new AbortController()
  for await (const frame of admin.feed({ head: 0, below: 0 }, connection.signal)) {
    if (frame.kind === 'caughtUp' || entries.length >= editsInAnHour) break
    if (frame.kind !== 'records') continue
    for (const { id, type, bytes } of frame.entries) {
      if (type !== 'client' || entries.length >= editsInAnHour) continue
      const n = entries.length + 1
      const made = change('client', id, bytes, { note: `${edited} ${n}` }, writer)
      if (!made.ok || !made.value.update) throw new Error('an edit that is not one')
      entries.push({ n, id, type, at: Date.now(), update: made.value.update })
    }
  }
  for (const entry of entries) {
    const { outcomes } = await admin.push([entry])
    if (!outcomes[0]?.ok) throw new Error(JSON.stringify(outcomes))
  }
  const last = entries.at(-1)
  await page.evaluate(
    async ([id, note]) => {
      const [name = ''] = (await indexedDB.databases()).flatMap(({ name }) =>
        name?.startsWith('interes-') ? [name] : [],
      )
      const done = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result)
          request.onerror = () => reject(request.error)
        })
      const base = await done(indexedDB.open(name))
      const read = () => done(base.transaction('client').objectStore('client').get(id))
      while ((await read()).note !== note) await new Promise((resolve) => setTimeout(resolve, 200))
      base.close()
    },
    [last?.id ?? '', `${edited} ${last?.n}`] as const,
  )
}

const edited = 'Правка коллеги'

export const coldStart = async (most: Size, tell: Tell): Promise<void> => {
  const size = atMost('L', most)
  const seeded = await seededRelay(size, false)
  try {
    await withBrowser(async (browser) => {
      const { url } = seeded.relay
      // Tall enough to show all of the rows that the goal speaks of.
      const device = await signedInDevice(browser, url, { width: 1440, height: 2600 })
      const { page } = device
      // One script: of several it is not said which runs first, and tsx's helper must be there before.
      await page.addInitScript(`globalThis.__name = (named) => named;(${watchRows})(${rows})`)
      await page.goto(`${url}/clients`)
      await page.evaluate(() => navigator.serviceWorker.ready)
      // The worker of the service keeps the program's files.
      await page.waitForTimeout(3_000)
      const tellOf = (when: string, { start, raw, heap }: Awaited<ReturnType<typeof measure>>) => {
        const what = `start with no network, ${thousands(sizes[size])} clients${when}`
        tell({
          what: `${what}: first ${rows} rows, median of ${starts}`,
          measured: milliseconds(start),
          beside: `reading them with IndexedDB alone ${milliseconds(raw)}`,
          ratio: start / raw,
          goal: '< 300 ms',
          met: start < 300,
        })
        tell({
          what: `${what}: heap of page and worker`,
          measured: `${megabytes(heap.page)} + ${megabytes(heap.workers)}`,
          beside: '',
          goal: '< 40 MB',
          met: heap.page + heap.workers < 40e6,
        })
      }
      tellOf('', await measure(device))
      await anHourOfEdits(seeded, page)
      tellOf(`, after ${editsInAnHour} edits of others`, await measure(device))
      await device.close()
    })
  } finally {
    await seeded.relay.stop()
  }
}
