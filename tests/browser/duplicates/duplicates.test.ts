/** Duplicates as an employee meets them: at creation, on the page, merged, skipped, taken apart; two devices apart. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId, segmentId } from '../../../shared/ids.ts'
import type { PushEntry } from '../../../shared/protocol/push.ts'
import { change, type Patch } from '../../../shared/records/change.ts'
import type { RecordType } from '../../../shared/records/index.ts'
import { type Device, launchBrowser, newDevice } from '../../lab/chromium.ts'
import { administrator, invite, pushAsService, setUp } from '../../lab/device.ts'
import { type Relay, startRelay } from '../../lab/relay.ts'
import { allIsHere, signInOn } from '../../lab/sign-in.ts'
import { rowOnDevice } from '../first-slice/steps.ts'

const boris = { name: 'Борис Громов', email: 'boris@romashka.test', password: 'ещё один пароль' }

let relay: Relay
let browser: Browser
/** Борис, an employee, at his desk; Анна, the administrator, with her phone. */
let desk: Device
let phone: Device
let page: Page

const vera = { name: 'Вера Белова', email: 'vera@romashka.test', password: 'ещё один пароль' }

const ids = {
  zarya: newId(),
  zaryaTwin: newId(),
  zaryaOther: newId(),
  dialog: newId(),
  asked: [newId(), newId()],
}
const at = Date.now()

const writers = [
  ['Аркадий Лугов', 'a.lugov@teplicy.test', 'Добрый день! Нужны две теплицы по 40 метров.'],
  ['Лугов Аркадий Петрович', 'lugov@mail.test', 'Писал вам с рабочей почты, жду расчёт.'],
] as const

const part = (value: string, order = 'a0') => ({ [newId()]: { value, kind: 'work', order } })

beforeAll(async () => {
  relay = await startRelay()
  browser = await launchBrowser()
  const anna = await setUp(relay.url)
  const employee = await invite(relay.url, anna, boris)
  const other = await invite(relay.url, anna, vera)
  const [annaId, borisId] = [anna.session.user.id, employee.session.user.id]
  const entries: PushEntry[] = []
  const put = (type: RecordType, id: string, patch: Patch) => {
    const made = change(type, id, null, patch, 1_000 + entries.length)
    if (!made.ok || !made.value.update) throw new Error(JSON.stringify(made))
    entries.push({ n: entries.length, id, type, at, update: made.value.update })
  }
  const firm = { kind: 'organisation', managers: [borisId] }
  // The latest changed is proposed as the main one.
  put('client', ids.zaryaOther, { ...firm, name: 'Zarya LLC', phones: part('+78123334455') })
  put('client', ids.zaryaTwin, {
    ...firm,
    name: 'Заря, ООО',
    managers: [borisId, other.session.user.id],
    phones: { ...part('84951112233'), ...part('+79161234567', 'a1') },
    emails: part('zakaz@zarya.test'),
    note: 'Звонить Анне после 11.',
  })
  put('client', ids.zarya, {
    ...firm,
    name: 'ООО «Заря»',
    inn: '7707083893',
    phones: part('+74951112233'),
    emails: part('info@zarya.test'),
    note: 'Платят в срок.',
  })
  put('client', newId(), { ...firm, name: 'ООО «Север»' })
  // Another employee's: nothing of it may be seen.
  put('client', newId(), { ...firm, name: 'ООО «Заря»', managers: [annaId], inn: '7707083893' })
  const account = newId()
  put('account', account, {
    channel: 'mail',
    name: 'Продажи',
    address: 'sales@romashka.test',
    access: 'all',
    receive: true,
    send: true,
  })
  const peer = { name: 'Пётр Зорин', address: 'petr@elsewhere.test' }
  put('dialog', ids.dialog, { account, channel: 'mail', subject: 'Поставка', peer, state: 'open' })
  put('segment', segmentId(ids.dialog, at), {
    dialog: ids.dialog,
    account,
    month: new Date(at).toISOString().slice(0, 7),
    messages: {
      'mail:<1@test>': { at, direction: 'in', kind: 'letter', author: peer, text: 'Когда ждать?' },
    },
    states: { 'mail:<1@test>': { status: 'received', at } },
  })
  // One and the same wrote from two addresses; nobody has decided about either.
  for (const [n, [name, address, text]] of writers.entries()) {
    const dialog = ids.asked[n] ?? newId()
    const who = { name, address }
    const appeal = newId()
    const more = { subject: 'Теплицы', peer: who, appeal }
    put('dialog', dialog, { account, channel: 'mail', state: 'open', ...more })
    put('appeal', appeal, {
      ...{ account, channel: 'mail', dialog, who, state: 'new', at: at - n * 3_600_000 },
      firstWords: text,
    })
  }
  const { outcomes } = await pushAsService(relay.url, relay.token, entries)
  expect(outcomes.filter(({ ok }) => !ok)).toEqual([])

  desk = await newDevice(browser, { width: 1440, height: 900 })
  phone = await newDevice(browser, { width: 390, height: 844, phone: true, colorScheme: 'dark' })
  page = desk.page
  const signIn = async ({ page }: Device, who: { email: string; password: string }) => {
    await signInOn(page, relay.url, who)
    await page.getByRole('navigation', { name: 'Разделы' }).waitFor()
    await page.getByText('Поставка').first().waitFor()
    await allIsHere(page)
  }
  await Promise.all([signIn(desk, boris), signIn(phone, administrator)])
})

afterAll(async () => {
  await browser?.close()
  await relay?.stop()
})

/** What the phone has of the duplicate: whose it became; the word about syncing may be that of before. */
const twinOnPhone = async () =>
  ((await rowOnDevice(phone.page, 'client', ids.zaryaTwin)) as { mergedInto?: string }).mergedInto

test('who is in the base already is offered as one types, with what matches', async () => {
  await page.getByRole('link', { name: 'Клиенты' }).first().click()
  await page.getByRole('link', { name: 'Новый клиент' }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel('Название компании').fill('Общество «ЗАРЯ»')
  await form.getByLabel('Телефон').fill('8 (495) 111-22-33')
  await form.getByText('Похоже, такая запись уже есть').waitFor()
  await form.getByText('1 совпадение по телефону').first().waitFor()
  await form.getByLabel('Название компании').fill('ООО Заря')
  await form.getByText('2 совпадения по названию / телефону').first().waitFor()
  // Of the colleague's client with the same name nothing is said.
  await expect.poll(() => form.getByRole('link', { name: /Открыть/ }).count()).toBe(2)
  await desk.screenshot('duplicates-creation')
  await form.getByRole('button', { name: 'Закрыть' }).click()
})

test('an employee compares, chooses, merges and skips among the records that are theirs', async () => {
  await page.getByRole('link', { name: 'Дубли' }).click()
  const group = page.getByRole('region', { name: /Заря/ })
  await group.getByText('2 совпадения по названию / телефону').waitFor()
  await page.getByText('1 группа').waitFor()
  await desk.screenshot('duplicates-page')

  // «Zarya LLC» is the same name in other letters; here it is another firm.
  await group.getByLabel('Отметить: Zarya LLC').check()
  await group.getByRole('button', { name: 'Пропустить' }).click()
  await group.getByLabel('Отметить: Zarya LLC').waitFor({ state: 'detached' })

  await group.getByRole('checkbox').check()
  await group.getByRole('button', { name: 'Сравнить и объединить' }).click()
  const dialog = page.getByRole('dialog', { name: 'Сравнение и объединение' })
  await dialog.getByRole('radio', { name: 'Оставить оба текста' }).check()
  // Vera is responsible for the duplicate and cannot see the main record (F240).
  await dialog.getByText('Доступ потеряют: Вера Белова').waitFor()
  await dialog.getByLabel('Добавить их в ответственные главной записи').check()
  await desk.screenshot('duplicates-compare')
  await dialog.getByRole('button', { name: 'Объединить' }).click()
  await page.getByText('1 запись влита в ООО «Заря»').waitFor()
  await page.getByText(/^0 групп · /).waitFor()
  await page.getByRole('button', { name: 'Обновить' }).click()
  // What was skipped is not offered to this main record again.
  await page.getByText('Дублей нет').waitFor()

  await page.goto(`${relay.url}/clients/${ids.zaryaTwin}`)
  await page.getByRole('heading', { name: 'ООО «Заря»' }).waitFor()
  await page.waitForURL(`${relay.url}/clients/${ids.zarya}`)
  const phones = page.getByRole('group', { name: 'Телефоны' })
  await expect.poll(() => phones.getByRole('textbox').count()).toBeGreaterThanOrEqual(2)
  await page.getByRole('group', { name: 'Ответственные' }).getByText('Вера Белова').waitFor()
  const note = page.getByRole('textbox', { name: 'Заметка' })
  await expect.poll(() => note.inputValue()).toBe('Платят в срок.\n\nЗвонить Анне после 11.')
  await desk.screenshot('duplicates-merged-card')
  await expect.poll(twinOnPhone).toBe(ids.zarya)
})

test('a merge made offline meets a link made offline to the record that was merged away', async () => {
  // Taken apart first, by the history of merges.
  await page.goto(`${relay.url}/clients/duplicates`)
  await page.getByRole('tab', { name: 'История объединений' }).click()
  await desk.screenshot('duplicates-history')
  await page.getByRole('button', { name: 'Отменить объединение' }).click()
  await page.getByText('Заря, ООО: снова отдельная запись').waitFor()
  await expect.poll(twinOnPhone).toBeUndefined()

  const on = phone.page
  await on.goto(`${relay.url}/dialogs/${ids.dialog}`)
  await on.getByText('Когда ждать?').first().waitFor()
  await desk.offline()
  await phone.offline()

  // Борис merges with no network …
  await page.getByRole('tab', { name: 'Клиенты' }).click()
  const group = page.getByRole('region', { name: /Заря/ })
  // The one that was taken out was changed last, and is proposed as the main one.
  await group.getByLabel('Отметить: ООО «Заря»').check()
  await group.getByRole('button', { name: 'Сравнить и объединить' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: 'Сделать главной: ООО «Заря»' }).check()
  await dialog.getByRole('button', { name: 'Объединить' }).click()
  await page.getByText('1 запись влита в ООО «Заря»').first().waitFor()

  // … and Анна links the dialog to the duplicate.
  await on.getByRole('button', { name: 'О собеседнике' }).first().click()
  await on.getByRole('button', { name: 'Связать с контактом' }).click()
  await on.getByRole('dialog').getByRole('combobox').fill('Заря')
  await on.getByRole('option', { name: /Заря, ООО/ }).click()
  await on.getByRole('link', { name: /Заря, ООО/ }).waitFor()

  await phone.online()
  // It said how much waits; the link is at the relay before the merge is.
  await on.getByText('Сохранено').first().waitFor()
  await desk.online()
  await page.goto(`${relay.url}/dialogs/${ids.dialog}`)
  for (const where of [page, on])
    await where
      .getByRole('link', { name: /ООО «Заря»/ })
      .first()
      .waitFor()
  await desk.screenshot('duplicates-linked-dialog')

  // Taken apart on the other device, the link is the duplicate's own again.
  await on.goto(`${relay.url}/clients/duplicates`)
  await on
    .getByText(/проверен/)
    .first()
    .waitFor()
  await phone.screenshot('duplicates-phone')
  await on.getByRole('tab', { name: 'История объединений' }).click()
  await phone.screenshot('duplicates-phone-history')
  await on.getByRole('button', { name: 'Отменить объединение' }).first().click()
  await page
    .getByRole('link', { name: /Заря, ООО/ })
    .first()
    .waitFor()
  expect(desk.problems.filter((problem) => !problem.includes('/api/session'))).toEqual([])
  expect(phone.problems.filter((problem) => !problem.includes('/api/session'))).toEqual([])
})

test('appeals of one and the same are decided together, and both dialogs lead to the client', async () => {
  await page.goto(`${relay.url}/clients/duplicates/appeals`)
  const group = page.getByRole('region', { name: /Лугов/ })
  await group.getByText('1 совпадение по ФИО').waitFor()
  await desk.screenshot('duplicates-appeals')
  await group.getByRole('checkbox').check()
  await group.getByRole('button', { name: 'Сравнить и объединить' }).click()
  const dialog = page.getByRole('dialog', { name: 'Сравнение и объединение' })
  await dialog.getByText('lugov@mail.test', { exact: true }).waitFor()
  await desk.screenshot('duplicates-appeals-compare')
  await dialog.getByRole('button', { name: 'Объединить' }).click()
  await page.getByText(/^1 запись влита в /).waitFor()

  // Decided from the dialog of either.
  await page.goto(`${relay.url}/dialogs/${ids.asked[1]}`)
  await page.getByRole('region', { name: 'Решается вместе с этим' }).getByRole('link').waitFor()
  await desk.screenshot('appeals-together')
  await page.getByRole('button', { name: 'Принять обращение' }).click()
  const accepting = page.getByRole('dialog', { name: 'Принять обращение' })
  await accepting.getByLabel('Наименование').fill('ООО «Теплицы Лугова»')
  await accepting.getByRole('button', { name: 'Принять обращение' }).click()
  await page.getByText('Обращение принято').waitFor()
  for (const id of ids.asked) {
    await page.goto(`${relay.url}/dialogs/${id}`)
    await page
      .getByRole('complementary')
      .getByRole('link', { name: /Теплицы Лугова/ })
      .waitFor()
  }
})
