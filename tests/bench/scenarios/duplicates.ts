/**
 * The page of duplicates on the built client: from its opening to the groups, with all records read,
 * compared and ordered (F229). Beside it the same rows merely read out of IndexedDB.
 */
import type { Page } from 'playwright-core'
import { newId } from '../../../shared/ids.ts'
import { change } from '../../../shared/records/change.ts'
import { pushAsService } from '../../lab/device.ts'
import type { Relay } from '../../lab/relay.ts'
import { signedInDevice, withBrowser } from '../browser.ts'
import { atMost, type Size, sizes } from '../data.ts'
import { thousands } from '../figures.ts'
import type { Tell } from '../report.ts'
import { seededRelay } from '../seeded.ts'

/** Every so many generated clients have a twin with the same phone, written in another way. */
const everyNth = 20
const batch = 500

const seedTwins = async ({ url, token }: Relay, owner: string, size: Size): Promise<number> => {
  const writer = Math.floor(Math.random() * 2 ** 32)
  const count = Math.floor(sizes[size] / everyNth)
  for (let from = 0; from < count; from += batch) {
    const entries = Array.from({ length: Math.min(batch, count - from) }, (_, index) => {
      const n = from + index
      const id = newId()
      const phone = { value: `8 (495) ${1_000_000 + n * everyNth}`, kind: 'work', order: 'a0' }
      const patch = {
        kind: 'organisation',
        name: `ООО «Двойник ${n}»`,
        managers: [owner],
        phones: { a: phone },
      }
      const made = change('client', id, null, patch, writer)
      if (!made.ok || !made.value.update) throw new Error('a client that is not valid')
      return { n: index, id, type: 'client', at: Date.now(), update: made.value.update }
    })
    const { outcomes } = await pushAsService(url, token, entries)
    const refused = outcomes.find(({ ok }) => !ok)
    if (refused) throw new Error(JSON.stringify(refused))
  }
  return count
}

/** All rows of clients, read by themselves in the chunks that the worker reads, ms. */
const readRows = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const [found] = await indexedDB.databases()
    const base = await new Promise<IDBDatabase>((resolve) => {
      const open = indexedDB.open(found?.name ?? '')
      open.onsuccess = () => resolve(open.result)
    })
    const started = performance.now()
    for (let after: string | null = ''; after !== null; ) {
      const from: string = after
      const rows: { id: string }[] = await new Promise((resolve) => {
        const store = base.transaction('client').objectStore('client')
        const request = store.getAll(IDBKeyRange.lowerBound(from, true), 1_000)
        request.onsuccess = () => resolve(request.result)
      })
      after = rows.length < 1_000 ? null : (rows.at(-1)?.id ?? null)
    }
    base.close()
    return performance.now() - started
  })

export const duplicates = async (most: Size, tell: Tell): Promise<void> => {
  const size = atMost('L', most)
  const { relay, admin } = await seededRelay(size, false)
  try {
    const twins = await seedTwins(relay, admin.session.user.id, size)
    await withBrowser(async (browser) => {
      const device = await signedInDevice(browser, relay.url, { width: 1440, height: 900 })
      const { page } = device
      await page.goto(`${relay.url}/clients`)
      await page.getByRole('link', { name: 'Дубли' }).waitFor({ timeout: 60_000 })
      const bare = await readRows(page)
      const started = performance.now()
      await page.getByRole('link', { name: 'Дубли' }).click()
      const status = page.getByText(/проверен/)
      await status.waitFor({ timeout: 120_000 })
      const first = performance.now() - started
      const said = (await status.textContent()) ?? ''
      const again = performance.now()
      await page.getByLabel('Телефон').uncheck()
      await page.getByText('Дублей нет').waitFor({ timeout: 120_000 })
      const second = performance.now() - again
      await device.close()
      tell({
        what: `duplicates among ${thousands(sizes[size] + twins)} clients`,
        measured: `${(first / 1_000).toFixed(1)} s (${said}), by other fields ${(second / 1_000).toFixed(1)} s more`,
        beside: `rows read alone ${(bare / 1_000).toFixed(1)} s`,
        ratio: first / bare,
        goal: '< 10 s at 50,000',
        ...(size === 'L' && { met: first < 10_000 }),
      })
    })
  } finally {
    await relay.stop()
  }
}
