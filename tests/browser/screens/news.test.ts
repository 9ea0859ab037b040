/** Лента (F69) as a colleague reads it, in Chromium on a real relay. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import { change } from '../../../shared/records/change.ts'
import { type Device, launchBrowser, newDevice } from '../../lab/chromium.ts'
import { administrator, pushAsService, setUp } from '../../lab/device.ts'
import { untilDraft } from '../../lab/drafts.ts'
import { type Relay, startRelay } from '../../lab/relay.ts'
import { allIsHere, signInOn } from '../../lab/sign-in.ts'

let relay: Relay
let browser: Browser
let laptop: Device
let page: Page

beforeAll(async () => {
  relay = await startRelay()
  const admin = await setUp(relay.url)
  browser = await launchBrowser()
  laptop = await newDevice(browser, { width: 1440, height: 900 })
  page = laptop.page
  const { outcomes } = await pushAsService(
    relay.url,
    relay.token,
    Array.from({ length: 40 }, (_, n) => {
      const id = newId()
      const patch = {
        kind: 'person',
        name: `Соколова Мария ${n + 1}`,
        managers: [admin.session.user.id],
      }
      const made = change('client', id, null, patch, 5000 + n)
      if (!made.ok || !made.value.update) throw new Error(JSON.stringify(made))
      return { n, id, type: 'client' as const, at: Date.now(), update: made.value.update }
    }),
  )
  expect(outcomes.every(({ ok }) => ok)).toBe(true)
  await signInOn(page, relay.url)
  await allIsHere(page)
  await page.getByRole('link', { name: 'Клиенты' }).first().click()
  await page.getByText('40 клиентов').waitFor()
})

afterAll(async () => {
  await browser?.close()
  await relay?.stop()
})

test('what was loaded at once is one line, a change of a card says of which fields, and by whom', async () => {
  await page.getByRole('link', { name: 'Соколова Мария 10', exact: true }).click()
  await page.getByRole('textbox', { name: 'ИНН' }).fill('500100732259')
  await page.getByRole('textbox', { name: 'ИНН' }).press('Enter')
  await page.getByText('Сохранено', { exact: true }).waitFor()
  await page.getByRole('link', { name: 'Назад' }).click()
  await page.getByRole('link', { name: 'Лента' }).click()
  await page.getByRole('heading', { name: 'Сегодня' }).waitFor()
  const lines = page.getByRole('region', { name: 'Сегодня' }).getByRole('listitem')
  await lines.filter({ hasText: 'Новые клиенты: 40' }).getByText('и ещё 37').waitFor()
  const edit = lines.filter({ hasText: 'Вы' }).filter({ hasText: 'Изменено: ИНН' })
  await edit.waitFor()
  await laptop.screenshot('news')
  await page.getByLabel('Чьи действия').selectOption({ label: administrator.fullName })
  await expect.poll(() => lines.count()).toBeLessThan(3)
  await edit.getByRole('link', { name: 'Соколова Мария 10' }).click()
  await page.getByRole('heading', { name: 'Соколова Мария 10' }).waitFor()
})

test('with no network it says where it is kept, and comes back with it', async () => {
  await laptop.offline()
  await page.getByRole('link', { name: 'Назад' }).click()
  await page.getByRole('link', { name: 'Лента' }).click()
  await page.getByText('Лента ведётся на сервере').waitFor()
  await laptop.online()
  // The sync that begins again asks anew; «Повторить» is for who does not wait for it.
  await page.getByText('Новые клиенты: 40').waitFor()
  // The first page of a browser asks who is signed in: nobody yet.
  expect(laptop.problems.filter((problem) => !problem.includes('/api/session'))).toEqual([])
})

test('an event that is begun here keeps with whom it was over a reload, and for the next one', async () => {
  const form = page.getByRole('dialog', { name: 'Добавить событие' })
  const name = 'Соколова Мария 7'
  await page.goto(`${relay.url}/news`)
  await page.getByRole('button', { name: 'Добавить событие' }).click()
  const whom = form.getByRole('combobox', { name: 'Начните вводить имя' })
  await whom.fill(name)
  await whom.press('Enter')
  await form.getByText(name).waitFor()
  await form.getByLabel('О чём говорили').fill('Договорились о замере')
  await untilDraft(page, 'о замере')
  await page.reload()
  await page.getByRole('button', { name: 'Добавить событие' }).click()
  await form.getByText(name).waitFor()
  await form.getByRole('button', { name: 'Сохранить и добавить ещё' }).click()
  await page.getByText('Событие сохранено').waitFor()
  const text = form.getByLabel('О чём говорили')
  await expect.poll(() => text.inputValue()).toBe('')
  await expect.poll(() => text.evaluate((field) => field === document.activeElement)).toBe(true)
  await form.getByText(name).waitFor()
})
