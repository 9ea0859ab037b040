/** History, trash and erasing as people meet them: real relay, two real Chromiums. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hour } from '../../../shared/clock.ts'
import { newId } from '../../../shared/ids.ts'
import { change } from '../../../shared/records/change.ts'
import { entryId } from '../../../shared/records/directory.ts'
import { findings } from '../../lab/accessibility.ts'
import { type Device, launchBrowser, newDevice } from '../../lab/chromium.ts'
import { administrator, type NodeDevice, pushAsService, setUp } from '../../lab/device.ts'
import { type Relay, startRelay } from '../../lab/relay.ts'
import { allIsHere } from '../../lab/sign-in.ts'
import { type Seeded, seed } from '../screens/seed.ts'

let relay: Relay
let browser: Browser
let seeded: Seeded
let laptop: Device
let phone: Device

const signIn = async ({ page }: Device): Promise<void> => {
  await page.goto(relay.url)
  await page.locator('input[type=email]').fill(administrator.email)
  await page.locator('input[type=password]').fill(administrator.password)
  await page.locator('input[type=password]').press('Enter')
  await allIsHere(page)
}

/** Calls with a client, an hour apart, numbered from the newest; two pages of a timeline and some. */
const calls = 150

const seedCalls = async (contact: string, { session }: NodeDevice): Promise<void> => {
  const entries = Array.from({ length: calls }, (_, n) => {
    const id = newId()
    const at = Date.now() - (n + 1) * hour
    const kind = entryId('interactionKind', 'call')
    const by = session.user.id
    const text = `Разговор № ${n}: ${n % 50 === 7 ? 'обсудили скидку' : 'сроки отгрузки'}`
    const patch = { contact, contactType: 'client', kind, at, text, createdAt: at, createdBy: by }
    const made = change('interaction', id, null, patch, 900_000 + n)
    if (!made.ok || !made.value.update) throw new Error(JSON.stringify(made))
    return { n, id, type: 'interaction' as const, at, update: made.value.update }
  })
  const { outcomes } = await pushAsService(relay.url, relay.token, entries)
  expect(outcomes.filter(({ ok }) => !ok)).toEqual([])
}

beforeAll(async () => {
  relay = await startRelay()
  const admin = await setUp(relay.url)
  seeded = await seed(relay, admin, Date.now())
  await seedCalls(seeded.clients.long, admin)
  browser = await launchBrowser()
  laptop = await newDevice(browser, { width: 1440, height: 900 })
  phone = await newDevice(browser, { width: 390, height: 844, phone: true })
  await Promise.all([signIn(laptop), signIn(phone)])
})

afterAll(async () => {
  await browser?.close()
  await relay?.stop()
})

/** Names of stores whose keys or values hold one of these words, in every base of the page. */
const storesWith = (on: Page, words: string[]): Promise<string[]> =>
  on.evaluate(async (wanted) => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const textOf = async (value: unknown): Promise<string> => {
      if (value instanceof Uint8Array) return new TextDecoder().decode(value)
      if (value instanceof Blob) return value.text()
      if (typeof value !== 'object' || value === null) return String(value)
      const parts = []
      for (const [key, inner] of Object.entries(value)) parts.push(key, await textOf(inner))
      return parts.join('\n')
    }
    const found = []
    for (const { name } of await indexedDB.databases()) {
      const base = await done(indexedDB.open(name ?? ''))
      for (const store of base.objectStoreNames) {
        const table = base.transaction(store).objectStore(store)
        const [keys, values] = await Promise.all([done(table.getAllKeys()), done(table.getAll())])
        const text = (await textOf([keys, values])).toLowerCase()
        if (wanted.some((word) => text.includes(word))) found.push(store)
      }
      base.close()
    }
    return found
  }, words)

/** Before the sign-in the page asks who it is, and the browser notes the answer. */
const unexpected = (problem: string) => !/401.*\/api\/session/.test(problem)

test('a change is shown with its device and values, and put back with no network', async () => {
  const { page } = laptop
  await page.goto(`${relay.url}/clients/${seeded.clients.ivanov}`)
  const phones = page.getByRole('group', { name: 'Телефоны' })
  const field = phones.getByRole('textbox', { name: 'Телефоны', exact: true })
  await field.fill('89167654321')
  await field.press('Enter')
  const timeline = page.getByRole('region', { name: 'История' })
  const changed = timeline.locator('details').filter({ hasText: 'изменили: Телефоны' })
  await changed.waitFor()
  // The entry is drawn anew when the relay has more to say of it; opened before, it would close.
  const opened = async () => {
    if (!(await changed.evaluate((entry: HTMLDetailsElement) => entry.open)))
      await changed.locator('summary').click()
    return changed.getByText('Устройство: Chrome, Linux, это устройство').isVisible()
  }
  await expect.poll(opened).toBe(true)
  await changed.getByText('+7 916 123-45-67').waitFor()
  await changed.getByText('+7 916 765-43-21').waitFor()
  await expect.poll(() => findings(page)).toEqual([])
  await laptop.screenshot('history')

  await laptop.offline()
  await changed.getByRole('button', { name: 'Вернуть прежнее: Телефоны' }).click()
  await expect.poll(() => field.inputValue()).toBe('+7 916 123-45-67')
  // What was loaded before is read again without the network.
  await page.reload()
  await changed.waitFor()
  await laptop.online()
  await timeline.locator('details').filter({ hasText: 'Телефоны' }).nth(1).waitFor()

  const { page: there } = phone
  await there.goto(`${relay.url}/clients/${seeded.clients.ivanov}`)
  const same = there.getByRole('group', { name: 'Телефоны' }).getByRole('textbox').first()
  await expect.poll(() => same.inputValue()).toBe('+7 916 123-45-67')
})

test('the whole card returns to an earlier moment', async () => {
  const { page } = laptop
  await page.goto(`${relay.url}/clients/${seeded.clients.ivanov}`)
  const name = page.getByRole('textbox', { name: 'Наименование' })
  await name.fill('Иванов-Петров')
  await name.press('Enter')
  await page.getByRole('heading', { name: 'Иванов-Петров' }).waitFor()
  const created = page.locator('details').filter({ hasText: 'Interes создал карточку' })
  await created.locator('summary').click()
  await created.getByRole('button', { name: 'Вернуть всю карточку к этому моменту' }).click()
  await page.getByRole('heading', { name: 'Иванов Константин Константинович' }).waitFor()
})

test('a card’s timeline is read by kind, searched, and goes on to what is older', async () => {
  const { page } = laptop
  await page.goto(`${relay.url}/clients/${seeded.clients.long}`)
  const timeline = page.getByRole('region', { name: 'История' })
  const entries = timeline.getByRole('list', { name: 'История' })
  const call = (n: number) => entries.getByText(`Разговор № ${n}:`)
  await call(0).waitFor()

  await timeline.getByRole('tab', { name: 'Изменения' }).click()
  await timeline.getByText('создал карточку').waitFor()
  await expect.poll(() => call(0).count()).toBe(0)
  await timeline.getByRole('tab', { name: 'События' }).click()
  await call(0).waitFor()
  await expect.poll(() => timeline.getByText('создал карточку').count()).toBe(0)

  // The oldest is two pages further down, and in no row of the document until then.
  await expect.poll(() => call(calls - 1).count()).toBe(0)
  await entries.hover()
  await expect
    .poll(async () => {
      await page.mouse.wheel(0, 5_000)
      return call(calls - 1).count()
    })
    .toBe(1)

  await timeline.getByRole('button', { name: 'Найти и отобрать' }).click()
  await timeline.getByRole('searchbox', { name: 'Найти в истории' }).fill('скидк')
  await expect
    .poll(() => entries.getByText('Разговор № ').allTextContents())
    .toEqual([7, 57, 107].map((n) => `Разговор № ${n}: обсудили скидку`))
  await expect.poll(() => findings(page, 'main')).toEqual([])
  await timeline.getByRole('searchbox').fill('такого не было')
  await timeline.getByRole('button', { name: 'Показать всё' }).click()
  await call(0).waitFor()
})

test('what was deleted lies in the trash with who and for how long, and comes back in bulk', async () => {
  const { page } = laptop
  for (const id of [seeded.clients.ivanov, seeded.clients.long]) {
    await page.goto(`${relay.url}/clients/${id}`)
    await page.getByRole('button', { name: 'Действия' }).click()
    await page.getByRole('menuitem', { name: 'Удалить' }).click()
    await page.waitForURL(`${relay.url}/clients`)
  }
  await page.goto(`${relay.url}/settings`)
  await page.getByRole('link', { name: 'Корзина' }).click()
  await page
    .getByText(/Клиент · .* · удалил\(а\) вы · осталось 30 дней/)
    .first()
    .waitFor()
  await expect.poll(() => findings(page)).toEqual([])
  await laptop.screenshot('trash')
  // Both: what is ticked is what is there.
  await expect.poll(() => page.getByText(/осталось 30 дней/).count()).toBe(2)
  await page.getByRole('checkbox', { name: 'Выбрать все' }).check()
  await page.getByRole('button', { name: 'Восстановить 2' }).click()
  await page.getByRole('heading', { name: 'Корзина пуста' }).waitFor()
  await page.goto(`${relay.url}/clients`)
  await page.getByRole('link', { name: 'Иванов Константин Константинович' }).waitFor()
})

test('an event is written down with no network, read on the other device, and thrown away there', async () => {
  const { page } = laptop
  await page.goto(`${relay.url}/clients/${seeded.clients.ivanov}`)
  await page.getByRole('button', { name: 'Добавить событие' }).first().waitFor()
  await laptop.offline()
  await page.getByRole('button', { name: 'Добавить событие' }).first().click()
  const form = page.getByRole('dialog', { name: 'Добавить событие' })
  await form.getByLabel('Что это было').selectOption({ label: 'Встреча' })
  await form.getByLabel('Когда').fill('вчера 15:00')
  await form.getByLabel('О чём говорили').fill('Показал образцы плитки')
  await expect.poll(() => findings(page)).toEqual([])
  await form.getByRole('button', { name: 'Сохранить', exact: true }).click()
  await page.getByRole('button', { name: /Встреча.*Вы.*15:00.*Показал образцы/s }).waitFor()
  await laptop.online()

  const { page: there } = phone
  await there.goto(`${relay.url}/clients/${seeded.clients.ivanov}`)
  await there.getByRole('tab', { name: 'История' }).click()
  await there.getByRole('tab', { name: 'События' }).click()
  await there.getByRole('button', { name: /Встреча.*Показал образцы/s }).click()
  await there
    .getByRole('dialog', { name: 'Событие' })
    .getByRole('button', { name: 'Удалить' })
    .click()
  await page.getByText('Показал образцы плитки').waitFor({ state: 'detached' })
  await page.goto(`${relay.url}/settings/trash`)
  await page.getByText(/Событие · .* · удалил\(а\) вы/).waitFor()
})

test('an erased client leaves no byte at the relay and on devices, the one that was away included', async () => {
  const words = ['лки-палки', 'zakaz@elki', '7736050003', 'плитка керамическая']
  const { page } = laptop
  const { page: away } = phone
  await away.goto(`${relay.url}/clients/${seeded.clients.elki}`)
  await away.getByRole('heading', { name: 'ООО «Ёлки-Палки»' }).waitFor()
  // Unsent words of a device that is away: a change, and a draft of a letter.
  await phone.offline()
  const note = away.getByRole('textbox', { name: 'Заметка' })
  await note.press('Control+End')
  await note.pressSequentially(' Ещё о Ёлки-Палки')
  // A page that is left at once may take the last letters with it.
  await expect.poll(() => storesWith(away, words)).toContain('outbox')
  await away.goto(`${relay.url}/mail/new?to=zakaz%40elki.test`)
  await away.getByRole('textbox', { name: 'Тема' }).fill('Для Ёлки-Палки')
  await expect.poll(() => storesWith(away, words)).toContain('drafts')

  await page.goto(`${relay.url}/clients/${seeded.clients.elki}`)
  await page.getByRole('button', { name: 'Действия' }).click()
  await page.getByRole('menuitem', { name: 'Стереть навсегда' }).click()
  const dialog = page.getByRole('dialog')
  const confirm = dialog.getByRole('textbox')
  await confirm.fill('Ёлки')
  await dialog.getByRole('button', { name: 'Стереть навсегда' }).click()
  await dialog.getByText('Имя набрано иначе').waitFor()
  await expect.poll(() => findings(page)).toEqual([])
  await confirm.fill('ООО «Ёлки-Палки»')
  await dialog.getByRole('button', { name: 'Стереть навсегда' }).click()
  await page.waitForURL(`${relay.url}/clients`)
  await expect.poll(() => storesWith(page, words)).toEqual([])

  const wordsAtRelay = async () => {
    const files = (await readdir(relay.dataDir)).filter((name) => name.startsWith('relay.sqlite'))
    const bytes = await Promise.all(files.map((name) => readFile(join(relay.dataDir, name))))
    return ['лки-Палки', 'zakaz@elki', '7736050003', 'Плитка'].filter((word) =>
      Buffer.concat(bytes).includes(word),
    )
  }
  await expect.poll(wordsAtRelay).toEqual([])

  await away.goto(`${relay.url}/clients`)
  await phone.online()
  await expect.poll(() => storesWith(away, words)).toEqual([])
  expect(laptop.problems.filter(unexpected)).toEqual([])
  expect(phone.problems.filter(unexpected)).toEqual([])
})
