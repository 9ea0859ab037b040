/**
 * First sync into an empty Chromium, against writing the same rows with Dexie alone, in the same
 * browser and run.
 */
import { setUp } from '../../lab/device.ts'
import { startRelay } from '../../lab/relay.ts'
import { openDevice, withBrowser } from '../browser.ts'
import type { Line } from '../report.ts'
import { seed } from '../seed.ts'

const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`

const measure = async (what: string, withDialogs: boolean): Promise<Line[]> => {
  const relay = await startRelay()
  try {
    const admin = await setUp(relay.url)
    await seed(relay, admin.session.user.id, 'M', withDialogs)
    return await withBrowser(async (browser) => {
      const page = await openDevice(browser, relay.url, admin)
      const sync = await page.evaluate((session) => window.bench.firstSync(session), admin.session)
      const raw = await page.evaluate(() => window.bench.rawDexie())
      return [
        {
          what: `first sync of ${what}: first 50 rows`,
          measured: seconds(sync.usable),
          beside: '',
          goal: '< 1 s',
        },
        {
          what: `first sync of ${what}: complete`,
          measured: seconds(sync.complete),
          beside: `raw Dexie ${seconds(raw)}`,
          ratio: sync.complete / raw,
          goal: '< 5 s and ≤ 1.5',
        },
      ]
    })
  } finally {
    await relay.stop()
  }
}

export const firstSync = async (): Promise<Line[]> => [
  ...(await measure('10,000 clients', false)),
  ...(await measure('10,000 clients, 5,000 dialogs, 100,000 messages', true)),
]
