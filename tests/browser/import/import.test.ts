/** Настройки → «Импорт клиентов», as an employee does it with the network cut, and what others see of it. */
import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Device, launchBrowser, newDevice } from '../../lab/chromium.ts'
import { administrator, setUp } from '../../lab/device.ts'
import { type Relay, startRelay } from '../../lab/relay.ts'
import { allIsHere } from '../../lab/sign-in.ts'
import { files } from '../../unit/import/files.ts'

const csv = [
  'Название;Телефон;E-mail;ИНН;Вид деятельности',
  'ООО «Ромашка»;+7 495 123-45-67, 8 916 765-43-21;info@romashka.test;7707083893;цветы',
  'АО «Вектор-Плюс»;8 495 777-88-99;;;станки',
  'ИП Сидоров Пётр Ильич;нет 12345678901234567;sidorov@mail.test;;',
  'Кривой ИНН;8 495 000-11-22;;7707083894;',
].join('\r\n')

const signIn = async (relay: Relay, { page, problems }: Device) => {
  await page.goto(relay.url)
  await page.locator('input[type=email]').fill(administrator.email)
  await page.locator('input[type=password]').fill(administrator.password)
  await page.keyboard.press('Enter')
  await page.getByText('Сохранено').first().waitFor()
  // The browser's words on a session that is not there yet.
  problems.length = 0
}

const choose = (page: Page, name: string, content: string | Uint8Array) =>
  page
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) })

const press = (page: Page, name: string) =>
  page.getByRole('main').getByRole('button', { name, exact: true }).click()

/** From a chosen file to the end of the check. */
const toCheck = async (page: Page) => {
  await press(page, 'Прочитать')
  await press(page, 'Далее')
  await press(page, 'Далее')
  await press(page, 'Проверить')
  await page.getByRole('button', { name: /^Все строки/ }).waitFor()
}

describe('the import of clients', () => {
  let relay: Relay
  let browser: Browser
  let laptop: Device

  beforeAll(async () => {
    relay = await startRelay()
    await setUp(relay.url)
    browser = await launchBrowser()
    laptop = await newDevice(browser, { width: 1440, height: 900 })
    await signIn(relay, laptop)
    // A base that is not here whole yet loads nothing.
    await allIsHere(laptop.page)
    await laptop.offline()
  })

  afterAll(async () => {
    await laptop?.close()
    await browser?.close()
    await relay?.stop()
  })

  it('reads a file, shows what each column becomes and every row, and loads it with no network', async () => {
    const { page } = laptop
    await page.getByRole('link', { name: 'Клиенты' }).first().click()
    await page.getByRole('link', { name: 'Импорт', exact: true }).click()
    await laptop.screenshot('import-1-start')
    await choose(page, 'клиенты.csv', csv)
    await press(page, 'Прочитать')
    await page.getByText('4 строки').waitFor()
    await laptop.screenshot('import-2-read')
    await press(page, 'Далее')
    await page.getByLabel('Тип отношений').selectOption({ label: 'Покупатель' })
    await page.getByLabel('Теги для всех').fill('выставка')
    await laptop.screenshot('import-3-options')
    await press(page, 'Далее')
    await expect
      .poll(() => page.getByRole('combobox', { name: 'Телефон' }).inputValue())
      .toBe('phone.work')
    await expect
      .poll(() => page.getByRole('combobox', { name: 'Вид деятельности' }).inputValue())
      .toBe('')
    await page
      .getByRole('combobox', { name: 'Вид деятельности' })
      .selectOption({ label: 'Заметка' })
    await laptop.screenshot('import-4-columns')
    await press(page, 'Проверить')
    await page.getByText('Недопустимый номер телефона: нет 12345678901234567').waitFor()
    await page.getByText(/ИНН с ошибкой.*7707083894/).waitFor()
    await page.getByRole('button', { name: 'Новые 2', exact: true }).waitFor()
    await laptop.screenshot('import-5-check')
    await press(page, 'Загрузка')
    await page.getByRole('heading', { name: 'Файл загружен' }).waitFor()
    await laptop.screenshot('import-6-end')

    const downloading = page.waitForEvent('download')
    await press(page, 'Скачать незагруженные строки')
    const report = await downloading
    expect(report.suggestedFilename()).toBe('клиенты — не загружено.csv')
    const text = await readFile(await report.path(), 'utf8')
    expect(text.split('\r\n')[0]).toContain('Название;Телефон;E-mail;ИНН;Вид деятельности;Ошибка')
    expect(text.trim().split('\r\n')).toHaveLength(3)

    // The rows corrected, loaded from the report itself.
    await press(page, 'Загрузить ещё файл')
    const corrected = text
      .replace('нет 12345678901234567', '89160001122')
      .replace('7707083894', '7736050003')
    await choose(page, 'исправлено.csv', corrected)
    await toCheck(page)
    await page.getByRole('button', { name: 'Новые 2', exact: true }).waitFor()
    await press(page, 'Загрузка')
    await page.getByRole('heading', { name: 'Файл загружен' }).waitFor()
  })

  it('finds nothing to do in the same file, and says what another one would change', async () => {
    const { page } = laptop
    await press(page, 'Загрузить ещё файл')
    await choose(page, 'клиенты.csv', csv.split('\r\n').slice(0, 3).join('\r\n'))
    await toCheck(page)
    await page.getByRole('button', { name: 'Без изменений 2', exact: true }).waitFor()
    await expect
      .poll(() => page.getByRole('main').getByRole('button', { name: 'Загрузка' }).isDisabled())
      .toBe(true)
    await page.getByRole('link', { name: 'Клиенты' }).first().click()
    await page.getByRole('link', { name: 'Импорт', exact: true }).click()
    await press(page, 'Назад')
    await press(page, 'Назад')
    await press(page, 'Назад')
    await choose(page, 'битрикс.csv', files['bitrix-companies-utf8-bom.csv'] ?? new Uint8Array())
    await toCheck(page)
    await page.getByText('Уже есть: ООО «Ромашка» (тот же телефон +7 495 123-45-67)').waitFor()
    await laptop.screenshot('import-7-differs')
    await press(page, 'Загрузка')
    await page.getByRole('heading', { name: 'Файл загружен' }).waitFor()
  })

  it('reaches other devices, and is undone on one of them', async () => {
    await laptop.online()
    const phone = await newDevice(browser, {
      width: 390,
      height: 844,
      phone: true,
      colorScheme: 'dark',
    })
    await signIn(relay, phone)
    const { page } = phone
    await page.goto(`${relay.url}/clients`)
    await page.getByRole('link', { name: 'ИП Сидоров Пётр Ильич' }).waitFor()
    await phone.screenshot('import-8-list-phone')
    await page.goto(`${relay.url}/settings/import`)
    const earlier = page.getByRole('listitem').filter({ hasText: 'исправлено.csv' })
    await earlier.waitFor()
    await phone.screenshot('import-9-earlier-phone')
    await earlier.getByRole('button', { name: 'Отменить загрузку' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Отменить загрузку' }).click()
    await earlier.getByText('убрано 2').waitFor()

    // Back on the laptop the two are gone and the rest is there.
    await laptop.page.goto(`${relay.url}/clients`)
    await laptop.page.getByText('2 клиента').waitFor()
    await laptop.page.getByRole('link', { name: 'ООО «Ромашка»' }).waitFor()
    expect(phone.problems).toEqual([])
    expect(laptop.problems).toEqual([])
    await phone.close()
  })
})
