/** Browsers take away what a program stored: under the running app, between two starts, or in part. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { roomMadeKey } from '../../../client/replica/room.ts'
import { newId } from '../../../shared/ids.ts'
import { type Device, launchBrowser, newDevice } from '../../lab/chromium.ts'
import { type NodeDevice, setUp } from '../../lab/device.ts'
import { until } from '../../lab/processes.ts'
import { type Relay, startRelay } from '../../lab/relay.ts'
import {
  baseOf,
  clientName,
  createClient,
  rowsAtRelay,
  seedClients,
  signInHere,
  storageOf,
} from '../tabs/office.ts'

/**
 * Bytes: the program, the clients, and room for more than LevelDB's write buffer of 4 MB: a base that
 * fitted into that is deleted without giving its space back.
 */
const spaceGiven = 12_000_000

let relay: Relay
let browser: Browser
let anna: NodeDevice
let laptop: Device
let page: Page
let storage: Awaited<ReturnType<typeof storageOf>>

beforeAll(async () => {
  relay = await startRelay()
  anna = await setUp(relay.url)
  await seedClients(anna, 40)
  browser = await launchBrowser()
  laptop = await newDevice(browser, { width: 1440, height: 900 })
  page = laptop.page
  storage = await storageOf(laptop.context, page, relay.url)
  await storage.limit(spaceGiven)
  await page.addInitScript(watchScript)
  await signInHere(page, relay.url)
})

afterAll(async () => {
  await laptop?.close()
  await browser?.close()
  await relay?.stop()
})

beforeEach(async () => {
  await page.goto(`${relay.url}/clients`)
  await page.getByText(clientName(39)).waitFor()
})

afterEach(async () => {
  // An empty list was never said to be all there is, not even for a moment.
  await expect.poll(() => page.evaluate('window.saidNothingThere')).toBe(false)
})

/** Looks at every change of the page for the words that must not be said. */
const watchScript = `
  window.askedToPersist = 0
  const persist = navigator.storage.persist.bind(navigator.storage)
  navigator.storage.persist = () => {
    window.askedToPersist++
    return persist()
  }
  window.saidNothingThere = false
  const look = () => {
    const text = document.body?.innerText ?? ''
    if (/Клиентов пока нет|Диалогов пока нет|Такого клиента нет/.test(text)) window.saidNothingThere = true
  }
  document.addEventListener('DOMContentLoaded', () =>
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true }),
  )`

const restoring = () => page.getByRole('heading', { name: 'Восстанавливаем данные' })
const deleteBase = async () =>
  page.evaluate(
    (name) =>
      new Promise<void>((resolve, reject) => {
        const deletion = indexedDB.deleteDatabase(name)
        deletion.onsuccess = () => resolve()
        deletion.onerror = () => reject(deletion.error)
      }),
    await baseOf(page),
  )

describe('a base that is emptied', () => {
  test('under the running app, with no network: says what is restored and what is lost', async () => {
    await laptop.offline()
    await createClient(page, 'Абрикос')
    await page.getByText('Нет сети · 1 ждёт').waitFor()
    await page.goto(`${relay.url}/clients`)
    await page.getByText('Абрикос').waitFor()
    await deleteBase()
    await restoring().waitFor()
    await page.getByText('вместе с 1 изменением').waitFor()
    await laptop.screenshot('eviction-restoring')
    await laptop.online()
    await page.getByText(clientName(39)).waitFor()
    await page.getByText('Сохранено').first().waitFor()
    await page.getByRole('button', { name: 'Понятно' }).click()
    await expect.poll(() => page.getByText('вместе с 1 изменением').count()).toBe(0)
    await page.reload()
    await page.getByText(clientName(39)).waitFor()
    await expect.poll(() => page.getByText('вместе с 1 изменением').count()).toBe(0)
  })

  test('under the running app, as the browser does it: fetches all of it again', async () => {
    // The list may still be that of before: what is asked for from the beginning says that it is gone.
    const anew = laptop.context.waitForEvent('request', (asked) =>
      /\/feed\?.*head=0&/.test(asked.url()),
    )
    await storage.evict()
    await anew
    await until('all clients to be back', async () => {
      const count = await page.getByText(/^4\d клиент/).count()
      return count > 0 || undefined
    })
  })

  test('between two starts, with no network: says that it restores, and restores', async () => {
    await laptop.offline()
    await page.goto('about:blank')
    await storage.evict()
    await page.goto(`${relay.url}/clients`)
    await restoring().waitFor()
    await laptop.online()
    await page.getByText(clientName(39)).waitFor()
  })
})

describe('a device with no room', () => {
  const says = (words: string | RegExp) => page.getByText(words).first().waitFor()
  const namesAtRelay = async () => [...(await rowsAtRelay(anna)).values()].map(({ name }) => name)
  const nameIsAtRelay = (name: string) =>
    until(
      `${name} to be at the relay`,
      async () => (await namesAtRelay()).includes(name) || undefined,
    )

  /**
   * Fills the device and saves a client, until `enough`. Chromium gives back what was deleted at once
   * or some time later, also what the tests before deleted: while it does, a change may be saved, and
   * the device is filled again. Answers the last name and what became of it; the form stays open.
   */
  const saveUntil = async (enough: (outcome: 'saved' | 'refused') => Promise<boolean>) => {
    await page.getByRole('link', { name: 'Новый клиент' }).click()
    const dialog = page.getByRole('dialog', { name: 'Новый клиент' })
    const field = dialog.getByLabel('Название компании')
    const save = dialog.getByRole('button', { name: 'Сохранить и создать ещё' })
    const told = page.getByText('это не сохранено')
    for (let n = 1; n <= 20; n++) {
      await storage.fill()
      const name = `Груша ${newId()}`
      await field.fill(name)
      await save.click()
      const outcome = await until('the form to answer', async () => {
        if ((await field.inputValue()) === '') return 'saved'
        return (await told.count()) > 0 ? 'refused' : undefined
      })
      if (await enough(outcome)) return { name, outcome, dialog, field }
      // It stays until it is closed, and would be taken for what becomes of the next one.
      if (outcome === 'refused') {
        await told.locator('..').locator('button').last().dispatchEvent('click')
        await told.waitFor({ state: 'detached' })
      }
    }
    throw new Error('the device does not become full')
  }

  /**
   * As on a device that made room within the hour: its indexer builds nothing. One that runs already
   * ends with its page; it could be about to delete what a test puts into the index.
   */
  const restIndexer = async () => {
    await page.evaluate(
      ([name, key]) =>
        new Promise<void>((resolve, reject) => {
          const opening = indexedDB.open(name)
          opening.onerror = () => reject(opening.error)
          opening.onsuccess = () => {
            const base = opening.result
            const writing = base.transaction('meta', 'readwrite')
            writing.objectStore('meta').put(Date.now(), key)
            writing.oncomplete = () => {
              base.close()
              resolve()
            }
            writing.onabort = () => reject(writing.error)
          }
        }),
      [await baseOf(page), roomMadeKey] as const,
    )
    await page.reload()
  }

  test('tells of a change that does not fit and keeps what was typed', async () => {
    await expect.poll(() => page.evaluate('window.askedToPersist')).toBeGreaterThan(0)
    const { name, dialog, field } = await saveUntil(async (outcome) => outcome === 'refused')
    await says(/это не сохранено. Набранное осталось на экране/)
    await says('Нет места')
    await laptop.screenshot('eviction-full')
    await expect.poll(() => field.inputValue()).toBe(name)
    expect(await namesAtRelay()).not.toContain(name)
    await storage.empty()
    await dialog.getByRole('button', { name: 'Сохранить', exact: true }).click()
    await dialog.waitFor({ state: 'hidden' })
    await nameIsAtRelay(name)
    await says('Сохранено')
  })

  test('pushes what waits though nothing new fits, and fetches the rest once there is room', async () => {
    await laptop.offline()
    await createClient(page, 'Виноград')
    await says('Нет сети · 1 ждёт')
    await storage.fill()
    await seedClients(anna, 1)
    await laptop.online()
    await nameIsAtRelay('Виноград')
    await until('the device to be full', async () => {
      if ((await page.getByText('Нет места').count()) > 0) return true
      // It was given room since: see `saveUntil`.
      await storage.fill()
      await seedClients(anna, 1)
    })
    await says(/новое с сервера и новые изменения не помещаются/)
    await storage.empty()
    await page.getByRole('button', { name: 'Попробовать снова' }).click()
    await says('Сохранено')
  })

  test('lets go of cached files and the search index first, of own files never', async () => {
    const files = async () =>
      page.evaluate(
        ([name, put]) =>
          new Promise<string[]>((resolve, reject) => {
            const opening = indexedDB.open(name)
            opening.onerror = () => reject(opening.error)
            opening.onsuccess = () => {
              const base = opening.result
              const writing = base.transaction(['files', 'searchBlock'], 'readwrite')
              const store = writing.objectStore('files')
              for (const [hash, unsent] of put)
                store.put({
                  hash,
                  blob: crypto.getRandomValues(new Uint8Array(60_000)),
                  name: '',
                  type: '',
                  size: 60_000,
                  lastUsed: Date.now(),
                  unsent,
                })
              const keys = store.getAllKeys()
              // Of no shard: no indexer that works would leave it, see `restIndexer`.
              if (put.length > 0) writing.objectStore('searchBlock').put({ shard: 999, last: 'я' })
              const blocks = writing.objectStore('searchBlock').count()
              writing.oncomplete = () => {
                base.close()
                resolve([...keys.result.map(String), blocks.result > 0 ? 'index' : 'no index'])
              }
              writing.onabort = () => reject(writing.error)
            }
          }),
        [await baseOf(page), putNext] as const,
      )
    let putNext: [string, 0 | 1][] = [
      ['cached', 0],
      ['own', 1],
    ]
    await restIndexer()
    await files()
    putNext = []
    expect(await files()).toEqual(['cached', 'own', 'index'])
    const { name, outcome, dialog } = await saveUntil(async () => {
      const kept = (await files()).join()
      expect(['cached,own,index', 'own,index', 'own,no index']).toContain(kept)
      return kept === 'own,no index'
    })
    await storage.empty()
    if (outcome === 'refused')
      await dialog.getByRole('button', { name: 'Сохранить', exact: true }).click()
    await nameIsAtRelay(name)
    expect(await files()).toContain('own')
  })
})
