/** An office for tests of storage, tabs and versions: some clients at the relay, and people who sign in. */
import type { BrowserContext, Page } from 'playwright-core'
import { newId } from '../../../shared/ids.ts'
import type { PushEntry } from '../../../shared/protocol/push.ts'
import { change } from '../../../shared/records/change.ts'
import type { Row } from '../../../shared/records/declaration.ts'
import type { NodeDevice } from '../../lab/device.ts'
import { allIsHere, signInOn } from '../../lab/sign-in.ts'

const names = ['Ёлки-Палки', 'Северный ветер', 'Лаборатория Кузнецова', 'Дом у моря', 'Вектор']

export const clientName = (n: number): string => `${names[n % names.length]} № ${n}`

/** Pushes clients that everybody may change; `note` makes them larger. Answers their ids. */
export const seedClients = async (
  anna: NodeDevice,
  count: number,
  note?: string,
): Promise<string[]> => {
  const writer = Math.floor(Math.random() * 2 ** 32)
  const managers = [anna.session.user.id]
  const entries = Array.from({ length: count }, (_, n): PushEntry => {
    const id = newId()
    const made = change(
      'client',
      id,
      null,
      {
        kind: 'organisation',
        name: clientName(n),
        open: 'write',
        managers,
        createdAt: n,
        createdBy: anna.session.user.id,
        ...(note !== undefined && { note }),
      },
      writer,
    )
    if (!made.ok || !made.value.update) throw new Error(`no client made: ${JSON.stringify(made)}`)
    return { n, id, type: 'client', at: Date.now(), update: made.value.update }
  })
  // A push holds so many entries.
  for (let from = 0; from < count; from += 100) {
    const { outcomes } = await anna.push(entries.slice(from, from + 100))
    const refused = outcomes.find(({ ok }) => !ok)
    if (refused) throw new Error(JSON.stringify(refused))
  }
  return entries.map(({ id }) => id)
}

/** Rows of the relay as it would give them to an empty device. */
export const rowsAtRelay = async (device: NodeDevice): Promise<Map<string, Row>> => {
  const rows = new Map<string, Row>()
  for await (const frame of device.feed()) {
    if (frame.kind === 'caughtUp') break
    if (frame.kind === 'records' || frame.kind === 'changes')
      for (const { id, row } of frame.entries) rows.set(id, row)
  }
  return rows
}

/** Signs in by the form and waits until everything is there and the program is installed. */
export const signInHere = async (page: Page, url: string): Promise<void> => {
  await signInOn(page, url)
  await allIsHere(page)
}

/** Name of the replica's base. */
export const baseOf = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const bases = await indexedDB.databases()
    const name = bases.map((base) => base.name ?? '').find((each) => each.startsWith('interes-'))
    if (!name) throw new Error('no base')
    return name
  })

/** Fills the form of a new client and saves it. */
export const createClient = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('link', { name: 'Новый клиент' }).click()
  const dialog = page.getByRole('dialog', { name: 'Новый клиент' })
  await dialog.getByLabel('Название компании').fill(name)
  await dialog.getByRole('button', { name: 'Сохранить', exact: true }).click()
  await dialog.waitFor({ state: 'hidden' })
}

/** What Chromium's developer tools do to the storage of an address. */
export const storageOf = async (context: BrowserContext, page: Page, url: string) => {
  const session = await context.newCDPSession(page)
  const { origin } = new URL(url)
  return {
    /** As a browser that is short of space empties it; IndexedDB alone. */
    evict: async () => {
      await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' })
    },
    /**
     * Bytes the address may use. To be called before it stores anything: Chromium looks again only
     * after half a minute, or when what it saw is used up.
     */
    limit: async (quotaSize: number) => {
      await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize })
    },
    /** Fills what is left with a base of its own. */
    fill: () => page.evaluate(fillScript),
    /** Deletes that base. */
    empty: () => page.evaluate(emptyScript),
  }
}

const fillScript = `(async () => {
  const base = await new Promise((resolve, reject) => {
    const opening = indexedDB.open('ballast')
    opening.onupgradeneeded = () => opening.result.createObjectStore('stones', { autoIncrement: true })
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(opening.error)
  })
  const put = (bytes) =>
    new Promise((resolve) => {
      const writing = base.transaction('stones', 'readwrite')
      // Noise: what repeats itself would be stored as little.
      writing.objectStore('stones').put(crypto.getRandomValues(new Uint8Array(bytes)))
      writing.oncomplete = () => resolve(true)
      writing.onabort = () => resolve(false)
    })
  for (const bytes of [60_000, 4_000, 200]) while (await put(bytes));
  base.close()
})()`

const emptyScript = `new Promise((resolve, reject) => {
  const deletion = indexedDB.deleteDatabase('ballast')
  deletion.onsuccess = () => resolve(undefined)
  deletion.onerror = () => reject(deletion.error)
})`
