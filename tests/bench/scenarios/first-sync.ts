/**
 * First sync into an empty Chromium, against writing the same rows with Dexie alone, in the same
 * browser and run; what it weighs on the wire, in IndexedDB and in memory. At the small size also
 * against PouchDB and RxDB with the same records.
 */
import { fileURLToPath } from 'node:url'
import { openDevice, withBrowser } from '../browser.ts'
import { atMost, type Size, sizes } from '../data.ts'
import { megabytes, seconds, thousands } from '../figures.ts'
import { heapOf } from '../heap.ts'
import { otherFirstSyncs } from '../other-first-sync.ts'
import { runJson } from '../processes.ts'
import type { Tell } from '../report.ts'
import { seededRelay } from '../seeded.ts'

const wire = fileURLToPath(new URL('../reconnect.ts', import.meta.url))
/** What a page and a worker may hold once everything is here, bytes. */
const heapGoal = 40e6

const inWords = (size: Size, withDialogs: boolean): string => {
  const clients = `${thousands(sizes[size])} clients and Interests`
  if (!withDialogs) return clients
  return `${clients}, ${thousands(sizes[size] / 2)} dialogs, ${thousands(sizes[size] * 10)} messages`
}

const measure = async (size: Size, withDialogs: boolean, tell: Tell): Promise<number> => {
  const what = `first sync of ${inWords(size, withDialogs)}`
  const { relay, admin } = await seededRelay(size, withDialogs)
  try {
    return await withBrowser(async (browser) => {
      const page = await openDevice(browser, relay.url, admin)
      const sync = await page.evaluate((session) => window.bench.firstSync(session), admin.session)
      const heap = await heapOf(page)
      const raw = await page.evaluate(() => window.bench.rawDexie())
      const isGoal = size === 'M'
      tell({
        what: `${what}: first 50 rows`,
        measured: seconds(sync.usable),
        beside: '',
        goal: isGoal ? '< 1 s' : '',
        ...(isGoal && { met: sync.usable < 1_000 }),
      })
      tell({
        what: `${what}: complete`,
        measured: seconds(sync.complete),
        beside: `raw Dexie ${seconds(raw.taken)}`,
        ratio: sync.complete / raw.taken,
        goal: isGoal ? '< 5 s and ≤ 1.5' : '',
        ...(isGoal && { met: sync.complete < 5_000 && sync.complete <= 1.5 * raw.taken }),
      })
      if (withDialogs) {
        const each = raw.taken + (await page.evaluate(() => window.bench.rawMessages()))
        tell({
          what: `${what}: complete, beside a row for each message`,
          measured: seconds(sync.complete),
          beside: `raw Dexie ${seconds(each)}`,
          ratio: sync.complete / each,
          goal: '',
        })
      }
      // A message is a row to whoever reads it, though it travels and is kept with others.
      const records = sync.rows
      const { megabytes: sent } = await runJson<{ megabytes: number }>([
        ...['--import', 'tsx', wire, relay.url, '1', '0'],
      ])
      tell({
        what: `${what}: on the wire`,
        measured: `${megabytes(sent * 1e6)}, ${((sent * 1e6) / records).toFixed(0)} B a row`,
        beside: `rows as JSON ${megabytes(raw.json)}`,
        ratio: (sent * 1e6) / raw.json,
        goal: '',
      })
      tell({
        what: `${what}: in IndexedDB`,
        measured: `${megabytes(sync.bytes)}, ${(sync.bytes / records).toFixed(0)} B a row`,
        beside: `raw Dexie ${megabytes(raw.bytes)}`,
        ratio: sync.bytes / raw.bytes,
        goal: '',
      })
      tell({
        what: `${what}: heap of page and worker after it`,
        measured: `${megabytes(heap.page)} + ${megabytes(heap.workers)}`,
        beside: '',
        goal: '< 40 MB',
        met: heap.page + heap.workers < heapGoal,
      })
      return sync.complete
    })
  } finally {
    await relay.stop()
  }
}

export const firstSync = async (most: Size, tell: Tell): Promise<void> => {
  const small = await measure('S', true, tell)
  const { pouch, rx } = await otherFirstSyncs('S')
  for (const [label, theirs] of [
    ['PouchDB', pouch],
    ['RxDB, its server in memory', rx],
  ] as const)
    tell({
      what: `first sync of ${inWords('S', true)}, beside ${label}`,
      measured: seconds(small),
      beside: `${label} ${seconds(theirs)}`,
      ratio: small / theirs,
      goal: '',
    })
  if (atMost('M', most) === 'S') return
  await measure('M', false, tell)
  await measure('M', true, tell)
  if (atMost('L', most) === 'L') await measure('L', false, tell)
}
