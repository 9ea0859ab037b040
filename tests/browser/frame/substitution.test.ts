/** Who goes on holiday hands the work over for that time, and an administrator for good (F283). */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import { change } from '../../../shared/records/change.ts'
import { type Device, launchBrowser, newDevice } from '../../lab/chromium.ts'
import { administrator, invite, pushAsService, setUp } from '../../lab/device.ts'
import { type Relay, startRelay } from '../../lab/relay.ts'
import { signInOn } from '../../lab/sign-in.ts'

const boris = {
  name: 'Громов Борис Петрович',
  email: 'boris@romashka.test',
  password: 'ещё один пароль',
}
const vera = {
  name: 'Белова Вера Игоревна',
  email: 'vera@romashka.test',
  password: 'ещё один пароль',
}

let relay: Relay
let browser: Browser
/** Of the absent, of the deputy and of the administrator. */
let phone: Device
let desk: Device
let office: Device

beforeAll(async () => {
  relay = await startRelay()
  browser = await launchBrowser()
  const anna = await setUp(relay.url)
  const away = await invite(relay.url, anna, boris)
  await invite(relay.url, anna, vera)
  const client = change(
    'client',
    newId(),
    null,
    { kind: 'organisation', name: 'Завод Бориса', managers: [away.session.user.id] },
    77,
  )
  if (!client.ok || !client.value.update) throw new Error('the client was not made')
  const { update, row } = client.value
  await pushAsService(relay.url, relay.token, [
    { n: 1, id: row.id, type: 'client', at: Date.now(), update },
  ])
  phone = await newDevice(browser, { width: 390, height: 844, phone: true })
  desk = await newDevice(browser, { width: 1440, height: 900 })
  office = await newDevice(browser, { width: 1440, height: 900 })
  const signIn = async ({ page }: Device, who: { email: string; password: string }) => {
    await signInOn(page, relay.url, who)
    await page.getByRole('navigation', { name: 'Разделы' }).waitFor()
  }
  await Promise.all([signIn(phone, boris), signIn(desk, vera), signIn(office, administrator)])
})

afterAll(async () => {
  await browser?.close()
  await relay?.stop()
})

const clientOn = (page: Page) => page.getByText('Завод Бориса').first()

test('the deputy gets the work for the time, and loses it when it is returned', async () => {
  const [his, hers] = [phone.page, desk.page]
  await his.goto(`${relay.url}/profile`)
  await his.getByRole('button', { name: 'Назначить заместителя' }).click()
  const dialog = his.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Назначить', exact: true }).click()
  await dialog.getByText('Выберите, кто замещает').waitFor()
  await dialog.getByText('Такого дня нет').waitFor()
  await phone.screenshot('phone-substitution-dialog')
  await dialog.getByLabel('Кто замещает').selectOption({ label: vera.name })
  await dialog.getByLabel('По какой день').fill('завтра')
  await dialog.getByLabel('Примечание').fill('Отпуск')
  await hers.goto(`${relay.url}/clients`)
  // Said once all there is has been looked through.
  await hers.getByRole('heading', { name: 'Клиентов пока нет' }).waitFor()
  await dialog.getByRole('button', { name: 'Назначить', exact: true }).click()
  await clientOn(hers).waitFor()
  await his.getByText(`Замещает ${vera.name}`).waitFor()
  await his.getByText('Отсутствие и замещение').scrollIntoViewIfNeeded()
  await phone.screenshot('phone-substitution')
  await hers.goto(`${relay.url}/settings/employees`)
  await hers.getByText(`Замещает: ${boris.name}`).waitFor()
  await hers.getByText(/^Отсутствует по \d\d\.\d\d\.\d{4}$/).waitFor()
  await desk.screenshot('wide-substitution-employees')
  await hers.goto(`${relay.url}/profile`)
  await hers.getByRole('heading', { name: 'Вы замещаете' }).waitFor()
  await desk.screenshot('wide-substitution-profile')
  await hers.goto(`${relay.url}/clients`)
  await clientOn(hers).waitFor()
  await his.getByRole('button', { name: 'Вернуть сейчас' }).click()
  await clientOn(hers).waitFor({ state: 'detached' })
})

test('all work of one employee goes to another at once, and back', async () => {
  const [page, hers] = [office.page, desk.page]
  await page.goto(`${relay.url}/settings/employees`)
  await page.getByRole('link', { name: boris.name }).click()
  await page.getByRole('button', { name: 'Передать дела' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Клиенты: 1').waitFor()
  await dialog.getByLabel('Кому').selectOption({ label: vera.name })
  await office.screenshot('wide-hand-over')
  await dialog.getByRole('button', { name: 'Передать дела' }).click()
  await page.getByText('Передана 1 запись').waitFor()
  await clientOn(hers).waitFor()
  await page.getByRole('button', { name: 'Отменить' }).click()
  await clientOn(hers).waitFor({ state: 'detached' })
  // Before the sign-in the program asks whether it has a session.
  const strange = (device: Device) =>
    device.problems.filter((problem) => !problem.includes('/api/session'))
  expect([phone, desk, office].flatMap(strange)).toEqual([])
})
