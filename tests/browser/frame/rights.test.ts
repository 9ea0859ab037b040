/** Roles and departments as an administrator sets them up, and what becomes of it on a device. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import { change } from '../../../shared/records/change.ts'
import { type Device, launchBrowser, newDevice } from '../../lab/chromium.ts'
import { administrator, invite, pushAsService, setUp } from '../../lab/device.ts'
import { type Relay, startRelay } from '../../lab/relay.ts'
import { signInOn } from '../../lab/sign-in.ts'

const boris = { name: 'Борис Громов', email: 'boris@romashka.test', password: 'ещё один пароль' }
const vera = { name: 'Вера Белова', email: 'vera@romashka.test', password: 'ещё один пароль' }

let relay: Relay
let browser: Browser
let desk: Device
let phone: Device

beforeAll(async () => {
  relay = await startRelay()
  browser = await launchBrowser()
  const anna = await setUp(relay.url)
  await invite(relay.url, anna, boris)
  const second = await invite(relay.url, anna, vera)
  const client = change(
    'client',
    newId(),
    null,
    { kind: 'organisation', name: 'Клиент Веры', managers: [second.session.user.id] },
    77,
  )
  if (!client.ok || !client.value.update) throw new Error('the client was not made')
  const { update, row } = client.value
  await pushAsService(relay.url, relay.token, [
    { n: 1, id: row.id, type: 'client', at: Date.now(), update },
  ])
  desk = await newDevice(browser, { width: 1440, height: 900 })
  phone = await newDevice(browser, { width: 390, height: 844, phone: true })
  const signIn = async ({ page }: Device, who: { email: string; password: string }) => {
    await signInOn(page, relay.url, who)
    await page.getByRole('navigation', { name: 'Разделы' }).waitFor()
  }
  await Promise.all([signIn(desk, administrator), signIn(phone, boris)])
})

afterAll(async () => {
  await browser?.close()
  await relay?.stop()
})

/** By links: loading the page anew could cut off what it is just writing. */
const openCard = async (name: string) => {
  await desk.page.getByRole('link', { name: 'Настройки' }).first().click()
  await desk.page.getByRole('link', { name: 'Сотрудники и права' }).click()
  await desk.page.getByRole('link', { name }).click()
}

test('a department and a role open a colleague’s client, an exception closes it again', async () => {
  const { page } = desk
  await page.goto(`${relay.url}/settings/departments`)
  await page.getByRole('button', { name: 'Новое подразделение' }).first().click()
  await page.getByRole('dialog').getByLabel('Название').fill('Продажи')
  await page.getByRole('dialog').getByRole('button', { name: 'Сохранить' }).click()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await page.locator('#main').getByText('Продажи').waitFor()

  await page.goto(`${relay.url}/settings/roles`)
  await page.getByRole('button', { name: 'Новая роль' }).first().click()
  await page.getByRole('dialog').getByLabel('Название').fill('Менеджер')
  await page.getByRole('dialog').getByRole('button', { name: 'Сохранить' }).click()
  await page.getByLabel('Клиент: Чтение').selectOption('department')
  await desk.screenshot('wide-roles')

  await openCard(vera.name)
  await page.getByLabel('Подразделение').selectOption({ label: 'Продажи' })
  await openCard(boris.name)
  await page.getByLabel('Подразделение').selectOption({ label: 'Продажи' })

  const on = phone.page
  await on.goto(`${relay.url}/clients`)
  // Ticked once it is kept, which `check` would not wait for.
  await page.getByLabel('Менеджер').click()
  await on.getByText('Клиент Веры').first().waitFor()
  await page.getByRole('button', { name: 'Показать', exact: true }).click()
  await page.getByRole('link', { name: 'Клиент Веры' }).waitFor()
  await desk.screenshot('wide-employee-rights')

  await page.getByLabel('Клиент: Чтение').selectOption('own')
  await on.getByText('Клиент Веры').first().waitFor({ state: 'detached' })
  await expect
    .poll(() =>
      on.evaluate(async () => {
        const [found] = await indexedDB.databases()
        const open = indexedDB.open(found?.name ?? '')
        const base = await new Promise<IDBDatabase>((resolve) => {
          open.onsuccess = () => resolve(open.result)
        })
        const count = base.transaction('client').objectStore('client').count()
        return new Promise<number>((resolve) => {
          count.onsuccess = () => {
            base.close()
            resolve(count.result)
          }
        })
      }),
    )
    .toBe(0)
  // Before the sign-in the program asks whether it has a session.
  expect(desk.problems.filter((problem) => !problem.includes('/api/session'))).toEqual([])
})
