/** What an administrator connects: filling a card by ИНН (F72), and programs that use the API. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Device, launchBrowser, newDevice } from '../../lab/chromium.ts'
import { type FakeDadata, startDadata } from '../../lab/dadata.ts'
import { administrator, setUp } from '../../lab/device.ts'
import { type Relay, startRelay } from '../../lab/relay.ts'
import { allIsHere } from '../../lab/sign-in.ts'

let service: FakeDadata
let relay: Relay
let browser: Browser
let laptop: Device
let page: Page

const createClient = async (name: string, inn: string): Promise<void> => {
  await page.goto(`${relay.url}/clients/new`)
  const dialog = page.getByRole('dialog', { name: 'Новый клиент' })
  await dialog.getByLabel('Название компании').fill(name)
  await dialog.getByLabel('ИНН').fill(inn)
  await dialog.getByRole('button', { name: 'Сохранить', exact: true }).click()
  await page.getByRole('heading', { name }).waitFor()
}

const fill = async () => {
  await page.getByRole('button', { name: 'Заполнить по ИНН' }).click()
  return page.getByRole('dialog')
}

beforeAll(async () => {
  service = await startDadata()
  relay = await startRelay({ env: { DADATA_URL: service.url } })
  await setUp(relay.url)
  browser = await launchBrowser()
  laptop = await newDevice(browser, { width: 1440, height: 900 })
  page = laptop.page
  await page.goto(relay.url)
  await page.locator('input[type=email]').fill(administrator.email)
  await page.locator('input[type=password]').fill(administrator.password)
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: 'Клиенты' }).first().waitFor()
  await allIsHere(page)
})

afterAll(async () => {
  await browser?.close()
  await relay?.stop()
  await service?.stop()
})

test('without a key the card says who can connect it and leads there', async () => {
  await createClient('Ветер', '7736050003')
  const dialog = await fill()
  await dialog.getByText('Заполнение по ИНН не подключено').waitFor()
  await dialog.getByRole('link', { name: 'Подключить' }).click()
  await page.getByRole('heading', { name: 'Заполнение по ИНН' }).waitFor()
})

test('a wrong key is refused at the form, a right one is kept', async () => {
  await page.goto(`${relay.url}/settings/companies`)
  const key = page.getByLabel('API-ключ').and(page.locator('input'))
  await key.fill('ключ')
  await page.getByRole('button', { name: 'Проверить и подключить' }).click()
  await page.getByText('Ключ состоит из латинских букв и цифр').waitFor()
  await key.fill('0'.repeat(40))
  await page.getByRole('button', { name: 'Проверить и подключить' }).click()
  await page.getByText('Сервис не принял ключ').waitFor()
  await key.fill(service.key)
  await page.getByRole('button', { name: 'Проверить и подключить' }).click()
  await page.getByText('Подключено', { exact: true }).waitFor()
  await page.reload()
  await page.getByText('Подключено', { exact: true }).waitFor()
})

test('one of two КПП is chosen; what the card said stays unless ticked; the head becomes a person', async () => {
  await page.goto(`${relay.url}/clients`)
  await page.getByRole('link', { name: 'Ветер', exact: true }).click()
  const dialog = await fill()
  await dialog.getByText('У ИНН несколько КПП').waitFor()
  await dialog.getByText('КПП 773601001').waitFor()
  const name = dialog.getByRole('checkbox', { name: /Наименование ООО «Северный ветер»/ })
  await expect.poll(() => name.isChecked()).toBe(false)
  await dialog.getByText('сейчас: Ветер').waitFor()
  await dialog.getByRole('radio', { name: /246602001/ }).check()
  await dialog.getByRole('checkbox', { name: /КПП 246602001/ }).waitFor()
  await dialog.getByRole('radio', { name: /773601001/ }).check()
  await expect
    .poll(() => dialog.getByRole('checkbox', { name: /Руководитель/ }).isChecked())
    .toBe(true)
  await laptop.screenshot('companies-choose')
  await dialog.getByRole('button', { name: 'Заполнить', exact: true }).click()
  await page.getByText('Карточка заполнена').waitFor()
  await page.getByRole('heading', { name: 'Ветер', exact: true }).waitFor()
  await expect.poll(() => page.getByLabel('КПП', { exact: true }).inputValue()).toBe('773601001')
  await expect
    .poll(() => page.getByLabel('ОГРН', { exact: true }).inputValue())
    .toBe('1027700092661')
  await page.getByRole('link', { name: /Скворцов Пётр Ильич/ }).waitFor()
  await page.getByRole('group', { name: 'Адреса' }).waitFor()
  // Asked again, nothing is left to fill but the name.
  const again = await fill()
  await again.getByRole('checkbox').first().waitFor()
  await expect.poll(() => again.getByRole('checkbox').count()).toBe(1)
  await again.getByRole('button', { name: 'Отмена' }).click()
})

test('a company in liquidation is a warning, also on the card; the form of a new client asks too', async () => {
  await createClient('Тихий дом', '7707083893')
  const dialog = await fill()
  await dialog.getByText('По данным реестра: ликвидируется').waitFor()
  await dialog.getByRole('button', { name: 'Заполнить', exact: true }).click()
  await page.getByText('Ликвидируется', { exact: true }).waitFor()
  await laptop.screenshot('companies-card')

  // The form of a new client asks in the same way, and keeps what it got until it is saved.
  await page.goto(`${relay.url}/clients/new`)
  const form = page.getByRole('dialog', { name: 'Новый клиент' })
  await form.getByLabel('ИНН').fill('7736050004')
  // Said while one types, with the cursor still there.
  await form.getByText('контрольные цифры не сходятся').waitFor()
  await form.getByLabel('ИНН').fill('7736050003')
  await form.getByRole('button', { name: 'Заполнить по ИНН' }).click()
  const found = page.getByRole('dialog', { name: 'Данные по ИНН 7736050003' })
  await found.getByText('КПП 773601001').waitFor()
  await found.getByRole('button', { name: 'Заполнить', exact: true }).click()
  const also = form.getByRole('region', { name: 'Будет заполнено ещё' })
  await also.getByText('773601001').waitFor()
  await laptop.screenshot('companies-new')
  await expect
    .poll(() => form.getByLabel('Название компании').inputValue())
    .toBe('ООО «Северный ветер»')
  await form.getByRole('button', { name: 'Сохранить', exact: true }).click()
  await page.getByRole('heading', { name: 'ООО «Северный ветер»' }).waitFor()
  await expect.poll(() => page.getByLabel('КПП', { exact: true }).inputValue()).toBe('773601001')
  await page.getByRole('link', { name: /Скворцов Пётр Ильич/ }).waitFor()
})

test('a program gets a token once, works with it under its name, and loses it', async () => {
  await page.goto(`${relay.url}/settings`)
  await page.getByRole('link', { name: 'API', exact: true }).click()
  await page.getByRole('button', { name: 'Создать токен' }).click()
  const dialog = page.getByRole('dialog', { name: 'Новый токен' })
  await dialog.getByLabel('Название').fill('1С')
  await dialog.getByText('Чтение и запись').click()
  await dialog.getByRole('button', { name: 'Создать', exact: true }).click()
  const made = page.getByRole('dialog', { name: 'Токен «1С» создан' })
  const secret = await made.getByLabel('Токен', { exact: true }).inputValue()
  await made.getByRole('button', { name: 'Готово' }).click()
  const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' }
  const doors = `${relay.url}/api/v1/clients`
  const body = JSON.stringify({ kind: 'organisation', name: 'Склад', inn: '5003052454' })
  const answer = await fetch(doors, { method: 'POST', headers, body })
  expect(answer.status).toBe(201)
  const { id } = (await answer.json()) as { id: string }
  await page.getByRole('button', { name: 'Отозвать «1С»' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Отозвать' }).click()
  await page.getByText('Токен отозван').waitFor()
  expect((await fetch(doors, { headers })).status).toBe(403)
  await page.goto(`${relay.url}/clients/${id}`)
  await page.getByText('через API «1С»').waitFor()
})

test('a service that is down is said, and what is typed stays; with no network that is said', async () => {
  await createClient('Налоговая', '7707329152')
  service.failWith = 500
  const dialog = await fill()
  await dialog.getByText('Сервис сейчас не отвечает').waitFor()
  service.failWith = null
  await dialog.getByRole('button', { name: 'Спросить ещё раз' }).click()
  await dialog.getByText('ФНС РОССИИ').first().waitFor()
  await dialog.getByRole('button', { name: 'Отмена' }).click()
  await laptop.offline()
  await (await fill()).getByText('Нет сети: справочник компаний сейчас недоступен').waitFor()
})
