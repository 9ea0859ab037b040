/** The list of clients as an employee uses it: columns, filters, views, many at once; also with no network. */
import { readFile } from 'node:fs/promises'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Device, launchBrowser, newDevice } from '../../lab/chromium.ts'
import { administrator, setUp } from '../../lab/device.ts'
import { untilDraft } from '../../lab/drafts.ts'
import { type Relay, startRelay } from '../../lab/relay.ts'
import { allIsHere } from '../../lab/sign-in.ts'
import { budget, names, seed } from './seed.ts'

let relay: Relay
let browser: Browser
let laptop: Device
let page: Page
let list: Locator

const shown = async (): Promise<string[]> =>
  (await list.getByRole('listitem').locator('[class*=nameLink]').allTextContents()).map((text) =>
    text.trim(),
  )

const expectShown = (expected: string[]): Promise<void> => expect.poll(shown).toEqual(expected)

const addCondition = async (field: string, operator?: string): Promise<Locator> => {
  const dialog = page.getByRole('dialog', { name: 'Отбор' })
  await dialog.getByRole('button', { name: 'Добавить условие' }).last().click()
  await dialog.getByLabel('Поле').last().selectOption({ label: field })
  if (operator)
    await dialog.getByLabel('Условие', { exact: true }).last().selectOption({ label: operator })
  return dialog
}

beforeAll(async () => {
  relay = await startRelay()
  const admin = await setUp(relay.url)
  await seed(relay, admin.session.user.id)
  browser = await launchBrowser()
  laptop = await newDevice(browser, { width: 1440, height: 900 })
  page = laptop.page
  list = page.getByRole('list', { name: 'Клиенты', exact: true })
  await page.goto(relay.url)
  await page.locator('input[type=email]').fill(administrator.email)
  await page.locator('input[type=password]').fill(administrator.password)
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: 'Клиенты' }).first().click()
  await page.getByText('10 клиентов').waitFor()
  await allIsHere(page)
})

afterAll(async () => {
  await browser?.close()
  await relay?.stop()
})

describe('the list', () => {
  test('sorts by a heading, up, down and as it was', async () => {
    await expectShown(names)
    const heading = page.getByRole('button', { name: 'Упорядочить: Тип отношений' })
    await heading.click()
    // Options stand in the order of their list, «Поставщик» before «Покупатель»; equals by name.
    await expect.poll(async () => (await shown())[1]).toBe('Гамма')
    await heading.click()
    await expect.poll(async () => (await shown())[0]).toBe('Бета')
    await heading.click()
    await expectShown(names)
  })

  test('shows a custom field as a column, sorts by it, and remembers both over a reload', async () => {
    await page.getByRole('button', { name: 'Колонки' }).click()
    const dialog = page.getByRole('dialog', { name: 'Колонки' })
    await dialog.getByRole('checkbox', { name: 'Бюджет' }).check()
    await dialog.getByRole('button', { name: 'Выше: Бюджет' }).click()
    await dialog.getByRole('button', { name: 'Готово' }).click()
    await page.getByRole('button', { name: 'Упорядочить: Бюджет' }).click()
    const byBudget = names
      .map((name, index) => ({ name, budget: (index * 7) % 10 }))
      .sort((a, b) => a.budget - b.budget)
      .map(({ name }) => name)
    await expectShown(byBudget)
    await untilDraft(page, `"sort":{"field":"custom/${budget}"`)
    await page.reload()
    await expectShown(byBudget)
    await laptop.screenshot('list-columns')
    const heading = page.getByRole('button', { name: 'Упорядочить: Бюджет' })
    await heading.click()
    await expectShown(byBudget.toReversed())
    await heading.click()
    await expectShown(names)
    // The edge of a heading is moved by the keyboard too.
    const edge = page.getByRole('separator', { name: 'Ширина: Бюджет' })
    const before = Number(await edge.getAttribute('aria-valuenow'))
    await edge.focus()
    await edge.press('ArrowRight')
    await expect
      .poll(async () => Number(await edge.getAttribute('aria-valuenow')))
      .toBe(before + 16)
  })

  test('filters by fields joined with «и» and «или», and says what it filters by', async () => {
    await page.getByRole('button', { name: 'Отбор' }).click()
    let dialog = await addCondition('Бюджет', 'больше')
    await dialog.getByLabel('Значение').last().fill('4')
    dialog = await addCondition('Теплота')
    await dialog.getByRole('checkbox', { name: 'Горячий' }).check()
    await laptop.screenshot('list-filter')
    await dialog.getByRole('button', { name: /^Показать/ }).click()
    // Odd ones are hot: their budgets are 7, 1, 5, 9, 3.
    await expect
      .poll(async () => (await shown()).toSorted())
      .toEqual(['Бета', 'Ёлка', 'Зенит'].toSorted())
    await page.getByText('Теплота: Горячий').waitFor()
    await page.getByText('Найдено 3').waitFor()
    await page.getByRole('button', { name: 'Убрать условие: Теплота: Горячий' }).click()
    await expect.poll(async () => (await shown()).length).toBe(5)
    // What was left without a value asks nothing, and the list does not say that it does.
    await page.getByRole('button', { name: 'Отбор' }).click()
    dialog = await addCondition('Телефоны')
    await dialog.getByText('пока условие не действует').waitFor()
    await dialog.getByRole('button', { name: /^Показать/ }).click()
    await dialog.waitFor({ state: 'hidden' })
    await expect.poll(() => page.getByRole('button', { name: /^Убрать условие/ }).count()).toBe(1)
    await page.getByRole('button', { name: 'Отбор' }).click()
    await page
      .getByRole('dialog', { name: 'Отбор' })
      .getByRole('button', { name: 'Очистить' })
      .click()
    await page.getByRole('button', { name: /^Показать/ }).click()
    await expect.poll(async () => (await shown()).length).toBe(10)
  })

  test('takes a folder together with what lies below it', async () => {
    await page.getByRole('button', { name: 'Отбор' }).click()
    const dialog = await addCondition('Папка')
    await dialog.getByRole('checkbox', { name: 'Регионы' }).check()
    await dialog.getByRole('button', { name: /^Показать/ }).click()
    await expectShown(['Вега'])
  })

  test('keeps a view, one’s own or shared, whose link opens it', async () => {
    await page.getByRole('button', { name: 'Сохранить вид' }).click()
    await page.getByRole('menuitem', { name: 'Сохранить как новый вид' }).click()
    const dialog = page.getByRole('dialog', { name: 'Новый вид' })
    await dialog.getByRole('button', { name: 'Сохранить вид' }).click()
    await dialog.getByText('Назовите вид').waitFor()
    await dialog.getByLabel('Название вида').fill('Регионы')
    await dialog.getByText('Общий: виден всем сотрудникам').click()
    await dialog.getByRole('button', { name: 'Сохранить вид' }).click()
    const view = page.getByRole('button', { name: 'Регионы', exact: true })
    await view.waitFor()
    await page.getByRole('button', { name: 'Мои контакты' }).click()
    await expect.poll(async () => (await shown()).toSorted()).toEqual(names.slice(0, 4))
    await view.click()
    await expectShown(['Вега'])
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByRole('button', { name: 'Действия с видом' }).click()
    await page.getByRole('menuitem', { name: 'Скопировать ссылку' }).click()
    await page.getByText('Ссылка скопирована').waitFor()
    const link = await page.evaluate(() => navigator.clipboard.readText())
    await page.getByRole('button', { name: 'Все', exact: true }).click()
    await expectShown(names)
    await page.goto(link)
    await expectShown(['Вега'])
    await page.getByRole('button', { name: 'Все', exact: true }).click()
    await expectShown(names)
  })
})

describe('many at once', () => {
  const tick = (name: string) => page.getByRole('checkbox', { name: `Отметить: ${name}` })

  test('get tags, a field and another responsible, and all of it is taken back', async () => {
    await tick('Альфа').click()
    await tick('Вега').click({ modifiers: ['Shift'] })
    await page.getByText('Отмечено 3').waitFor()
    await page.getByRole('button', { name: 'Теги', exact: true }).click()
    await page.getByRole('dialog', { name: 'Теги' }).getByRole('checkbox', { name: 'опт' }).check()
    await page.getByRole('button', { name: 'Применить' }).click()
    await page.getByText('Изменены 3 записи').waitFor()
    await laptop.screenshot('list-group')
    // One more: the notice of this change must not be taken for that of the one before.
    await tick('Гамма').click()
    await page.getByText('Отмечено 4').waitFor()
    await page.getByRole('button', { name: 'Поле', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Поле' })
    await dialog.getByLabel('Какое поле').selectOption({ label: 'Бюджет' })
    await dialog.getByLabel('Новое значение').fill('много')
    await dialog.getByRole('button', { name: 'Применить' }).click()
    await dialog.getByText('Такое значение не подходит').waitFor()
    await dialog.getByLabel('Новое значение').fill('1 000,5')
    await dialog.getByRole('button', { name: 'Применить' }).click()
    await expect.poll(() => list.getByText(/1\s000,5/).count()).toBe(4)
    await page.getByText('Изменены 4 записи').waitFor()
    await page.getByRole('button', { name: 'Отменить' }).last().click()
    await expect.poll(() => list.getByText(/000,5/).count()).toBe(0)
    await tick('Гамма').click()
    await page.getByText('Отмечено 3').waitFor()
  })

  test('are deleted and come back, with no network too, and the relay gets both', async () => {
    await laptop.offline()
    await page.getByRole('button', { name: 'Удалить' }).click()
    await page.getByText('В корзине 3 записи').waitFor()
    await expectShown(names.slice(3))
    await page.getByRole('button', { name: 'Отменить' }).last().click()
    await expectShown(names)
    await laptop.online()
    await page.getByText('Сохранено', { exact: true }).waitFor()
  })

  test('are exported and merged, by themselves', async () => {
    await tick('Альфа').click()
    const merge = page.getByRole('button', { name: 'Объединить' })
    await expect.poll(() => merge.isDisabled()).toBe(true)
    await tick('Вега').click()
    await page.getByText('Отмечено 2').waitFor()
    await laptop.screenshot('list-ticked')
    const downloading = page.waitForEvent('download')
    await page
      .getByRole('toolbar', { name: 'Действия с отмеченными' })
      .getByRole('button', { name: 'Экспорт' })
      .click()
    await page.getByRole('menuitem', { name: 'Таблица CSV', exact: true }).click()
    const table = await readFile(await (await downloading).path(), 'utf8')
    expect(table.split('\r\n').map((line) => line.split(';')[0])).toEqual([
      '\uFEFFНаименование',
      'Альфа',
      'Вега',
      '',
    ])
    await merge.click()
    const dialog = page.getByRole('dialog', { name: 'Сравнение и объединение' })
    await dialog.getByText('79160000002').or(dialog.getByText('+7 916 000-00-02')).waitFor()
    await laptop.screenshot('list-merge')
    await dialog.getByRole('button', { name: 'Объединить' }).click()
    await expect.poll(async () => (await shown()).length).toBe(names.length - 1)
    // The list may tell of it first, while the last «Отменить» is still that of what was done before.
    await page.getByText('1 запись влита').waitFor()
    await page.getByRole('button', { name: 'Отменить' }).last().click()
    await expectShown(names)
  })

  test('by the keyboard: j and k walk, x ticks', async () => {
    await page.getByRole('heading', { name: 'Клиенты' }).click()
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await page.getByText('Отмечено 2').waitFor()
    await page.getByRole('button', { name: 'Снять отметки' }).click()
    await expect.poll(() => page.getByText('Отмечено 2').count()).toBe(0)
  })

  test('by the keyboard: Enter opens the card, and the focus goes there too', async () => {
    await page.getByRole('heading', { name: 'Клиенты' }).click()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: 'Назад' }).waitFor()
    // To the name of the client, which the title of the page does not say: a browser's history keeps it.
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1')
    await expect.poll(() => page.title()).toBe('Карточка клиента — Interes')
    await page.getByRole('link', { name: 'Назад' }).click()
    await expectShown(names)
    await expect.poll(() => page.title()).toBe('Клиенты — Interes')
  })

  test('by the keyboard: a menu gives the focus back to what opened it', async () => {
    const actions = list.getByRole('button', { name: 'Действия' }).first()
    await actions.focus()
    await page.keyboard.press('Enter')
    await expect
      .poll(() =>
        page
          .getByRole('menuitem')
          .first()
          .evaluate((one) => one.matches(':focus')),
      )
      .toBe(true)
    await page.keyboard.press('Escape')
    await expect.poll(() => actions.evaluate((one) => one.matches(':focus'))).toBe(true)
  })
})

test('a segment is made by rule and by hand, counted, and shown by the list and on the card', async () => {
  await page.getByRole('button', { name: 'Обзор базы' }).click()
  await page.getByRole('menuitem', { name: 'Сегменты' }).click()
  const made = page.getByRole('dialog', { name: 'Новый сегмент' })
  await page.getByRole('button', { name: 'Новый сегмент' }).click()
  await made.getByLabel('Название').fill('Поставщики')
  await made.getByRole('button', { name: 'Условия…' }).click()
  const rule = await addCondition('Тип отношений')
  await rule.getByRole('checkbox', { name: 'Поставщик' }).check()
  await rule.getByRole('button', { name: 'Показать 4 записи' }).click()
  await made.getByText('Тип отношений: Поставщик · 4 клиента').waitFor()
  await made.getByRole('button', { name: 'Сохранить' }).click()
  const rows = page.getByRole('listitem')
  await rows.filter({ hasText: 'Поставщики' }).getByText('4 клиента').waitFor()
  await page.getByRole('button', { name: 'Новый сегмент' }).click()
  await made.getByLabel('Название').fill('На выставку')
  await made.getByText('Вручную').click()
  await made.getByRole('button', { name: 'Сохранить' }).click()
  await rows.filter({ hasText: 'На выставку' }).getByText('0 клиентов').waitFor()

  await page.getByRole('link', { name: 'Поставщики' }).click()
  await expectShown(['Альфа', 'Гамма', 'Жираф', 'Крона'])
  await page.getByRole('checkbox', { name: 'Отметить: Гамма' }).click()
  await page.getByRole('button', { name: 'Сегмент', exact: true }).click()
  const into = page.getByRole('dialog', { name: 'Сегмент' })
  await into.getByRole('checkbox', { name: 'На выставку' }).check()
  await expect.poll(() => into.getByRole('checkbox', { name: 'Поставщики' }).count()).toBe(0)
  await into.getByRole('button', { name: 'Применить' }).click()
  await page.getByText('Изменена 1 запись').waitFor()
  await page.getByRole('link', { name: 'Гамма' }).click()
  const segments = page.getByRole('group', { name: 'Сегменты' })
  await segments.getByRole('link', { name: 'Поставщики' }).waitFor()
  await segments.getByRole('link', { name: 'На выставку' }).click()
  await expectShown(['Гамма'])
  await page.getByRole('button', { name: 'Все', exact: true }).click()
  await expectShown(names)
})

test('what cards lack is counted, leads to those cards, and from their line to the field', async () => {
  await page.getByRole('button', { name: 'Обзор базы' }).click()
  await page.getByRole('menuitem', { name: 'Заполненность' }).click()
  await page.getByText(/Заполнено \d+ %/).waitFor()
  const byField = page.getByRole('list', { name: 'По полям' }).getByRole('listitem')
  // Five of the ten are organisations, and none of them has it.
  await byField.filter({ hasText: 'ИНН' }).getByRole('link', { name: 'нет у 5' }).click()
  await expectShown(['Альфа', 'Вега', 'Дельта', 'Жираф', 'Ива'])
  await page.getByRole('link', { name: 'Вега' }).click()
  await page.getByRole('button', { name: 'Перейти к полю: ИНН' }).click()
  const inn = page.getByRole('textbox', { name: 'ИНН', exact: true })
  await expect.poll(() => inn.evaluate((field) => field === document.activeElement)).toBe(true)
  await page.keyboard.type('7736050003')
  await page.keyboard.press('Enter')
  await expect.poll(() => page.getByRole('button', { name: 'Перейти к полю: ИНН' }).count()).toBe(0)
  await page.getByRole('link', { name: 'Назад' }).click()
  await expectShown(['Альфа', 'Дельта', 'Жираф', 'Ива'])
  await page.getByRole('button', { name: 'Все', exact: true }).click()
  await expectShown(names)
})

test('classes are counted by the company’s rules and lead to their clients', async () => {
  await page.getByRole('button', { name: 'Обзор базы' }).click()
  await page.getByRole('menuitem', { name: 'Классы ABC/XYZ' }).click()
  const row = (letter: string) => page.getByRole('row', { name: letter })
  // Of 10,000: 8,000 from 0 %, 1,500 from 80, 500 from 95; who bought once in a year is Z.
  await row('C').getByRole('link', { name: '1 клиент' }).first().waitFor()
  await laptop.screenshot('list-classes')
  await page.getByRole('button', { name: 'Настроить' }).click()
  const dialog = page.getByRole('dialog', { name: 'Классы ABC/XYZ' })
  await dialog.getByLabel('A: первые').fill('96')
  await dialog.getByRole('button', { name: 'Сохранить' }).click()
  await dialog.getByText('Граница A меньше B').waitFor()
  await dialog.getByLabel('A: первые').fill('90')
  await dialog.getByRole('button', { name: 'Сохранить' }).click()
  await row('A').getByRole('link', { name: '2 клиента' }).first().click()
  await expectShown(['Альфа', 'Бета'])
})

test('contact persons are a list of the same kind, with their client', async () => {
  await page.getByText('Контактные лица', { exact: true }).click()
  await page.getByText('1 человек', { exact: true }).waitFor()
  const persons = page.getByRole('list', { name: 'Контактные лица' })
  await persons.getByRole('link', { name: 'Альфа' }).waitFor()
  await persons.getByRole('link', { name: 'Лев Соколов' }).click()
  await page.getByRole('heading', { name: 'Лев Соколов' }).waitFor()
})

describe('sales', () => {
  const column = (name: string) => page.getByRole('region', { name, exact: true })
  const card = (name: string) =>
    column(name).getByRole('article').filter({ hasText: 'Поставка труб' })
  /** Of the board or the list as it is filtered, nothing ticked. */
  const expectExported = async (name: string) => {
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Экспорт' }).click()
    await page.getByRole('menuitem', { name: 'Таблица CSV', exact: true }).click()
    expect(await readFile(await (await downloading).path(), 'utf8')).toContain(name)
  }

  test('an Interest is created on the board, dragged on, won on its card and listed', async () => {
    await page.getByRole('link', { name: 'Мои продажи' }).first().click()
    await page.getByRole('button', { name: 'Создать Интерес' }).click()
    const form = page.getByRole('dialog', { name: 'Новый Интерес' })
    await form.getByLabel('Название').fill('Поставка труб')
    await form.getByLabel('Сумма').fill('125 000')
    await form.getByRole('button', { name: 'Сохранить', exact: true }).click()
    await card('Переговоры').getByText('125 000 ₽').waitFor()
    const from = await card('Переговоры').boundingBox()
    const to = await column('Отгрузка').boundingBox()
    if (!from || !to) throw new Error('no card on the board')
    await page.mouse.move(from.x + 60, from.y + 60)
    await page.mouse.down()
    await page.mouse.move(from.x + 90, from.y + 80, { steps: 3 })
    await page.mouse.move(to.x + 90, to.y + 200, { steps: 5 })
    await column('Отгрузка').and(page.locator('[data-over]')).waitFor()
    await page.mouse.up()
    await card('Отгрузка').waitFor()
    await expectExported('Поставка труб')
    // The keyboard moves it too: back to the invoice, where the focus stays on the board.
    await card('Отгрузка').getByRole('link').press('Shift+ArrowLeft')
    await card('Счет').getByRole('link').click()
    const stages = page.getByRole('list', { name: 'Этапы' })
    await stages.locator('[aria-current=step]', { hasText: 'Счет' }).waitFor()
    await stages.getByRole('button', { name: 'Выигран' }).click()
    await page.getByText('Выиграна', { exact: true }).waitFor()
    await page.getByRole('link', { name: 'К продажам' }).click()
    await page.getByText('Список', { exact: true }).click()
    const row = page.getByRole('list', { name: 'Мои продажи' }).getByRole('listitem')
    await row.filter({ hasText: 'Поставка труб' }).filter({ hasText: 'Выигран' }).waitFor()
    await expectExported('Поставка труб')
  })

  test('with no network it is lost only with a reason, and colleagues hear of it later', async () => {
    await page.getByRole('link', { name: 'Поставка труб' }).first().click()
    await page.getByText('Сохранено', { exact: true }).waitFor()
    await laptop.offline()
    await page
      .getByRole('list', { name: 'Этапы' })
      .getByRole('button', { name: 'Проигран' })
      .click()
    const why = page.getByRole('dialog', { name: 'Почему проиграли?' })
    await why.getByLabel('Причина проигрыша').selectOption({ label: 'Не устроила цена' })
    await why.getByRole('button', { name: 'Отметить проигранным' }).click()
    await page.getByText('Проиграна', { exact: true }).waitFor()
    await expect
      .poll(() => page.getByLabel('Причина проигрыша').locator('option:checked').textContent())
      .toBe('Не устроила цена')
    await laptop.online()
    await page.getByText('Сохранено', { exact: true }).waitFor()
  })

  test('its card is arranged as a client’s is', async () => {
    await page.getByRole('button', { name: 'Настроить карточку' }).click()
    const arranging = page.getByRole('region', { name: 'Настройка карточки' })
    const description = arranging.getByRole('button', { name: 'Переместить: Описание' })
    // Past the probability, the tags, the reason and the channel.
    for (let step = 0; step < 4; step++) await description.press('ArrowUp')
    await arranging.getByRole('button', { name: 'Скрыть: Теги' }).click()
    await laptop.screenshot('interest-arrange')
    await arranging.getByRole('button', { name: 'Сохранить для меня' }).click()
    // Its words are those of the card, too.
    await arranging.waitFor({ state: 'hidden' })
    const card = page.getByRole('region', { name: 'Сведения', exact: true })
    await expect.poll(() => card.textContent()).toMatch(/Описание.*Рекламный канал/s)
    await expect.poll(() => card.textContent()).not.toContain('Теги')
    await laptop.screenshot('interest-arranged')
  })
})

test('a segment gives tasks for its clients, which the relay makes, and tells of them', async () => {
  await page.goto(`${relay.url}/clients/segments`)
  const row = page.getByRole('listitem').filter({ hasText: 'Поставщики' })
  await row.getByText('4 клиента').waitFor()
  await row.getByRole('button', { name: 'Действия: Поставщики' }).click()
  await page.getByRole('menuitem', { name: 'Поручения…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Поручения: Поставщики' })
  await dialog.getByText('Сейчас в сегменте 4 клиента.').waitFor()
  await dialog.getByRole('button', { name: 'Сохранить' }).click()
  await dialog.getByText('Напишите, что сделать').waitFor()
  await dialog.getByLabel('Что сделать').fill('Запросить новый прайс')
  await dialog.getByText('Регулярно').click()
  await dialog.getByLabel('Раз в сколько дней').fill('90')
  await laptop.screenshot('segment-errands')
  await dialog.getByRole('button', { name: 'Сохранить' }).click()
  await row.getByText(/раз в 90 дней · поставлено 4,/).waitFor()
  await laptop.screenshot('segments')
  await page.getByRole('link', { name: 'Дела' }).first().click()
  const tasks = page.getByRole('listitem').filter({ hasText: 'Запросить новый прайс' })
  await expect.poll(() => tasks.count()).toBe(4)
})

test('the catalogue: a product is made, prices go up by percent and back, one in use is not deleted', async () => {
  await page.goto(`${relay.url}/products`)
  const goods = page.getByRole('list', { name: 'Товары и услуги', exact: true })
  const row = (name: string) => goods.getByRole('listitem').filter({ hasText: name })
  const expectPrices = (wanted: Record<string, RegExp>) =>
    Promise.all(Object.entries(wanted).map(([name, price]) => row(name).getByText(price).waitFor()))
  await expectPrices({ Кресло: /^8\s000,00/, Стол: /^12\s345,67/ })
  await page.getByRole('link', { name: 'Создать', exact: true }).click()
  const form = page.getByRole('dialog', { name: 'Новый товар или услуга' })
  await form.getByLabel(/^Название/).fill('Сборка мебели')
  await form.getByLabel('Цена').fill('1 500,50')
  await form.getByRole('button', { name: 'Сохранить', exact: true }).click()
  await page.getByRole('link', { name: 'К товарам и услугам' }).click()
  await expectPrices({ Сборка: /^1\s500,50/ })
  for (const name of ['Кресло «Эрго»', 'Сборка мебели'])
    await page.getByRole('checkbox', { name: `Отметить: ${name}` }).click()
  await page.getByText('Отмечено 2').waitFor()
  await page.getByRole('button', { name: 'Цена ± %' }).click()
  const price = page.getByRole('dialog', { name: 'Цена ± %' })
  await price.getByLabel('Изменить на, %').fill('+10')
  await price.getByRole('button', { name: 'Применить' }).click()
  await expectPrices({ Кресло: /^8\s800,00/, Сборка: /^1\s650,55/, Стол: /^12\s345,67/ })
  await page.getByText('Изменены 2 записи').waitFor()
  await laptop.screenshot('products-group')
  await page.getByRole('button', { name: 'Отменить' }).last().click()
  await expectPrices({ Кресло: /^8\s000,00/, Сборка: /^1\s500,50/ })
  await row('Кресло').getByRole('button', { name: 'Действия' }).click()
  await page.getByRole('menuitem', { name: 'Удалить' }).click()
  await page.getByText('«Кресло «Эрго»» стоит в строках 1 Интереса: удалить нельзя').waitFor()
  await expect.poll(() => row('Кресло').count()).toBe(1)
})

test('on a phone the list has its filter and views, and nothing went wrong unseen', async () => {
  const phone = await newDevice(browser, {
    width: 390,
    height: 844,
    phone: true,
    colorScheme: 'dark',
  })
  await phone.page.goto(relay.url)
  await phone.page.locator('input[type=email]').fill(administrator.email)
  await phone.page.locator('input[type=password]').fill(administrator.password)
  await phone.page.keyboard.press('Enter')
  await phone.page.getByRole('link', { name: 'Клиенты' }).first().click()
  await phone.page.getByText('10 клиентов').waitFor()
  await phone.page.getByRole('button', { name: 'Мои контакты' }).click()
  await phone.page.getByText('Найдено 4').waitFor()
  await phone.screenshot('list-phone')
  await phone.page.getByRole('button', { name: 'Действия со списком' }).click()
  await phone.page.getByRole('menuitem', { name: 'Экспорт: Таблица CSV' }).click()
  await phone.page.getByText('В файле 4 клиента.').waitFor()
  await phone.close()
  const expected = /api\/session|net::ERR/
  expect(laptop.problems.filter((problem) => !expected.test(problem))).toEqual([])
})
