/** The search over everything as an employee uses it: real relay, real Chromium, with and without a network. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { change } from '../../../shared/records/change.ts'
import { findings } from '../../lab/accessibility.ts'
import { type Device, launchBrowser, newDevice } from '../../lab/chromium.ts'
import { invite, type NodeDevice, pushAsService, setUp } from '../../lab/device.ts'
import { until } from '../../lab/processes.ts'
import { type Relay, startRelay } from '../../lab/relay.ts'
import { allIsHere } from '../../lab/sign-in.ts'
import { type Seeded, seed } from '../screens/seed.ts'

const employee = {
  name: 'Борис Продавцов',
  email: 'boris@romashka.test',
  password: 'тоже довольно длинный пароль',
}

let relay: Relay
let browser: Browser
let admin: NodeDevice
let seeded: Seeded
let device: Device
let page: Page

const search = async (typed: string): Promise<void> => {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Поиск' }).fill(typed)
}
const results = () => page.getByRole('listbox', { name: 'Поиск' })
const options = () => results().getByRole('option')

/** Every string in every base of the device, bytes read as UTF-8. */
const everythingKept = (): Promise<string> =>
  page.evaluate(async () => {
    const kept: string[] = []
    const asked = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const read = (_key: string, value: unknown) =>
      value instanceof Uint8Array ? new TextDecoder().decode(value) : value
    for (const { name = '' } of await indexedDB.databases()) {
      const base = await asked(indexedDB.open(name))
      const tables = [...base.objectStoreNames]
      for (const table of tables)
        kept.push(
          `${table} ${JSON.stringify(await asked(base.transaction(table).objectStore(table).getAll()), read)}`,
        )
      base.close()
    }
    return kept.join('\n')
  })

beforeAll(async () => {
  relay = await startRelay()
  admin = await setUp(relay.url)
  seeded = await seed(relay, admin, Date.now())
  await invite(relay.url, admin, employee)
  browser = await launchBrowser()
  device = await newDevice(browser, { width: 1440, height: 900 })
  page = device.page
  await page.goto(relay.url)
  await page.locator('input[type=email]').fill(employee.email)
  await page.locator('input[type=password]').fill(employee.password)
  await page.keyboard.press('Enter')
  await page
    .getByRole('link', { name: /Ёлки-Палки/ })
    .first()
    .waitFor()
  // Before anybody signed in, the question who it is was answered with 401.
  device.problems.length = 0
})

afterAll(async () => {
  await browser?.close()
  await relay?.stop()
})

describe('the search over everything', () => {
  test('finds the words of a letter in another form, and opens the dialog at it', async () => {
    await search('плитками')
    await results().getByText('Сообщения').waitFor()
    await results().locator('mark', { hasText: 'плитка' }).first().waitFor()
    await search('сообщение 123')
    const found = options().filter({ hasText: 'Сообщение 123.' })
    await found.waitFor()
    await device.screenshot('search')
    await found.click()
    const message = page.getByRole('log').getByText('Сообщение 123.')
    await message.waitFor()
    expect(page.url()).toContain(`/dialogs/${seeded.dialogs.long}?message=`)
    await until('the message to be in view', async () => {
      const box = await message.boundingBox()
      return (box && box.y > 100 && box.y < 800) || undefined
    })
    await device.screenshot('search-opened')
  })

  test('finds contacts by name, phone and note', async () => {
    await search('елки палки')
    await options().filter({ hasText: 'ООО «Ёлки-Палки»' }).first().waitFor()
    await search('8 495 111-22-33')
    await options().filter({ hasText: 'ООО «Ёлки-Палки»' }).waitFor()
    await search('платить звонок')
    await results().page().getByText('Ничего не найдено').waitFor()
    await search('платят звонить')
    await options().filter({ hasText: 'Звонить Анне' }).waitFor()
    await page.keyboard.press('Escape')
  })

  test('is used by the keyboard, and axe finds nothing serious in it', async () => {
    for (const [name, viewport, colorScheme] of [
      ['wide, light', { width: 1440, height: 900 }, 'light'],
      ['narrow, dark', { width: 390, height: 844 }, 'dark'],
    ] as const) {
      await page.setViewportSize(viewport)
      await page.emulateMedia({ colorScheme })
      await search('ан')
      await results().locator('mark').first().waitFor()
      const last = options().last()
      // As many as there are by then: more may be found while one walks.
      await expect
        .poll(
          async () => {
            await page.keyboard.press('ArrowDown')
            return last.getAttribute('aria-selected')
          },
          { interval: 1 },
        )
        .toBe('true')
      await until('the last one to be in view', async () => {
        const [box, list] = [await last.boundingBox(), await results().boundingBox()]
        return (box && list && box.y + box.height <= list.y + list.height + 1) || undefined
      })
      await expect.poll(() => findings(page, 'dialog')).toEqual([])
      await device.screenshot(`search, ${name}`)
      await page.keyboard.press('Escape')
      await results().waitFor({ state: 'detached' })
    }
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.emulateMedia({ colorScheme: 'light' })
  })

  test('works after a reload with no network, on the index that was kept', async () => {
    await allIsHere(page)
    await device.offline()
    await page.reload()
    await page
      .getByRole('link', { name: /Ёлки-Палки/ })
      .first()
      .waitFor()
    await search('керамической плиткой')
    await results().locator('mark', { hasText: 'керамическая' }).first().waitFor()
    await page.keyboard.press('Escape')
    await device.online()
  })

  test('finds nothing of a mailbox that was closed to the user, and keeps no word of it', async () => {
    // Its words, which come with the letters and with the index.
    await expect.poll(async () => (await everythingKept()).includes('незнакомцев')).toBe(true)
    let state: Uint8Array | undefined
    for await (const frame of admin.feed()) {
      if ('entries' in frame)
        state = frame.entries.find(({ id }) => id === seeded.account)?.bytes ?? state
      if (frame.kind === 'caughtUp') break
    }
    const closed = { access: 'list', users: [admin.session.user.id] }
    const made = change('account', seeded.account, state ?? null, closed, 77)
    if (!made.ok || !made.value.update) throw new Error('not a change')
    const entry = { n: 1, id: seeded.account, type: 'account' as const, at: Date.now() }
    await pushAsService(relay.url, relay.token, [{ ...entry, update: made.value.update }])
    let left: string[] = []
    await until(
      () => `nothing of it to be kept: ${left.join(', ')}`,
      async () => {
        const kept = (await everythingKept()).toLowerCase()
        left = ['незнакомцев', 'керамическая', 'укладк'].filter((word) => kept.includes(word))
        return left.length === 0 || undefined
      },
    )
    await search('плитка')
    await page.getByText('Ничего не найдено').waitFor()
    await search('елки')
    // At once, while nothing may be found yet.
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'ООО «Ёлки-Палки»' }).waitFor()
    expect(device.problems).toEqual([])
  })
})
