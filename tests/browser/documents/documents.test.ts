/** Contracts made with no network: numbered when the relay gets them, and what they hold. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import { change } from '../../../shared/records/change.ts'
import { type Device, launchBrowser, newDevice } from '../../lab/chromium.ts'
import { pushAsService, setUp } from '../../lab/device.ts'
import { type Relay, startRelay } from '../../lab/relay.ts'
import { allIsHere, signInOn } from '../../lab/sign-in.ts'

let relay: Relay
let browser: Browser
let laptop: Device
let phone: Device
const client = newId()
const name = 'ООО «Северо-Западная логистическая компания»'

beforeAll(async () => {
  relay = await startRelay()
  const anna = await setUp(relay.url)
  const made = change(
    'client',
    client,
    null,
    { kind: 'organisation', name, managers: [anna.session.user.id] },
    9001,
  )
  if (!made.ok || !made.value.update) throw new Error('no client')
  const entry = { n: 1, id: client, type: 'client' as const, at: Date.now() }
  await pushAsService(relay.url, relay.token, [{ ...entry, update: made.value.update }])
  browser = await launchBrowser()
  laptop = await newDevice(browser, { width: 1440, height: 900 })
  phone = await newDevice(browser, { width: 390, height: 844, phone: true, colorScheme: 'dark' })
  const prepare = async ({ page, problems }: Device) => {
    await signInOn(page, relay.url)
    await page.getByRole('navigation', { name: 'Разделы' }).waitFor()
    // What is opened with no network later has to be on the device.
    await allIsHere(page)
    // The question who is there, before anybody was.
    problems.length = 0
  }
  await Promise.all([prepare(laptop), prepare(phone)])
})

afterAll(async () => {
  await browser?.close()
  await relay?.stop()
})

test('a contract made offline gets its number, is seen on another device, and holds its client', async () => {
  const { page } = laptop
  await page.goto(`${relay.url}/clients/${client}`)
  await page.getByRole('heading', { name }).waitFor()
  await laptop.offline()
  await page.getByRole('button', { name: 'Новый договор' }).click()
  const form = page.getByRole('dialog', { name: 'Новый договор' })
  await form.getByLabel('О чём').fill('Перевозка и хранение грузов')
  await form.getByLabel('Дата').fill('01.02.2026')
  await laptop.screenshot('contract-form-wide')
  await form.getByRole('button', { name: 'Сохранить', exact: true }).click()
  // The timeline of the client names it too, a moment earlier or later.
  const theirs = page.getByRole('region', { name: 'Связи' })
  await theirs.getByRole('link', { name: /Договор без номера от 01.02.2026/ }).click()
  await page.getByText('без номера от 01.02.2026').waitFor()
  await page.getByRole('button', { name: 'Статус: Черновик' }).click()
  await page.getByRole('menuitem', { name: 'Действует' }).click()
  await page.getByRole('button', { name: 'Статус: Действует' }).waitFor()

  // A phone that has not heard of the contract deletes the client.
  await phone.page.goto(`${relay.url}/clients/${client}`)
  await phone.page.getByRole('heading', { name }).waitFor()
  await phone.offline()
  await phone.page.getByRole('button', { name: 'Действия', exact: true }).first().click()
  await phone.page.getByRole('menuitem', { name: 'Удалить' }).click()
  await phone.page.getByText(/Нет сети · 1 ждёт/).waitFor()

  await laptop.online()
  await page.getByText('№ 1 от 01.02.2026').waitFor()
  await laptop.screenshot('contract-card-wide')
  await phone.online()
  await phone.page.getByText('1 отклонено').click()
  await phone.page.getByText('Не завершён: Договор № 1 от 01.02.2026').waitFor()
  await phone.screenshot('contract-refused-phone')

  // Who knows of it is told at once.
  await page.goto(`${relay.url}/clients/${client}`)
  await page.getByRole('button', { name: 'Действия', exact: true }).first().click()
  await page.getByRole('menuitem', { name: 'Удалить' }).click()
  await page.getByText('Нельзя удалить: действует договор № 1 от 01.02.2026').waitFor()
  await laptop.screenshot('contract-held-wide')
  expect([...laptop.problems, ...phone.problems]).toEqual([])
})

test('a contract is made of a template with no network, and is among its files on another device', async () => {
  const { page } = laptop
  await page.goto(`${relay.url}/documents`)
  await page.getByRole('link', { name: 'Перевозка и хранение грузов' }).click()
  await page.waitForURL(/\/documents\/[0-9a-f-]{36}$/)
  await page.getByText('№ 1 от 01.02.2026').waitFor()
  const card = page.url()
  await laptop.offline()
  await page.getByRole('button', { name: 'Сформировать по шаблону' }).click()
  const form = page.getByRole('dialog', { name: 'Сформировать по шаблону' })
  await form.getByLabel('Шаблон').selectOption({ label: 'Договор поставки' })
  await form.getByRole('heading', { name: 'ДОГОВОР ПОСТАВКИ № 1' }).waitFor()
  await form.getByText('передать в собственность Покупателя товар: Перевозка и хранение').waitFor()
  await laptop.screenshot('contract-formed-wide')
  // The client has no ИНН: that is told before it is printed.
  await form.getByRole('button', { name: 'Печать или PDF' }).click()
  await form.getByText('Печатать так?').waitFor()
  await form.getByRole('button', { name: 'Вернуться' }).click()
  await form.getByRole('button', { name: 'Сохранить в файлы' }).click()
  const file = /^Договор поставки № 1 \d{4}-\d\d-\d\d\.docx$/
  await page.getByText(file).waitFor()
  await laptop.online()

  await phone.page.goto(card)
  await phone.page.getByRole('tab', { name: 'Связи' }).click()
  await phone.page.getByText(file).waitFor()
  await phone.screenshot('contract-files-phone')
  expect([...laptop.problems, ...phone.problems]).toEqual([])
})
