/** Cards, directories and fields as an administrator and an employee use them. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Device, launchBrowser, newDevice } from '../../lab/chromium.ts'
import { administrator, invite, setUp } from '../../lab/device.ts'
import { type Relay, startRelay } from '../../lab/relay.ts'
import { allIsHere } from '../../lab/sign-in.ts'

const boris = { name: 'Борис Громов', email: 'boris@romashka.test', password: 'ещё один пароль' }

let relay: Relay
let browser: Browser
let desk: Device
let phone: Device
let page: Page

const signIn = async ({ page, problems }: Device, who: { email: string; password: string }) => {
  await page.goto(relay.url)
  await page.getByLabel('Электронная почта').fill(who.email)
  await page.getByRole('textbox', { name: 'Пароль' }).fill(who.password)
  await page.getByRole('button', { name: 'Войти' }).click()
  await page.getByRole('navigation', { name: 'Разделы' }).waitFor()
  await allIsHere(page)
  // The question who is there, before anybody was.
  problems.length = 0
}

beforeAll(async () => {
  relay = await startRelay()
  browser = await launchBrowser()
  const anna = await setUp(relay.url)
  await invite(relay.url, anna, boris)
  desk = await newDevice(browser, { width: 1440, height: 900 })
  phone = await newDevice(browser, {
    width: 390,
    height: 844,
    phone: true,
    colorScheme: 'dark',
  })
  page = desk.page
  await Promise.all([signIn(desk, administrator), signIn(phone, boris)])
})

afterAll(async () => {
  await browser?.close()
  await relay?.stop()
})

const createClient = async (name: string) => {
  await page.goto(`${relay.url}/clients/new`)
  const dialog = page.getByRole('dialog', { name: 'Новый клиент' })
  await dialog.getByLabel('Название компании').fill(name)
  await dialog.getByRole('button', { name: 'Сохранить', exact: true }).click()
  await page.getByRole('heading', { name }).waitFor()
}

const openDirectory = async (name: string) => {
  await page.getByRole('link', { name: 'Настройки' }).first().click()
  await page.getByRole('link', { name: 'Справочники' }).click()
  await page.getByRole('tab', { name }).click()
}

/** What a select of the card shows, which follows the directories. */
const chosen = (label: string) =>
  page.getByLabel(label).evaluate((select) => {
    const { selectedOptions } = select as HTMLSelectElement // the label is a select's
    return selectedOptions[0]?.textContent
  })

const rowOf = (name: string) => page.getByRole('listitem').filter({ hasText: name }).first()

const menuOf = async (name: string, item: string) => {
  await page.getByRole('button', { name: `Действия: ${name}`, exact: true }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

test('a type that a client has can be neither renamed nor deleted, and it is said why', async () => {
  await createClient('ООО «Северный ветер»')
  await page.getByLabel('Тип контакта').selectOption({ label: 'Партнер' })
  await openDirectory('Типы контактов')
  await rowOf('Партнер').getByText('1 клиент').waitFor()
  await desk.screenshot('directories-wide')
  await menuOf('Партнер', 'Удалить')
  const said = page.getByRole('dialog', { name: 'Удалить нельзя' })
  await said.getByText('«Партнер» используется: 1 клиент').waitFor()
  await said.getByRole('button', { name: 'OK' }).click()
  await menuOf('Партнер', 'Изменить')
  const form = page.getByRole('dialog', { name: 'Изменить' })
  await form.getByText('тип используется (1 клиент)').waitFor()
  await expect.poll(() => form.getByLabel('Название').getAttribute('readonly')).not.toBeNull()
  await form.getByRole('button', { name: 'Отмена' }).click()

  await menuOf('Конкурент', 'Удалить')
  await page.getByText('«Конкурент»: удалено').waitFor()
  await expect.poll(() => rowOf('Конкурент').count()).toBe(0)
  await page.getByRole('button', { name: 'Отменить' }).click()
  await rowOf('Конкурент').waitFor()
})

test('what the program relies on stays, and the order is changed by the keyboard', async () => {
  await openDirectory('Валюты')
  await menuOf('Российский рубль', 'Удалить')
  await page.getByText('системное значение').waitFor()
  await page.getByRole('button', { name: 'OK' }).click()
  await openDirectory('Уровни теплоты')
  await page.getByRole('button', { name: 'Переместить: Горячий' }).press('ArrowUp')
  const names = () => page.getByRole('list', { name: 'Уровни теплоты' }).textContent()
  await expect.poll(async () => /Холодный.*Горячий.*Теплый/s.test((await names()) ?? '')).toBe(true)
})

test('a tag made on the card is joined with another one and stays on the card', async () => {
  await page.getByRole('link', { name: 'Клиенты' }).first().click()
  await page.getByRole('link', { name: 'ООО «Северный ветер»' }).click()
  const tags = page.getByRole('group', { name: 'Теги' })
  const both = ['выставка', 'Выставка 2026']
  // One after the other, as fast as one types.
  for (const tag of both) {
    await tags.getByLabel('Новый тег').fill(tag)
    await tags.getByLabel('Новый тег').press('Enter')
  }
  for (const tag of both)
    await tags.getByRole('button', { name: `Убрать: ${tag}`, exact: true }).waitFor()
  await openDirectory('Теги')
  await menuOf('выставка', 'Объединить с другим')
  await page.getByRole('dialog').getByRole('button', { name: 'Объединить' }).click()
  await page.getByText('Теги объединены').waitFor()
  await page.getByRole('link', { name: 'Клиенты' }).first().click()
  await page.getByRole('link', { name: 'ООО «Северный ветер»' }).click()
  await tags.getByRole('button', { name: 'Убрать: Выставка 2026' }).waitFor()
  await expect.poll(() => tags.getByRole('button', { name: /Убрать/ }).count()).toBe(1)
})

test('the heat of a company goes on to its people after a question, with no network', async () => {
  await page.getByRole('button', { name: 'Новое контактное лицо' }).click()
  const form = page.getByRole('dialog', { name: 'Новое контактное лицо' })
  await form.getByLabel('Фамилия').fill('Ильин')
  await form.getByLabel(/^Имя/).fill('Пётр')
  await form.getByRole('button', { name: 'Сохранить', exact: true }).click()
  // The question is asked of the people that there are.
  await page.getByRole('link', { name: /Ильин Пётр/ }).waitFor()
  await desk.offline()
  await page.getByLabel('Теплота').selectOption({ label: 'Горячий' })
  const question = page.getByRole('dialog', { name: 'Поставить и контактным лицам?' })
  await question.getByText('её 1 контактному лицу').waitFor()
  await question.getByRole('button', { name: 'Поставить' }).click()
  await page.getByRole('link', { name: /Ильин Пётр/ }).click()
  await page.getByRole('heading', { name: 'Ильин Пётр' }).waitFor()
  await expect.poll(() => chosen('Теплота')).toBe('Горячий')
  await page.getByLabel('Роль').selectOption({ label: 'Закупки' })
  const dates = page.getByRole('group', { name: 'Даты' })
  await dates.getByRole('button', { name: 'Добавить', exact: true }).click()
  await dates.getByLabel('Новая дата').fill('9.5')
  await dates.getByLabel('Новая дата').press('Enter')
  await expect.poll(() => dates.getByLabel('Даты', { exact: true }).inputValue()).toBe('09.05')
  await desk.screenshot('person-wide')
  await desk.online()
  await page.getByText('Сохранено', { exact: true }).waitFor()
})

test('the main phone is the one that was put first', async () => {
  const phones = page.getByRole('group', { name: 'Телефоны' })
  for (const [index, number] of ['+7 916 123-45-67', '+7 495 765-43-21'].entries()) {
    await phones
      .getByRole('button', { name: /^Добавить/ })
      .first()
      .click()
    const field = phones.getByLabel('Добавить: Телефоны').and(page.locator('input'))
    await field.fill(number)
    await field.press('Enter')
    await expect.poll(() => phones.getByLabel('Телефоны', { exact: true }).count()).toBe(index + 1)
    // The number may be in the list first.
    await field.waitFor({ state: 'detached' })
  }
  await phones.getByRole('button', { name: 'Переместить: +74957654321' }).press('ArrowUp')
  const first = () => phones.getByLabel('Телефоны', { exact: true }).first().inputValue()
  await expect.poll(first).toBe('+7 495 765-43-21')
  await phones.getByText('Основной').waitFor()
  await expect
    .poll(() => page.getByRole('link', { name: 'Позвонить', exact: true }).getAttribute('href'))
    .toBe('tel:+74957654321')
})

test('a field is made over a form that is being filled in, asked for there, and stands on the card', async () => {
  await page.goto(`${relay.url}/clients/new`)
  const form = page.getByRole('dialog', { name: 'Новый клиент' })
  await form.getByLabel('Название компании').fill('АО «Полюс»')
  await form.getByRole('button', { name: 'Добавить поле' }).click()
  const field = page.getByRole('dialog', { name: 'Новое поле' })
  await field.getByLabel('Название').fill('Отрасль')
  await field.getByLabel('Вид', { exact: true }).selectOption({ label: 'Один из списка' })
  await field.getByLabel('Вариант 1').fill('Логистика')
  await field.getByRole('button', { name: 'Добавить вариант' }).click()
  await field.getByLabel('Вариант 2').fill('Добыча')
  await field.getByRole('switch', { name: 'Обязательное' }).check()
  await desk.screenshot('field-dialog')
  await field.getByRole('button', { name: 'Сохранить' }).click()
  await form.getByLabel('Отрасль').waitFor()
  await expect.poll(() => form.getByLabel('Название компании').inputValue()).toBe('АО «Полюс»')
  await form.getByRole('button', { name: 'Сохранить', exact: true }).click()
  await form.getByText('Обязательное поле не заполнено').waitFor()
  await form.getByLabel('Отрасль').selectOption({ label: 'Добыча' })
  await form.getByRole('button', { name: 'Сохранить', exact: true }).click()
  await page.getByRole('heading', { name: 'АО «Полюс»' }).waitFor()
  await expect.poll(() => chosen('Отрасль')).toBe('Добыча')
  // One that was there before lacks it, and says so.
  await page.getByRole('link', { name: 'Клиенты' }).first().click()
  await page.getByRole('link', { name: 'ООО «Северный ветер»' }).click()
  await page.getByText('Обязательное поле не заполнено').waitFor()
})

test('a sum is typed on the card as people write it', async () => {
  await page.getByRole('button', { name: 'Добавить поле' }).click()
  const field = page.getByRole('dialog', { name: 'Новое поле' })
  await field.getByLabel('Название').fill('Лимит')
  await field.getByLabel('Вид', { exact: true }).selectOption({ label: 'Деньги' })
  await field.getByLabel('Раздел карточки').fill('Финансы')
  await field.getByRole('button', { name: 'Сохранить' }).click()
  await field.waitFor({ state: 'hidden' })
  const limit = page.getByRole('region', { name: 'Финансы' }).getByLabel('Лимит')
  await limit.fill('много')
  await limit.press('Enter')
  await page.getByText('Такое значение не подходит').waitFor()
  await limit.fill('1 250 000')
  await limit.press('Enter')
  const words = async () => (await limit.inputValue()).replace(/\s/g, ' ')
  await expect.poll(words).toBe('1 250 000,00 ₽')
  await desk.screenshot('card-wide')
})

test('two tabs fill in the same form, each its own; one person after another is saved', async () => {
  await page.goto(`${relay.url}/persons/new`)
  const here = page.getByRole('dialog', { name: 'Новое контактное лицо' })
  const name = here.getByLabel('Фамилия')
  await name.fill('Первая')
  await here.getByLabel(/^Имя/).fill('Зоя')
  const second = await desk.context.newPage()
  await second.goto(`${relay.url}/persons/new`)
  const there = second.getByRole('dialog', { name: 'Новое контактное лицо' })
  await there.getByLabel('Фамилия').fill('Вторая')
  await second.close()
  await page.reload()
  await expect.poll(() => name.inputValue()).toBe('Первая')

  await here.getByRole('button', { name: 'Добавить поле' }).click()
  const field = page.getByRole('dialog', { name: 'Новое поле' })
  await field.getByLabel('Название').fill('Языки')
  await field.getByLabel('Вид', { exact: true }).selectOption({ label: 'Несколько из списка' })
  await field.getByLabel('Вариант 1').fill('Русский')
  await field.getByRole('switch', { name: 'Обязательное' }).check()
  await field.getByRole('button', { name: 'Сохранить' }).click()
  const languages = here.getByRole('group', { name: 'Языки' })
  await languages.waitFor()
  await here.getByRole('button', { name: 'Сохранить и создать ещё' }).click()
  await here.getByText('Обязательное поле не заполнено').waitFor()
  await languages.getByLabel('Добавить: Языки').selectOption({ label: 'Русский' })
  await desk.screenshot('person-form')
  await here.getByRole('button', { name: 'Сохранить и создать ещё' }).click()
  await page.getByText('«Первая Зоя»: сохранено').waitFor()
  await expect.poll(() => name.inputValue()).toBe('')
  await name.fill('Третья')
  await here.getByLabel(/^Имя/).fill('Зоя')
  await languages.getByLabel('Добавить: Языки').selectOption({ label: 'Русский' })
  await here.getByRole('button', { name: 'Сохранить', exact: true }).click()
  await page.getByRole('heading', { name: 'Третья Зоя' }).waitFor()
})

test('a client is made with all that is known of it, over a reload; what is taken off comes back', async () => {
  await page.goto(`${relay.url}/clients/new`)
  const form = page.getByRole('dialog', { name: 'Новый клиент' })
  await form.getByLabel('Название компании').fill('ООО «Полный список»')
  await form.getByLabel('Отрасль').selectOption({ label: 'Логистика' })
  await form.getByRole('button', { name: 'Ещё поля' }).click()
  await form.getByLabel('Тип отношений').selectOption({ label: 'Поставщик' })
  await form.getByLabel('Добавить пользователя').selectOption({ label: boris.name })
  const phones = form.getByRole('group', { name: 'Другие телефоны' })
  await phones.getByRole('button', { name: 'Добавить' }).last().click()
  await phones.getByRole('textbox').fill('+7 916 123')
  // In the middle of a number.
  await page.reload()
  await phones.getByText('Недопустимый номер телефона').waitFor()
  await form.getByRole('button', { name: 'Сохранить', exact: true }).click()
  const number = phones.getByRole('textbox')
  await expect.poll(() => number.evaluate((field) => field === document.activeElement)).toBe(true)
  await number.fill('+7 916 123-45-67')
  const tags = form.getByRole('group', { name: 'Теги' })
  await tags.getByLabel('Новый тег').fill('Полный')
  await desk.screenshot('client-form')
  // Straight from the field, and closed it says what is in it.
  await form.getByRole('button', { name: 'Ещё поля' }).click()
  const also = form.getByRole('region', { name: 'Будет заполнено ещё' })
  for (const words of ['Поставщик', '+7 916 123-45-67', 'Полный'])
    await also.getByText(words).waitFor()
  await form.getByRole('button', { name: 'Сохранить', exact: true }).click()
  await page.getByRole('heading', { name: 'ООО «Полный список»' }).waitFor()
  await page.getByRole('group', { name: 'Теги' }).getByText('Полный', { exact: true }).waitFor()

  const taken = page.getByRole('group', { name: 'Телефоны' })
  await taken.getByRole('button', { name: 'Убрать: +7 916 123-45-67' }).click()
  await taken.getByRole('button', { name: /^Убрать/ }).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Отменить' }).click()
  await taken.getByRole('button', { name: /^Убрать/ }).waitFor()
  const managers = page.getByRole('group', { name: 'Ответственные' })
  await managers.getByRole('button', { name: `Убрать: ${boris.name}` }).click()
  await managers
    .getByRole('button', { name: /^Убрать/ })
    .first()
    .waitFor({ state: 'detached' })
  await page.getByText(`Убрано: ${boris.name}`).waitFor()
  await page.getByRole('button', { name: 'Отменить' }).click()
  await managers.getByRole('button', { name: `Убрать: ${boris.name}` }).waitFor()
})

test('a company is copied from its row, gets a holding, and cannot lie in itself', async () => {
  await page.getByRole('link', { name: 'Клиенты' }).first().click()
  const row = page.getByRole('listitem').filter({ hasText: 'ООО «Северный ветер»' })
  await row.getByRole('button', { name: 'Действия' }).click()
  await page.getByRole('menuitem', { name: 'Копировать компанию' }).click()
  const form = page.getByRole('dialog', { name: 'Новый клиент' })
  const also = form.getByRole('region', { name: 'Будет заполнено ещё' })
  await also.getByText('Партнер').waitFor()
  await also.getByText('Выставка 2026').waitFor()
  await expect
    .poll(() => form.getByLabel('Название компании').inputValue())
    .toBe('ООО «Северный ветер»')
  await form.getByLabel('Название компании').fill('ООО «Южный ветер»')
  await form.getByLabel('Отрасль').selectOption({ label: 'Логистика' })
  await also.getByRole('button', { name: 'Убрать: Теплота' }).click()
  await desk.screenshot('copy-form')
  await form.getByRole('button', { name: 'Сохранить', exact: true }).click()
  await page.getByRole('heading', { name: 'ООО «Южный ветер»' }).waitFor()
  await expect.poll(() => chosen('Тип контакта')).toBe('Партнер')
  await expect.poll(() => chosen('Теплота')).toBe('не указано')

  await page.getByRole('button', { name: 'Действия', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Добавить в холдинг' }).click()
  const dialog = page.getByRole('dialog', { name: /^Холдинг/ })
  await dialog.getByRole('button', { name: 'Создать новую компанию' }).click()
  const inside = page.getByRole('dialog', { name: 'Новый клиент' })
  await inside
    .getByRole('region', { name: 'Будет заполнено ещё' })
    .getByText('ООО «Южный')
    .waitFor()
  await inside.getByLabel('Название компании').fill('ООО «Бриз»')
  await inside.getByLabel('Отрасль').selectOption({ label: 'Добыча' })
  await inside.getByRole('button', { name: 'Сохранить', exact: true }).click()
  const holding = page.getByRole('region', { name: 'Холдинг' })
  await holding.getByRole('link', { name: /ООО «Бриз»/ }).waitFor()
  await desk.screenshot('holding')
  await holding.getByRole('button', { name: 'Добавить юр. лицо' }).click()
  await dialog.getByText('Головная для неё').click()
  await dialog.getByRole('combobox').fill('Бриз')
  // At once, while the list may still be that of all clients.
  await dialog.getByRole('combobox').press('Enter')
  await page.getByText('вошла бы сама в себя').waitFor()
  await dialog.getByRole('button', { name: 'Закрыть' }).click()
  await holding.getByRole('button', { name: /^Убрать из холдинга/ }).click()
  await expect.poll(() => holding.count()).toBe(0)
})

test('a photo is cut small on the device, seen by whom the client is opened to, and removed', async () => {
  const shot = await page.screenshot()
  await page.getByRole('button', { name: 'Изменить фото' }).click()
  const dialog = page.getByRole('dialog', { name: /^Фото/ })
  await dialog
    .getByLabel('Загрузить с диска')
    .and(page.locator('input'))
    .setInputFiles({ name: 'shot.txt', mimeType: 'image/png', buffer: Buffer.from('no picture') })
  await dialog.getByText('не открывается как картинка').waitFor()
  await dialog
    .getByLabel('Загрузить с диска')
    .and(page.locator('input'))
    .setInputFiles({ name: 'shot.png', mimeType: 'image/png', buffer: shot })
  await dialog.getByText('Портрет').click()
  await dialog.getByRole('group', { name: /^Кадр: / }).press('ArrowRight')
  await desk.screenshot('photo-dialog')
  await dialog.getByRole('button', { name: 'Сохранить' }).click()
  const face = page.getByRole('button', { name: 'Изменить фото' }).locator('img')
  await expect
    .poll(() =>
      face.evaluate(async (image: HTMLImageElement) => {
        await image.decode()
        return [image.naturalWidth, image.naturalHeight]
      }),
    )
    .toEqual([200, 300])
  await page.getByLabel('Разрешить доступ к компании для всех пользователей CRM').click()
  // F57: for reading, unless one chooses more.
  await expect.poll(() => page.getByLabel('Видимость', { exact: true }).inputValue()).toBe('read')
  await desk.screenshot('photo-card')

  await phone.page.goto(`${relay.url}/clients`)
  const row = phone.page.getByRole('listitem').filter({ hasText: 'ООО «Южный ветер»' })
  await row.locator('img').waitFor()
  await row.getByText('Открыт всем на чтение').waitFor()
  await phone.screenshot('photo-list-phone')

  await page.getByRole('button', { name: 'Изменить фото' }).click()
  await dialog.getByRole('button', { name: 'Убрать фото' }).click()
  await expect.poll(() => face.count()).toBe(0)
  await expect.poll(() => row.locator('img').count()).toBe(0)
})

test('pictures of its profiles are asked for on a word, and one of them is taken as its photo', async () => {
  const picture = await page.screenshot()
  const asked: string[] = []
  await page.route('**/api/pictures', (route) => {
    const { link } = route.request().postDataJSON()
    asked.push(link)
    return link.includes('ok.ru')
      ? route.abort()
      : route.fulfill({ contentType: 'image/png', body: picture })
  })
  const links = page.getByRole('group', { name: 'Сайт и соцсети' })
  for (const link of ['vk.com/veter', 'ok.ru/veter']) {
    await links.getByRole('button', { name: 'Добавить: Сайт и соцсети' }).click()
    const field = links.getByRole('textbox', { name: 'Добавить: Сайт и соцсети' })
    await field.fill(link)
    await field.press('Enter')
    await links.getByRole('link', { name: `Открыть сайт: ${link}` }).waitFor()
    await field.waitFor({ state: 'detached' })
  }
  await page.getByRole('button', { name: 'Изменить фото' }).click()
  const offered = page.getByRole('region', { name: 'Из соцсетей' })
  await offered.getByText('ok.ru/veter').waitFor()
  expect(asked).toEqual([])
  await offered.getByRole('button', { name: 'Показать картинки' }).press('Enter')
  await offered.getByText('Нет связи с сервером').waitFor()
  await offered.getByRole('button', { name: 'Взять картинку: ВКонтакте, vk.com/veter' }).waitFor()
  await desk.screenshot('photo-links')
  // From the list, where the focus went when the button left.
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').getByRole('button', { name: 'Сохранить' }).click()
  await page.getByRole('button', { name: 'Изменить фото' }).locator('img').waitFor()
  expect(asked.sort()).toEqual(['https://ok.ru/veter', 'https://vk.com/veter'])
  await page.unroute('**/api/pictures')
})

test('the card is arranged by keyboard and mouse for oneself, and given to everyone', async () => {
  await page.getByRole('button', { name: 'Настроить карточку' }).click()
  const arranging = page.getByRole('region', { name: 'Настройка карточки' })
  const lines = arranging.getByRole('list', { name: 'Настройка карточки' })
  await lines.getByRole('button', { name: 'Переместить: ИНН' }).press('ArrowUp')
  await arranging.getByRole('button', { name: 'Скрыть: Мессенджеры' }).click()
  await arranging.getByRole('button', { name: 'Показать: Мессенджеры' }).waitFor()
  const from = await lines.getByRole('button', { name: 'Переместить: Телефоны' }).boundingBox()
  const onto = await lines.getByRole('button', { name: 'Переместить: Наименование' }).boundingBox()
  if (!from || !onto) throw new Error('a handle is not on the screen')
  await page.mouse.move(from.x + 8, from.y + from.height / 2)
  await page.mouse.down()
  await page.mouse.move(onto.x + 8, onto.y + 2, { steps: 4 })
  await page.mouse.up()
  await arranging.getByRole('textbox', { name: 'Название раздела' }).fill('Деньги')
  await desk.screenshot('arrange-wide')
  await arranging.getByRole('button', { name: 'Сохранить для меня' }).click()
  await page.getByRole('region', { name: 'Деньги' }).getByLabel('Лимит').waitFor()
  const text = (on: Page) => on.getByRole('region', { name: 'Данные', exact: true }).textContent()
  await expect.poll(() => text(page)).toMatch(/Телефоны.*Наименование.*ИНН.*Полное/s)
  await expect.poll(() => text(page)).not.toContain('Мессенджеры')

  await page.getByRole('button', { name: 'Настроить карточку' }).click()
  await arranging.getByRole('button', { name: 'Для других…' }).click()
  const whom = page.getByRole('dialog', { name: 'Кому дать такую карточку' })
  await desk.screenshot('arrange-others')
  await whom.getByRole('button', { name: 'Сохранить' }).click()
  await phone.page.getByRole('link', { name: 'ООО «Южный ветер»' }).click()
  await expect.poll(() => text(phone.page)).toMatch(/Телефоны.*Наименование/s)
  await phone.page.getByRole('button', { name: 'Настроить карточку' }).click()
  await phone.page.getByRole('button', { name: 'Показать: Мессенджеры' }).waitFor()
  await phone.screenshot('arrange-phone')
  await phone.page.getByRole('button', { name: 'Отмена' }).click()
})

test('nothing went wrong unseen', () => {
  expect(desk.problems).toEqual([])
  expect(phone.problems).toEqual([])
})

/** In the page: whoever asks for products waits until the returned function is called. */
const holdCatalogue = async (): Promise<() => void> => {
  const replicas = (await indexedDB.databases()).filter(({ name }) =>
    /^interes-.*-/.test(name ?? ''),
  )
  const name = replicas[0]?.name ?? ''
  const base = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open(name)
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(opening.error)
  })
  const products = base.transaction('product', 'readwrite').objectStore('product')
  let isHeld = true
  const hold = () => {
    if (isHeld) products.count().onsuccess = hold
    else base.close()
  }
  hold()
  return () => {
    isHeld = false
  }
}

test('lines of an Interest are typed with no network, and its amount goes by them', async () => {
  await page.goto(`${relay.url}/interests/new`)
  const dialog = page.getByRole('dialog', { name: 'Новый Интерес' })
  await dialog.getByLabel('Название').fill('Мебель в переговорную')
  await dialog.getByRole('button', { name: 'Сохранить', exact: true }).click()
  const { keyboard } = page
  await page.getByRole('tab', { name: 'Товары' }).last().click()
  const next = page.getByRole('combobox', { name: 'Добавить товар или услугу' })
  await next.waitFor()
  await desk.offline()
  const type = async (name: string, option: RegExp) => {
    await next.fill(name)
    await page.getByRole('option', { name: option }).waitFor()
  }
  const typing = (name: string) =>
    page.waitForFunction(
      (label) => document.activeElement?.getAttribute('aria-label') === label,
      name,
    )

  // What was walked to is taken, though the catalogue has not answered yet.
  const answers = await page.evaluateHandle(holdCatalogue)
  await type('Кресло офисное', /Создать в каталоге/)
  await keyboard.press('ArrowDown')
  await keyboard.press('Enter')
  await answers.evaluate((free) => free())
  const form = page.getByRole('dialog', { name: 'Новый товар или услуга' })
  await form.getByLabel('Цена').fill('12 500,50')
  await form.getByLabel('НДС').selectOption({ label: '20 %' })
  await form.getByRole('button', { name: 'Сохранить', exact: true }).click()
  await typing('Кол-во: Кресло офисное')
  await keyboard.type('2')
  await keyboard.press('Enter')
  await typing('Добавить товар или услугу')

  await type('крес', /Кресло офисное/)
  await keyboard.press('Enter')
  await page.getByLabel('Кол-во: Кресло офисное').nth(1).waitFor()
  await typing('Кол-во: Кресло офисное')
  await keyboard.press('Enter')
  await typing('Добавить товар или услугу')

  // Pressed twice before the catalogue has answered, it is one line.
  const late = await page.evaluateHandle(holdCatalogue)
  await type('Доставка', /без каталога/)
  await keyboard.press('Enter')
  await keyboard.press('Enter')
  await late.evaluate((free) => free())
  await typing('Кол-во: Доставка')
  await keyboard.type('0,5')
  await keyboard.press('Tab')
  await keyboard.press('Tab')
  await typing('Цена: Доставка')
  await keyboard.type('1000,10')
  await keyboard.press('Enter')
  // 2 × 12 500,50 + 12 500,50 + 0,5 × 1 000,10 (500,05)
  const total = /38\s001,55\s₽/
  await expect.poll(() => page.getByRole('region', { name: 'Товары' }).textContent()).toMatch(total)
  await expect.poll(() => page.getByLabel('Сумма', { exact: true }).inputValue()).toMatch(total)
  await expect.poll(() => page.getByLabel('Кол-во: Доставка').count()).toBe(1)
  await desk.screenshot('interest-lines-wide')
  await desk.online()
  expect(desk.problems).toEqual([])
})
