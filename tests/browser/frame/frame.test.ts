/** The frame as people meet it: first run, invitation, settings, no network, languages, themes. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findings } from '../../lab/accessibility.ts'
import { type Device, launchBrowser, newDevice } from '../../lab/chromium.ts'
import { administrator } from '../../lab/device.ts'
import { firstScreenScripts } from '../../lab/first-screen.ts'
import { type Relay, startRelay } from '../../lab/relay.ts'
import { allIsHere } from '../../lab/sign-in.ts'

/** design.md: JavaScript for the first screen, bytes gzipped. */
const firstScreenLimit = 150 * 1024

let relay: Relay
let browser: Browser
let laptop: Device
let phone: Device
let page: Page
let inviteLink: string

beforeAll(async () => {
  relay = await startRelay()
  browser = await launchBrowser()
  laptop = await newDevice(browser, { width: 1440, height: 900 })
  phone = await newDevice(browser, { width: 390, height: 844, phone: true, colorScheme: 'dark' })
  page = laptop.page
})

afterAll(async () => {
  await browser?.close()
  await relay?.stop()
})

const heading = (on: Page, name: string) => on.getByRole('heading', { level: 1, name })

describe('first run', () => {
  test('says at each field what is missing, and keeps what was typed over a reload', async () => {
    await page.goto(relay.url)
    await page.getByLabel('ФИО').fill(administrator.fullName)
    await page.getByRole('textbox', { name: 'Пароль' }).fill('коротко')
    await page.getByRole('button', { name: 'Начать работу' }).click()
    const email = page.getByLabel('Электронная почта')
    await page.getByText('Пароль короче 10 знаков').waitFor()
    await expect.poll(() => email.getAttribute('aria-invalid')).toBe('true')
    await expect.poll(() => email.getAttribute('aria-describedby')).toMatch(/error/)
    await expect.poll(() => email.evaluate((field) => field === document.activeElement)).toBe(true)
    await laptop.screenshot('wide-setup-errors')
    await expect.poll(() => findings(page)).toEqual([])

    await page.reload()
    await expect.poll(() => page.getByLabel('ФИО').inputValue()).toBe(administrator.fullName)
    await expect.poll(() => page.getByRole('textbox', { name: 'Пароль' }).inputValue()).toBe('')
  })

  test('asks a sole proprietor for a name instead of a company (F3)', async () => {
    await page.getByText('ИП', { exact: true }).click()
    await page.getByLabel('ФИО предпринимателя').waitFor()
    await expect.poll(() => page.getByLabel('Название компании').count()).toBe(0)
    await expect.poll(() => page.getByLabel('Организационно-правовая форма').count()).toBe(0)
    await page.getByText('Юридическое лицо').click()
  })

  test('opens an empty base on Настройки, which offers mail first (F4, F5)', async () => {
    await page.getByLabel('Электронная почта').fill(administrator.email)
    await page.getByLabel('Телефон').fill('8 (495) 123-45-67')
    await page.getByRole('textbox', { name: 'Пароль' }).fill(administrator.password)
    await page.getByLabel('ИНН').fill(administrator.inn)
    await page.getByLabel('Организационно-правовая форма').fill('ООО')
    await page.getByLabel('Название компании').fill('Ромашка')
    await page.getByLabel('Вид бизнеса').fill('Торговля')
    await page.getByLabel('Сколько сотрудников').fill('12')
    await page.getByRole('button', { name: 'Начать работу' }).click()
    await heading(page, 'Настройки').waitFor()
    await page.getByRole('link', { name: 'Добавить учётную запись почты' }).waitFor()
    await page.getByText('Сохранено').waitFor()
    await expect.poll(() => page.getByRole('link', { name: 'Почта', exact: true }).count()).toBe(1)
    await laptop.screenshot('wide-settings')
    await expect.poll(() => findings(page)).toEqual([])
  })
})

describe('people', () => {
  test('an invitation is a link', async () => {
    await page.goto(`${relay.url}/settings/employees`)
    await page.getByRole('button', { name: 'Пригласить' }).click()
    const dialog = page.getByRole('dialog', { name: 'Пригласить сотрудника' })
    await dialog.getByLabel('ФИО').fill('Борис Петрович Длиннофамильский-Задунайский')
    await laptop.screenshot('wide-invite')
    await dialog.getByRole('button', { name: 'Создать ссылку' }).click()
    const link = dialog.getByLabel('Ссылка')
    await link.waitFor()
    inviteLink = await link.inputValue()
    await expect.poll(() => findings(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Готово' }).click()
    await page.getByText('Борис Петрович').first().waitFor()
  })

  test('an employee accepts it on a phone and is in at once', async () => {
    const on = phone.page
    await on.goto(inviteLink)
    await heading(on, 'Приглашение').waitFor()
    await on.getByLabel('Электронная почта').fill('boris@romashka.test')
    await on.getByRole('textbox', { name: 'Пароль' }).fill('ещё один пароль')
    await phone.screenshot('phone-dark-invite')
    await expect.poll(() => findings(on)).toEqual([])
    await on.getByRole('button', { name: 'Начать работу' }).click()
    await on.getByRole('navigation', { name: 'Разделы' }).waitFor()
    await on.getByText('Сохранено').waitFor()
    await page.getByText('boris@romashka.test').waitFor()
  })

  test('a used invitation says so', async () => {
    const other = await newDevice(browser, { width: 1440, height: 900 })
    await other.page.goto(inviteLink)
    await other.page.getByText('Приглашение уже использовано').waitFor()
    await other.close()
  })
})

describe('every page', () => {
  const pages: [path: string, title: string][] = [
    ['/settings', 'Настройки'],
    ['/settings/mail', 'Почта'],
    ['/settings/mail/new', 'Новая учетная запись почты'],
    ['/settings/employees', 'Сотрудники'],
    ['/settings/roles', 'Роли'],
    ['/settings/departments', 'Подразделения'],
    ['/settings/device', 'Об этом устройстве'],
    ['/offline-work', 'Работа без сети'],
    ['/profile', 'Профиль'],
  ]
  test.each(pages)('%s is an address, and axe finds nothing serious', async (path, title) => {
    for (const [device, name] of [
      [laptop, 'wide'],
      [phone, 'phone-dark'],
    ] as const) {
      // That it is an address one device shows; on the other one goes there as by a link.
      if (device === laptop) await device.page.goto(relay.url + path)
      else await device.page.evaluate((to) => history.pushState(null, '', to), path)
      await heading(device.page, title).waitFor()
      // What the form folds away belongs to it.
      if (path === '/settings/mail/new') await device.page.getByText('Дополнительно').click()
      await device.screenshot(`${name}${path.replaceAll('/', '-')}`)
      await expect.poll(() => findings(device.page), { message: name }).toEqual([])
      // Nothing is wider than the screen.
      const overflow = () =>
        device.page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        )
      await expect.poll(overflow, { message: name }).toBe(0)
    }
  })

  test('an unknown address leads back', async () => {
    await page.goto(`${relay.url}/no/such/page`)
    await page.getByText('Такой страницы нет').waitFor()
    await page.getByRole('link', { name: 'К диалогам' }).click()
    await page.waitForURL('**/dialogs')
  })
})

describe('the keyboard', () => {
  test('goes to places, opens search, creation and the list of keys', async () => {
    await page.goto(`${relay.url}/settings`)
    await heading(page, 'Настройки').waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('c')
    await page.waitForURL('**/clients')
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Клавиши' }).waitFor()
    await laptop.screenshot('wide-keys')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog', { name: 'Клавиши' }).waitFor({ state: 'hidden' })
    await page.keyboard.press('c')
    const first = page.getByRole('menuitem', { name: 'Клиент', exact: true })
    await expect.poll(() => first.evaluate((item) => item === document.activeElement)).toBe(true)
    await laptop.screenshot('wide-create')
    await page.keyboard.press('Escape')
    await first.waitFor({ state: 'hidden' })
    await page.keyboard.press('Control+k')
    const search = page.getByRole('combobox', { name: 'Поиск' })
    await search.fill('никто')
    await page.getByText('Ничего не найдено').waitFor()
    await laptop.screenshot('wide-search')
    await expect.poll(() => findings(page)).toEqual([])
    await page.keyboard.press('Escape')
    await search.waitFor({ state: 'detached' })
  })
})

describe('a mailbox that cannot be connected', () => {
  test('is said in words, with the password field empty after a reload', async () => {
    await page.goto(`${relay.url}/settings/mail/new`)
    await page.getByLabel('Адрес электронной почты').fill('sales@yandex.ru')
    await page.getByText('Яндексу нужен пароль приложения').waitFor()
    await page.getByRole('textbox', { name: 'Пароль' }).fill('тайна')
    await page.getByRole('button', { name: 'Создать', exact: true }).last().click()
    // No connector runs beside this relay.
    await page.getByText('Служба почты не запущена').waitFor({ timeout: 60_000 })
    await page.reload()
    await expect
      .poll(() => page.getByLabel('Адрес электронной почты').inputValue())
      .toBe('sales@yandex.ru')
    await expect.poll(() => page.getByRole('textbox', { name: 'Пароль' }).inputValue()).toBe('')
  })
})

describe('no network', () => {
  test('the program starts at any address, and what is done waits and can be taken back', async () => {
    await page.goto(`${relay.url}/profile`)
    await heading(page, 'Профиль').waitFor()
    await allIsHere(page)
    await laptop.offline()
    await page.reload()
    await heading(page, 'Профиль').waitFor()
    const position = page.getByLabel('Должность')
    await position.fill('Директор по продажам')
    await position.press('Enter')
    await page.getByText('Нет сети · 1 ждёт').waitFor()

    await page.getByText('Нет сети · 1 ждёт').click()
    await heading(page, 'Работа без сети').waitFor()
    const change = page.getByRole('listitem').filter({ hasText: 'Директор по продажам' })
    await change.getByText('изменено').waitFor()
    await change.getByText('Должность').waitFor()
    await laptop.screenshot('wide-offline-work')
    await expect.poll(() => findings(page)).toEqual([])
    await change.getByRole('button', { name: 'Отказаться' }).click()
    await page
      .getByRole('dialog', { name: 'Отказаться от изменения?' })
      .getByRole('button', { name: 'Отказаться' })
      .click()
    await page.getByText('Всё отправлено.').waitFor()
    await page.goto(`${relay.url}/profile`)
    // Of what is kept, not of a form that is not filled yet.
    const fullName = page.getByLabel('ФИО')
    await expect.poll(() => fullName.inputValue()).toBe(administrator.fullName)
    await expect.poll(() => page.getByLabel('Должность').inputValue()).toBe('')

    await page.getByLabel('Должность').fill('Директор')
    await page.getByLabel('Должность').press('Enter')
    await page.getByText('Нет сети · 1 ждёт').waitFor()
    await laptop.online()
    await page.getByText('Сохранено').waitFor()
    await phone.page.goto(`${relay.url}/settings/employees`)
    await phone.page.getByText('Директор').waitFor()
  })
})

describe('look and language', () => {
  test('are chosen in the profile and stay over a reload, with no flash', async () => {
    await page.goto(`${relay.url}/profile`)
    await page.getByText('Тёмная').click()
    await page.getByText('English', { exact: true }).click()
    await heading(page, 'Profile').waitFor()
    await page.reload({ waitUntil: 'commit' })
    await heading(page, 'Profile').waitFor()
    await expect
      .poll(() => page.evaluate(() => document.documentElement.dataset.theme))
      .toBe('dark')
    await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe('en')
    await laptop.screenshot('wide-dark-profile-en')
    await expect.poll(() => findings(page)).toEqual([])
    await page.getByText('Русский').click()
    await heading(page, 'Профиль').waitFor()
  })
})

describe('leaving', () => {
  test('with changes that wait is warned of', async () => {
    await laptop.offline()
    await page.getByLabel('Должность').fill('Генеральный директор')
    await page.getByLabel('Должность').press('Enter')
    await page.getByText('Нет сети · 1 ждёт').waitFor()
    await page.getByRole('button', { name: /^Меню сотрудника/ }).click()
    await laptop.screenshot('wide-dark-person-menu')
    await page.getByRole('menuitem', { name: 'Выйти' }).click()
    const dialog = page.getByRole('dialog', { name: 'Выйти на этом устройстве?' })
    await dialog.getByText('1 изменение ещё не отправлено').waitFor()
    await dialog.getByRole('button', { name: 'Остаться' }).click()
    await laptop.online()
    await page.getByText('Сохранено').waitFor()
  })

  test('erases the replica; a wrong password then says so, the right one brings it all back', async () => {
    await page.getByRole('button', { name: /^Меню сотрудника/ }).click()
    await page.getByRole('menuitem', { name: 'Выйти' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Выйти' }).click()
    await heading(page, 'Вход').waitFor()
    const bases = () =>
      page.evaluate(async () =>
        (await indexedDB.databases()).filter(({ name }) => /^interes-.*-/.test(name ?? '')),
      )
    await expect.poll(bases).toEqual([])
    await page.getByLabel('Электронная почта').fill(administrator.email)
    await page.getByRole('textbox', { name: 'Пароль' }).fill('не тот пароль')
    await page.keyboard.press('Enter')
    await page.getByText('Почта или пароль не подходят').waitFor()
    await laptop.screenshot('wide-dark-sign-in')
    await expect.poll(() => findings(page)).toEqual([])
    await page.getByRole('textbox', { name: 'Пароль' }).fill(administrator.password)
    await page.keyboard.press('Enter')
    await page.getByRole('navigation', { name: 'Разделы' }).waitFor()
    await page.goto(`${relay.url}/profile`)
    await expect.poll(() => page.getByLabel('Должность').inputValue()).toBe('Генеральный директор')
  })
})

test('the first screen needs less than 150 KB of JavaScript', async () => {
  const other = await newDevice(browser, { width: 1440, height: 900 })
  await other.page.goto(relay.url)
  await other.page.getByLabel('Электронная почта').fill(administrator.email)
  await other.page.getByRole('textbox', { name: 'Пароль' }).fill(administrator.password)
  await other.page.keyboard.press('Enter')
  await other.page.getByRole('navigation', { name: 'Разделы' }).waitFor()
  await other.page.reload()
  await other.page.getByRole('navigation', { name: 'Разделы' }).waitFor()
  await other.page.getByRole('main').getByRole('heading').first().waitFor()
  const { files, bytes } = await firstScreenScripts(other.page)
  expect(files).toBeGreaterThan(1)
  expect(bytes).toBeLessThan(firstScreenLimit)
  await other.close()
})

test('nothing went wrong in any console', () => {
  const expected = /status of (401|410|503)/
  expect(laptop.problems.filter((problem) => !expected.test(problem))).toEqual([])
  expect(phone.problems.filter((problem) => !expected.test(problem))).toEqual([])
})
