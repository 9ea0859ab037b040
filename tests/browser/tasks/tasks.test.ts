/** Дела as an employee uses them: planned, moved, closed and taken back; also on a phone. */
import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayFrom } from '../../../client/notices/contact-dates.ts'
import { newId } from '../../../shared/ids.ts'
import type { PushEntry } from '../../../shared/protocol/push.ts'
import { change, type Patch } from '../../../shared/records/change.ts'
import { entryId } from '../../../shared/records/directory.ts'
import type { RecordType } from '../../../shared/records/index.ts'
import { findings } from '../../lab/accessibility.ts'
import { type Device, launchBrowser, newDevice } from '../../lab/chromium.ts'
import { administrator, invite, type NodeDevice, pushAsService, setUp } from '../../lab/device.ts'
import { untilDraft } from '../../lab/drafts.ts'
import { type Relay, startRelay } from '../../lab/relay.ts'

let relay: Relay
let browser: Browser
let laptop: Device
let page: Page
let oleg: NodeDevice
let me: string
const client = newId()
const place = newId()

const hours = (count: number) => Date.now() + count * 3_600_000

const seed = async (): Promise<void> => {
  const entries: PushEntry[] = []
  let writer = 9000
  const put = (type: RecordType, id: string, patch: Patch) => {
    const made = change(type, id, null, patch, ++writer)
    if (!made.ok || !made.value.update) throw new Error(JSON.stringify(made))
    entries.push({ n: entries.length, id, type, at: Date.now(), update: made.value.update })
    return id
  }
  put('client', client, {
    kind: 'organisation',
    name: 'ООО «Северо-Западная логистическая компания»',
    managers: [me],
    dates: {
      [newId()]: {
        kind: entryId('dateKind', 'anniversary'),
        value: dayFrom(Date.now(), 1),
        order: 'a0',
      },
    },
  })
  put('field', place, { recordType: 'task', kind: 'text', name: 'Место' })
  const task = (title: string, more: Patch) =>
    put('task', newId(), { title, kind: 'task', responsible: me, createdBy: me, ...more })
  task('Согласовать условия поставки', {
    kind: 'call',
    due: hours(-30),
    client,
    custom: { [place]: 'склад' },
  })
  task('Отправить коммерческое предложение', {
    due: hours(-2),
    category: entryId('taskCategory', 'email'),
    custom: { [place]: 'офис' },
  })
  task('Узнать о решении', { kind: 'call' })
  task('Встретить делегацию', {
    kind: 'meeting',
    due: hours(72),
    remind: 80 * 60,
    createdAt: hours(-48),
    custom: { [place]: 'аэропорт' },
  })
  const { outcomes } = await pushAsService(relay.url, relay.token, entries)
  expect(outcomes.filter(({ ok }) => !ok)).toEqual([])
}

const signIn = async ({ page, problems }: Device) => {
  await page.goto(relay.url)
  await page.getByLabel('Электронная почта').fill(administrator.email)
  await page.getByRole('textbox', { name: 'Пароль' }).fill(administrator.password)
  await page.getByRole('button', { name: 'Войти' }).click()
  await page.getByRole('navigation', { name: 'Разделы' }).waitFor()
  // The question who is there, before anybody was.
  problems.length = 0
}

beforeAll(async () => {
  relay = await startRelay()
  const admin = await setUp(relay.url)
  me = admin.session.user.id
  await seed()
  oleg = await invite(relay.url, admin, {
    name: 'Олег Дорохов',
    email: 'oleg@romashka.test',
    password: 'ещё один пароль',
  })
  browser = await launchBrowser()
  laptop = await newDevice(browser, { width: 1440, height: 900 })
  page = laptop.page
  await signIn(laptop)
})

afterAll(async () => {
  await browser?.close()
  await relay?.stop()
})

const rows = async (): Promise<string[]> =>
  (
    await page.getByRole('list', { name: 'Список дел' }).getByRole('listitem').allTextContents()
  ).map((text) => text.trim())

test('what is overdue is counted, a new task is planned by words, closed and taken back', async () => {
  const places = page.getByRole('navigation', { name: 'Разделы' }).first()
  await places.getByText('2 просроченных дела').waitFor()
  await places.getByRole('link', { name: 'Дела' }).click()
  await page.getByText('Согласовать условия поставки').waitFor()
  await page.getByRole('button', { name: 'Создать дело' }).click()
  const form = page.getByRole('dialog', { name: 'Новое дело' })
  await form.getByLabel('Название').fill('Позвонить насчёт договора')
  await form.getByLabel('Срок').fill('завтра 15:00')
  await form.getByText('завтра, 15:00').waitFor()
  await laptop.screenshot('task-form-wide')
  await form.getByRole('button', { name: 'Сохранить', exact: true }).click()
  await expect
    .poll(rows)
    .toEqual([
      'Просроченные 2',
      expect.stringContaining('Согласовать'),
      expect.stringContaining('Отправить'),
      'Завтра 1',
      expect.stringContaining('Позвонить насчёт договора'),
      'Ближайшие 1',
      expect.stringContaining('Встретить делегацию'),
      'Без срока 1',
      expect.stringContaining('Узнать о решении'),
    ])
  await laptop.screenshot('tasks-wide')
  await page.getByRole('button', { name: 'Закрыть: Согласовать условия поставки' }).click()
  await places.getByText('1 просроченное дело').waitFor()
  await page.getByRole('button', { name: 'Отменить' }).last().click()
  await places.getByText('2 просроченных дела').waitFor()
  await page.getByRole('button', { name: 'Закрыть: Согласовать условия поставки' }).waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('e')
  await places.getByText('1 просроченное дело').waitFor()
  expect(laptop.problems).toEqual([])
})

test('a reminder whose time came and a task of a colleague are in the bell, open and are read', async () => {
  const bell = page.getByRole('button', { name: /^Оповещения/ })
  await page.getByRole('button', { name: 'Оповещения: 1 новое' }).waitFor()
  const id = newId()
  const self = oleg.session.user.id
  const patch = { title: 'Подготовить акт', kind: 'task', responsible: me, notify: true }
  const made = change('task', id, null, { ...patch, createdAt: 1, createdBy: self }, 77)
  if (!made.ok || !made.value.update) throw new Error(JSON.stringify(made))
  await oleg.push([{ n: 1, id, type: 'task', at: Date.now(), update: made.value.update }])
  await page.getByRole('button', { name: 'Оповещения: 2 новых' }).waitFor()
  await bell.click()
  const list = page.getByRole('dialog', { name: 'Оповещения' })
  await list.getByText('Встретить делегацию').waitFor()
  await laptop.screenshot('notices-wide')
  await list.getByRole('link', { name: 'Олег Дорохов: вам дело Подготовить акт' }).click()
  const task = page.getByRole('dialog', { name: 'Дело' })
  await expect.poll(() => task.getByLabel('Название').inputValue()).toBe('Подготовить акт')
  await task.getByRole('button', { name: 'Закрыть', exact: true }).first().click()
  await page.getByRole('button', { name: 'Оповещения: 1 новое' }).click()
  await list.getByRole('button', { name: 'Прочитать все' }).click()
  await list.getByRole('button', { name: 'Отметить прочитанным' }).waitFor({ state: 'detached' })
})

test('a field of one’s own is a column to sort by and a filter; a view keeps all of it over a reload', async () => {
  await page.goto(`${relay.url}/tasks`)
  await page.getByRole('button', { name: 'Колонки' }).click()
  const columns = page.getByRole('dialog', { name: 'Колонки' })
  await columns.getByRole('checkbox', { name: 'Место' }).check()
  await columns.getByRole('checkbox', { name: 'Вид', exact: true }).check()
  await columns.getByRole('button', { name: 'Готово' }).click()
  await page.getByRole('tab', { name: 'Все' }).click()
  await page.getByRole('button', { name: 'Упорядочить: Место' }).click()
  await expect
    .poll(async () => (await rows()).slice(0, 2))
    .toEqual([expect.stringContaining('аэропорт'), expect.stringContaining('офис')])
  await laptop.screenshot('tasks-columns')
  await page.getByRole('button', { name: 'Отбор' }).click()
  const filter = page.getByRole('dialog', { name: 'Отбор' })
  await filter.getByRole('button', { name: 'Добавить условие' }).click()
  await filter.getByLabel('Поле').selectOption({ label: 'Место' })
  await filter.getByLabel('Значение').fill('аэро')
  await filter.getByRole('button', { name: /^Показать/ }).click()
  await expect.poll(rows).toEqual([expect.stringContaining('Встретить делегацию')])
  await page.getByRole('button', { name: 'Сохранить вид' }).click()
  await page.getByRole('menuitem', { name: 'Сохранить как новый вид' }).click()
  const view = page.getByRole('dialog', { name: 'Новый вид' })
  await view.getByLabel('Название вида').fill('В аэропорту')
  await view.getByRole('button', { name: 'Сохранить вид' }).click()
  await page.getByRole('button', { name: 'Обычный вид' }).click()
  // One's own columns and order stay; the quick choice is that of the beginning.
  await expect.poll(async () => (await rows()).length).toBeGreaterThan(2)
  await page.getByRole('tab', { name: 'Мои', selected: true }).waitFor()
  await untilDraft(page, '"quick":null')
  const chosen = page.getByRole('button', { name: 'В аэропорту', exact: true })
  await chosen.click()
  await expect.poll(rows).toEqual([expect.stringContaining('Встретить делегацию')])
  await untilDraft(page, '"value":"аэро"')
  await page.reload()
  await expect.poll(rows).toEqual([expect.stringContaining('Встретить делегацию')])
  await chosen.and(page.locator('[aria-pressed=true]')).waitFor()
  await laptop.screenshot('tasks-view')
})

test('in the calendar a press plans, the mouse and keys move, and «Отменить» moves back', async () => {
  await page.goto(`${relay.url}/tasks/calendar?view=week&date=2027-03-03`)
  await page.locator('[data-read]').waitFor()
  const hours = (date: string) => page.locator(`[data-day="${date}"][data-timed]`)
  /** A place in a day, as far from its upper end as the hour says. */
  const place = async (date: string, hour: number) => {
    const box = await hours(date).boundingBox()
    if (!box) throw new Error('the day is not shown')
    return { x: box.x + box.width / 2, y: box.y + (box.height * hour) / 24 }
  }
  const empty = await place('2027-03-03', 10.2)
  await page.mouse.click(empty.x, empty.y)
  const form = page.getByRole('dialog', { name: 'Новое дело' })
  await expect.poll(() => form.getByLabel('Срок').inputValue()).toBe('03.03.2027 10:00')
  await form.getByLabel('Название').fill('Переговоры о поставке')
  await form.getByRole('button', { name: 'Сохранить', exact: true }).click()
  await form.waitFor({ state: 'detached' })
  const block = (date: string, time: string) =>
    hours(date).getByRole('link', { name: `Переговоры о поставке ${time}` })
  await block('2027-03-03', '10:00–11:00').waitFor()
  // The middle of what begins at ten: it keeps to the pointer by it.
  const [from, to] = [await place('2027-03-03', 10.5), await place('2027-03-04', 12.5)]
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(to.x, to.y, { steps: 4 })
  await page.mouse.up()
  await block('2027-03-04', '12:00–13:00').waitFor()
  await page.getByText('Перенесено: четверг, 4 марта, 12:00–13:00').waitFor()
  await expect.poll(() => findings(page, '#main')).toEqual([])
  await block('2027-03-04', '12:00–13:00').press('Alt+ArrowLeft')
  const moved = block('2027-03-03', '12:00–13:00')
  // The focus goes along to where it is now.
  await expect.poll(() => moved.evaluate((link) => link === document.activeElement)).toBe(true)
  await page.keyboard.press('Alt+Shift+ArrowDown')
  await block('2027-03-03', '12:00–13:15').waitFor()
  // Shown before it is written: the notice, which comes after, takes back this step and no other.
  const stretched = page.getByText('Перенесено: среда, 3 марта, 12:00–13:15').locator('..')
  await stretched.getByRole('button', { name: 'Отменить' }).click()
  await block('2027-03-03', '12:00–13:00').waitFor()
  await laptop.screenshot('calendar-wide')
  // A new task from the frame's menu is made over the page that one looks at.
  await page.getByRole('banner').getByRole('button', { name: 'Создать' }).click()
  await page.getByRole('menuitem', { name: 'Дело' }).click()
  await form.getByRole('button', { name: 'Закрыть' }).first().click()
  await block('2027-03-03', '12:00–13:00').waitFor()
  await page.getByRole('button', { name: 'Действия с календарём' }).click()
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Скачать .ics: 1–7 марта 2027' }).click(),
  ])
  expect(saved.suggestedFilename()).toBe('дела-2027-03-01-2027-03-07.ics')
  const file = await readFile(await saved.path(), 'utf8')
  expect(file).toContain('\r\nDTSTART:20270303T090000Z\r\nDTEND:20270303T100000Z\r\n')
  expect(file).toContain('\r\nSUMMARY:Переговоры о поставке\r\n')
  await page.getByText('В файле 1 дело.').waitFor()
  expect(laptop.problems).toEqual([])
})
