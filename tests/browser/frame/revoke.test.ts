/** Devices that are put out erase themselves; a session that ran out erases nothing. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Device, launchBrowser, newDevice } from '../../lab/chromium.ts'
import { administrator, invite, type NodeDevice, setUp } from '../../lab/device.ts'
import { type Relay, startRelay } from '../../lab/relay.ts'
import { allIsHere } from '../../lab/sign-in.ts'

const boris = { name: 'Борис Громов', email: 'boris@romashka.test', password: 'ещё один пароль' }

let relay: Relay
let browser: Browser
let anna: NodeDevice
let desk: Device
let phone: Device

beforeAll(async () => {
  relay = await startRelay()
  browser = await launchBrowser()
  anna = await setUp(relay.url)
  await invite(relay.url, anna, boris)
  desk = await newDevice(browser, { width: 1440, height: 900 })
  phone = await newDevice(browser, { width: 390, height: 844, phone: true })
  await signIn(desk.page, administrator)
})

afterAll(async () => {
  await browser?.close()
  await relay?.stop()
})

const signIn = async (on: Page, { email, password }: { email: string; password: string }) => {
  await on.goto(relay.url)
  await on.getByLabel('Электронная почта').fill(email)
  await on.getByRole('textbox', { name: 'Пароль' }).fill(password)
  await on.getByRole('button', { name: 'Войти' }).click()
  await on.getByRole('navigation', { name: 'Разделы' }).waitFor()
  await allIsHere(on)
}

/** Names of the bases of replicas, and who is remembered. */
const remains = (on: Page) =>
  on.evaluate(async () => ({
    bases: (await indexedDB.databases()).map(({ name }) => name),
    session: localStorage.getItem('interes-session'),
  }))

const openCard = async () => {
  await desk.page.goto(`${relay.url}/settings/employees`)
  await desk.page.getByRole('link', { name: boris.name }).click()
  await desk.page.getByRole('region', { name: 'Устройства' }).waitFor()
}

test('a session that ran out erases nothing', async () => {
  const on = phone.page
  await signIn(on, boris)
  const bases = async () => (await remains(on)).bases
  await expect.poll(bases).toHaveLength(1)
  const before = await bases()
  await phone.context.clearCookies()
  await on.reload()
  await on.getByText('Вход на этом устройстве закончился').waitFor()
  await expect.poll(bases).toEqual(before)
  await on.getByRole('button', { name: 'Войти' }).click()
  await on.getByRole('textbox', { name: 'Пароль' }).fill(boris.password)
  await on.getByRole('dialog').getByRole('button', { name: 'Войти' }).click()
  await on.getByText('Сохранено').first().waitFor()
})

test('a device revoked while it is away erases itself when it comes back, and counts what is lost', async () => {
  const on = phone.page
  const devices = desk.page.getByRole('region', { name: 'Устройства' })
  // The relay knows a device by its first word; the page asks for the list once.
  const isListed = async () => {
    await openCard()
    const line = devices.getByText('Chrome, Android')
    // None at all is an answer too.
    await devices.getByRole('listitem').or(devices.getByText('Ни одного.')).first().waitFor()
    return line.isVisible()
  }
  await expect.poll(isListed).toBe(true)
  await on.goto(`${relay.url}/clients/new`)
  const dialog = on.getByRole('dialog')
  await dialog.waitFor()
  await phone.offline()
  await dialog.getByLabel('Название компании').fill('Василёк')
  await dialog.getByRole('button', { name: 'Сохранить', exact: true }).click()
  await on.getByText('Нет сети · 1 ждёт').waitFor()

  await openCard()
  await desk.screenshot('wide-employee')
  await devices.getByRole('button', { name: 'Отключить' }).click()
  await desk.page.getByRole('dialog').getByRole('button', { name: 'Отключить' }).click()
  await devices.getByText('Отключено').waitFor()

  await phone.online()
  await on.getByText('Это устройство отключено.').waitFor()
  await on.getByText('пропало 1 неотправленное изменение').waitFor()
  await phone.screenshot('phone-revoked')
  await expect.poll(() => remains(on)).toEqual({ bases: [], session: null })
})

test('a blocked employee is out at once, and cannot come back until let in', async () => {
  const on = phone.page
  await signIn(on, boris)
  await openCard()
  await desk.page.getByRole('button', { name: 'Заблокировать' }).click()
  const dialog = desk.page.getByRole('dialog')
  const out = on.getByText('доступ этого устройства закрыт').or(on.getByText('закрыл вам доступ'))
  await dialog.getByRole('button', { name: 'Заблокировать' }).click()
  // How soon is measured in tests/unit/relay/revoke.test.ts: here two browsers share a machine.
  await out.first().waitFor()
  await on.getByText('Администратор закрыл вам доступ.').waitFor()
  await expect.poll(() => remains(on)).toEqual({ bases: [], session: null })

  await on.getByLabel('Электронная почта').fill(boris.email)
  await on.getByRole('textbox', { name: 'Пароль' }).fill(boris.password)
  await on.getByRole('button', { name: 'Войти' }).click()
  await on.getByRole('alert').filter({ hasText: 'Обратитесь к нему' }).waitFor()

  await desk.page.getByRole('button', { name: 'Разблокировать' }).click()
  await desk.page.getByRole('button', { name: 'Заблокировать' }).waitFor()
  await signIn(on, boris)
})
