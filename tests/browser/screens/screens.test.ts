/** Клиенты, Диалоги and Почта as an employee uses them: real relay, real Chromium. */
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findings } from '../../lab/accessibility.ts'
import { type Device, launchBrowser, newDevice } from '../../lab/chromium.ts'
import { administrator, type NodeDevice, setUp } from '../../lab/device.ts'
import { untilDraft } from '../../lab/drafts.ts'
import { type Relay, startRelay } from '../../lab/relay.ts'
import { allIsHere } from '../../lab/sign-in.ts'
import { type Seeded, seed } from './seed.ts'

let relay: Relay
let browser: Browser
let admin: NodeDevice
let seeded: Seeded
let laptop: Device
/** Of the same person. */
let phone: Device
let page: Page

const signIn = async (device: Device): Promise<void> => {
  await device.page.goto(relay.url)
  await device.page.locator('input[type=email]').fill(administrator.email)
  await device.page.locator('input[type=password]').fill(administrator.password)
  await device.page.keyboard.press('Enter')
  await device.page
    .getByRole('link', { name: /Ёлки-Палки/ })
    .first()
    .waitFor()
  await allIsHere(device.page)
}

/** Follows an address inside the program, as its links do. */
const open = (path: string): Promise<unknown> => page.goto(relay.url + path)

beforeAll(async () => {
  relay = await startRelay()
  admin = await setUp(relay.url)
  seeded = await seed(relay, admin, Date.now())
  browser = await launchBrowser()
  laptop = await newDevice(browser, { width: 1440, height: 900 })
  phone = await newDevice(browser, { width: 390, height: 844, phone: true, colorScheme: 'dark' })
  page = laptop.page
  await Promise.all([signIn(laptop), signIn(phone)])
})

afterAll(async () => {
  await browser?.close()
  await relay?.stop()
})

describe('Клиенты', () => {
  test('are found by a name, an ИНН, a phone in any form and an e-mail', async () => {
    await open('/clients')
    const search = page.getByRole('searchbox', { name: 'Имя, ИНН, телефон или почта' })
    const list = page.getByRole('list', { name: 'Клиенты' })
    for (const typed of ['елки', '7736050003', '8 (495) 111-22', 'zakaz@elki']) {
      await search.fill(typed)
      await page.getByText('Найден 1', { exact: true }).waitFor()
      await expect.poll(() => list.getByRole('link', { name: 'ООО «Ёлки-Палки»' }).count()).toBe(1)
    }
    await search.fill('нет такого')
    await page.getByRole('button', { name: 'Показать всех' }).click()
    await page.getByText('23 клиента').waitFor()
    // Enter opens the first of what is typed, though the list may still be that of all.
    await search.fill('7736050003')
    await search.press('Enter')
    await page.getByRole('heading', { name: 'ООО «Ёлки-Палки»' }).waitFor()
  })

  test('one is created, what is wrong is said at the field, and another can follow', async () => {
    await open('/clients/new')
    const dialog = page.getByRole('dialog', { name: 'Новый клиент' })
    await dialog.getByRole('button', { name: 'Сохранить', exact: true }).click()
    await dialog.getByText('Введите название компании').waitFor()
    await dialog.getByLabel('Название компании').fill('ООО «Новый дом»')
    await dialog.getByLabel('ИНН').fill('7707083894')
    await dialog.getByLabel('Телефон').fill('позже')
    await dialog.getByLabel('Почта').fill('novy-dom')
    await dialog.getByRole('button', { name: 'Сохранить', exact: true }).click()
    for (const error of [
      'ИНН набран с ошибкой',
      'Недопустимый номер телефона',
      'Некорректный email',
    ])
      await dialog.getByText(error).waitFor()
    // The form survives a reload.
    await untilDraft(page, '"email":"novy-dom"')
    await page.reload()
    await dialog.getByLabel('ИНН').waitFor()
    await expect.poll(() => dialog.getByLabel('ИНН').inputValue()).toBe('7707083894')
    await dialog.getByLabel('ИНН').fill('7707083893')
    await dialog.getByLabel('Телефон').fill('8 (495) 765-43-21')
    await dialog.getByLabel('Почта').fill('Info@Novy-Dom.test')
    // Pressed twice, it makes one: the links of the list below are one each.
    await dialog.getByRole('button', { name: 'Сохранить и создать ещё' }).evaluate((button) => {
      const press = () => button.dispatchEvent(new MouseEvent('click', { bubbles: true }))
      press()
      press()
    })
    await expect.poll(() => dialog.getByLabel('Название компании').inputValue()).toBe('')
    // Nor does one lose what was typed in the moment before.
    await dialog.getByLabel('Название компании').fill('ООО «Старый дом»')
    await page.reload()
    await expect
      .poll(() => dialog.getByLabel('Название компании').inputValue())
      .toBe('ООО «Старый дом»')
    await dialog.getByRole('button', { name: 'Сохранить', exact: true }).click()
    await page.getByRole('heading', { name: 'ООО «Старый дом»' }).waitFor()
    await open('/clients')
    await page.getByRole('link', { name: '+7 495 765-43-21' }).waitFor()
    await page.getByRole('link', { name: 'info@novy-dom.test' }).waitFor()
  })

  test('a field is saved on leaving it, and Esc restores it', async () => {
    await open(`/clients/${seeded.clients.ivanov}`)
    const phones = page.getByRole('group', { name: 'Телефоны' })
    const phone = phones.getByRole('textbox', { name: 'Телефоны', exact: true })
    await phone.fill('1')
    await phone.press('Escape')
    await expect.poll(() => phone.inputValue()).toBe('+7 916 123-45-67')
    await phone.fill('не звонить')
    await phone.press('Enter')
    await page.getByText('Недопустимый номер телефона').waitFor()
    // The second is typed while the first is being saved.
    for (const typed of ['89167654300', '89167654321']) {
      await phone.fill(typed)
      await phone.press('Enter')
    }
    await expect.poll(() => phone.inputValue()).toBe('+7 916 765-43-21')
    await page.reload()
    await expect.poll(() => phone.inputValue()).toBe('+7 916 765-43-21')
  })

  test('a contact person is created at its client and opens on a card of its own', async () => {
    await open(`/clients/${seeded.clients.long}`)
    await page.getByRole('button', { name: 'Новое контактное лицо' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Сохранить', exact: true }).click()
    await dialog.getByText('Введите фамилию').waitFor()
    await dialog.getByText('Введите имя').waitFor()
    await dialog.getByLabel('Фамилия').fill('Соколов')
    await dialog.getByLabel(/^Имя/).fill('Лев')
    await dialog.getByLabel('Отчество').fill('Ильич')
    await dialog.getByLabel('Должность').fill('Декан')
    await dialog.getByRole('button', { name: 'Сохранить', exact: true }).click()
    await page.getByRole('link', { name: /Соколов Лев Ильич/ }).click()
    await page.getByRole('heading', { name: 'Соколов Лев Ильич' }).waitFor()
    await page
      .getByRole('link', { name: /Политехнический|политехнический/ })
      .first()
      .waitFor()
  })

  test('a note is typed into the record and read by another device letter by letter', async () => {
    await phone.page.goto(`${relay.url}/clients/${seeded.clients.elki}`)
    await open(`/clients/${seeded.clients.elki}`)
    const here = page.getByRole('textbox', { name: 'Заметка' })
    const there = phone.page.getByRole('textbox', { name: 'Заметка' })
    await here.press('Control+End')
    await here.pressSequentially(' Любят скидки.')
    await expect
      .poll(() => there.inputValue())
      .toBe('Платят в срок. Звонить Анне после 11:00. Любят скидки.')
    await there.press('Control+Home')
    await there.pressSequentially('Важно! ')
    await expect
      .poll(() => here.inputValue())
      .toBe('Важно! Платят в срок. Звонить Анне после 11:00. Любят скидки.')
  })

  test('a deleted one is gone from the list until the deletion is undone', async () => {
    await open('/clients')
    const row = page.getByRole('listitem').filter({ hasText: 'Абрамов Сергей Петрович' })
    await row.getByRole('button', { name: 'Действия' }).click()
    await page.getByRole('menuitem', { name: 'Удалить' }).click()
    await row.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Отменить' }).click()
    await row.waitFor()
  })
})

describe('Диалоги', () => {
  test('an opened dialog is read; its quote is folded, its note is hidden from the client', async () => {
    await open('/dialogs')
    const row = page.getByRole('link', { name: /ООО «Ёлки-Палки»/ })
    await row.getByRole('img', { name: 'не прочитано' }).waitFor()
    await row.click()
    await row.getByRole('img', { name: 'не прочитано' }).waitFor({ state: 'detached' })
    await page.getByText('Ждём счёт', { exact: false }).last().waitFor()
    await expect.poll(() => page.getByText('> Плитка есть').count()).toBe(0)
    await page.getByRole('button', { name: 'Показать цитату' }).click()
    await page.getByText('> Плитка есть').waitFor()
    await page.getByText('Скрытая заметка').first().waitFor()
  })

  test('those with something in a field of one’s own are listed, until the condition is taken away', async () => {
    await open('/dialogs')
    const rows = page.getByRole('list', { name: 'Диалоги' }).getByRole('listitem')
    await rows.first().waitFor()
    await page.getByRole('button', { name: 'Отбор по полям' }).click()
    const dialog = page.getByRole('dialog', { name: 'Отбор' })
    await dialog.getByRole('button', { name: 'Добавить условие' }).click()
    await dialog.getByLabel('Поле').selectOption({ label: 'Срочность' })
    await dialog.getByLabel('Значение').fill('пятниц')
    await dialog.getByRole('button', { name: /^Показать/ }).click()
    await expect
      .poll(() => rows.allTextContents())
      .toEqual([expect.stringContaining('Заказ плитки')])
    await laptop.screenshot('dialogs-by-field')
    await page.getByRole('button', { name: 'Убрать условие: Срочность: пятниц' }).click()
    await expect.poll(() => rows.count()).toBeGreaterThan(2)
  })

  test('several are closed at once, and open again when that is taken back; a menu has one of them', async () => {
    await open('/dialogs')
    const list = page.getByRole('list', { name: 'Диалоги' })
    const waiting = list.getByText('ждёт ответа')
    await expect.poll(() => waiting.count()).toBe(2)
    await page.getByRole('button', { name: 'Выбрать несколько' }).click()
    for (const name of [/Заказ плитки/, /^Федеральное/])
      await list.getByRole('checkbox', { name }).click()
    const bar = page.getByRole('toolbar', { name: 'Действия с отмеченными' })
    await bar.getByText('Отмечено 2').waitFor()
    await laptop.screenshot('dialogs-ticked')
    await bar.getByRole('button', { name: 'Закрыть' }).click()
    await expect.poll(() => waiting.count()).toBe(0)
    await page.getByRole('button', { name: 'Отменить' }).click()
    await expect.poll(() => waiting.count()).toBe(2)
    await list.getByRole('button', { name: /^Действия: .*Заказ плитки/ }).click()
    await page.getByRole('menuitem', { name: 'Закрыть диалог' }).click()
    await expect.poll(() => waiting.count()).toBe(1)
    await page.getByRole('button', { name: 'Отменить' }).last().click()
    await expect.poll(() => waiting.count()).toBe(2)
  })

  test('an HTML letter is shown without its scripts and without calling anybody', async () => {
    await open(`/dialogs/${seeded.dialogs.order}`)
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await page.getByRole('log').getByText('Показать оформленное письмо').click()
    const letter = page.frameLocator('iframe')
    await letter.getByRole('heading', { name: 'Коммерческое предложение' }).waitFor()
    await expect.poll(() => letter.locator('script, [onclick]').count()).toBe(0)
    await expect.poll(() => letter.getByText('скидка').getAttribute('href')).toBeNull()
    await expect
      .poll(() => letter.getByRole('link', { name: 'прайс-лист' }).getAttribute('rel'))
      .toContain('noopener')
    // What is in the letter comes after its words.
    await expect
      .poll(() =>
        letter
          .getByAltText('логотип')
          .evaluate((image) => (image as HTMLImageElement).naturalWidth),
      )
      .toBe(1)
    await page.getByText('Картинки из интернета не загружены', { exact: false }).waitFor()
    expect(asked.filter((url) => url.includes('tracker'))).toEqual([])
    await expect.poll(() => page.title()).not.toBe('взломано')
    // Once allowed, the remote picture is asked for.
    await page.getByRole('button', { name: 'Показать картинки' }).click()
    await expect.poll(() => asked.some((url) => url.endsWith('/open.gif'))).toBe(true)
  })

  test('an answer waits with no network, survives a reload, and can be cancelled', async () => {
    await open(`/dialogs/${seeded.dialogs.order}`)
    const field = page.getByRole('textbox', { name: 'Напишите ответ' })
    await field.fill('Счёт отправили')
    await untilDraft(page, 'Счёт отправили')
    await page.reload()
    await expect.poll(() => field.inputValue()).toBe('Счёт отправили')
    await laptop.offline()
    await page.getByText('Письмо уйдёт само', { exact: false }).waitFor()
    await page.locator('input[type=file]').setInputFiles({
      name: 'счёт 119.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('Счёт'),
    })
    // At once, while the file is still being kept.
    await field.press('Control+Enter')
    const letter = page.getByRole('article').filter({ hasText: 'Счёт отправили' })
    await letter.getByText('Ждёт отправки', { exact: true }).waitFor()
    await letter.getByText('счёт 119.txt').waitFor()
    // The letter may stand there first.
    await expect.poll(() => field.inputValue()).toBe('')
    await page.getByRole('button', { name: 'Отменить отправку' }).click()
    await page.getByText('Отменено', { exact: true }).waitFor()
    await laptop.online()
    await page.getByText('Сохранено').waitFor()
  })

  test('a note stays among colleagues', async () => {
    await open(`/dialogs/${seeded.dialogs.order}`)
    await page.getByRole('button', { name: 'Скрытая заметка' }).click()
    await page.getByRole('textbox', { name: /Заметка для коллег/ }).fill('Позвонить в пятницу')
    await page.getByRole('button', { name: 'Сохранить заметку' }).click()
    const note = page.getByRole('article').filter({ hasText: 'Позвонить в пятницу' })
    await note.getByText('Скрытая заметка').waitFor()
    await expect.poll(() => note.getByText('Ждёт отправки').count()).toBe(0)
  })

  test('what failed says why and is sent again; what is unknown is never resent silently', async () => {
    await open(`/dialogs/${seeded.dialogs.failed}`)
    await page.getByText('550 5.1.1', { exact: false }).waitFor()
    await page.getByRole('button', { name: 'Отправить снова' }).click()
    await page.getByText('Ждёт отправки', { exact: true }).waitFor()
    await page.getByText('Проверьте папку', { exact: false }).waitFor()
    await page.getByRole('button', { name: 'Считать отправленным' }).click()
    await page.getByText('Отправлено', { exact: true }).waitFor()
  })

  test('history comes as one scrolls up, and only what is in view is in the document', async () => {
    await open(`/dialogs/${seeded.dialogs.long}`)
    await page.getByText('Сообщение 600.', { exact: false }).last().waitFor()
    await expect.poll(() => page.getByRole('article').count()).toBeLessThan(60)
    const log = page.getByRole('log')
    const first = page.getByText(/^Сообщение 1\.$/)
    await expect
      .poll(async () => {
        await log.evaluate((element) => element.parentElement?.scrollTo(0, 0))
        return first.count()
      })
      .toBeGreaterThan(0)
    await expect.poll(() => page.getByRole('article').count()).toBeLessThan(60)
  })

  test('an appeal is not rejected without the reason the channel demands', async () => {
    await open(`/dialogs/${seeded.dialogs.appeal}`)
    await page.getByRole('button', { name: 'Отклонить' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Отклонить' }).click()
    await dialog.getByText('Укажите причину отклонения').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Принять обращение' }).waitFor()
  })

  test('an accepted appeal makes its sender a client and links the dialog', async () => {
    await open(`/dialogs/${seeded.dialogs.appeal}`)
    await page.getByRole('button', { name: 'Принять обращение' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Наименование').fill('ООО «Новострой»')
    await dialog.getByRole('button', { name: 'Принять обращение' }).click()
    await page.getByText(/Принял\(а\) Анна/).waitFor()
    await page
      .getByRole('link', { name: /ООО «Новострой»/ })
      .last()
      .click()
    await page.getByRole('textbox', { name: 'Электронная почта', exact: true }).waitFor()
    await expect
      .poll(() =>
        page.getByRole('textbox', { name: 'Электронная почта', exact: true }).inputValue(),
      )
      .toBe('petr@new-build.test')
    await page
      .getByRole('link', { name: /Сколько стоит укладка/ })
      .first()
      .waitFor()
  })
})

describe('Почта', () => {
  test('shows the folders of the account and the threads of a folder', async () => {
    await open('/mail')
    const folders = page.getByRole('navigation', { name: 'Учётные записи и папки' })
    await folders.getByRole('link', { name: 'Отправленные' }).click()
    await page.getByRole('heading', { name: 'Отправленные' }).waitFor()
    await page.getByRole('link', { name: /bukh@stroymontazh.test/ }).waitFor()
    await folders.getByRole('link', { name: 'Новостройки' }).click()
    await page.getByText('остаются в почте', { exact: false }).waitFor()
    await folders.getByRole('link', { name: 'Входящие' }).click()
    await page.getByRole('link', { name: /Анна Ёлкина/ }).click()
    await page.getByRole('link', { name: 'Ответить' }).click()
    await page.getByRole('textbox', { name: 'Напишите ответ' }).waitFor()
  })

  test('a new letter knows the client by the address', async () => {
    await open('/mail/new')
    const to = page.getByRole('combobox', { name: 'Кому' })
    await to.fill('ёлки')
    await to.press('Enter')
    await page.getByText('Клиент: ООО «Ёлки-Палки»').waitFor()
    await page.getByRole('textbox', { name: 'Тема' }).fill('Новые поступления')
    await page.getByRole('button', { name: 'Отправить' }).click()
    await page.getByText('Напишите текст или приложите файл').waitFor()
    await page
      .getByRole('textbox', { name: 'Текст письма' })
      .fill('Добрый день! Поступила новая плитка.')
    await page.getByRole('button', { name: 'Отправить' }).click()
    await page.waitForURL(/\/dialogs\/[0-9a-f-]{36}$/)
    await page.getByText('Ждёт отправки', { exact: true }).waitFor()
    await page.getByRole('heading', { name: 'ООО «Ёлки-Палки»' }).waitFor()
  })
})

describe('everyone can use it', () => {
  /** Name, address, and what is there once all is. */
  const places = (on: Page): [string, string, Locator][] => [
    ['dialogs', '/dialogs', on.getByText('bukh@stroymontazh.test')],
    [
      'dialog',
      `/dialogs/${seeded.dialogs.order}`,
      on.getByText('Плитка есть, счёт подготовим сегодня'),
    ],
    ['failed', `/dialogs/${seeded.dialogs.failed}`, on.getByText('Добрый день! Счёт во вложении.')],
    ['clients', '/clients', on.getByRole('list', { name: 'Клиенты' }).getByRole('listitem')],
    ['new client', '/clients/new', on.getByText('Название компании')],
    ['client', `/clients/${seeded.clients.elki}`, on.getByText('Телефоны')],
    [
      'mail',
      '/mail',
      on
        .getByRole('main')
        .filter({ has: on.getByRole('navigation', { name: 'Учётные записи и папки' }) })
        .getByRole('link', { name: /Анна Ёлкина/ }),
    ],
    ['letter', '/mail/new', on.getByText('Тема')],
  ]
  const look = async (device: Device, name: string) => {
    for (const [place, path, there] of places(device.page)) {
      // Inside the program, as its links do: eight starts would be most of the time.
      await device.page.evaluate((to) => history.pushState(null, '', to), path)
      await there.and(device.page.locator(':visible')).first().waitFor()
      await expect.poll(() => findings(device.page), { message: place }).toEqual([])
      await device.screenshot(`${name} ${place}`)
    }
  }

  test('axe finds nothing serious: laptop, light', () => look(laptop, 'laptop, light'))

  test('axe finds nothing serious: phone, dark', () => look(phone, 'phone, dark'))

  test('nothing went wrong unseen', () =>
    expect([...laptop.problems, ...phone.problems].filter(unexpected)).toEqual([]))
})

/** Signed out at first, and the hostile letter's scripts that the frame refuses to run. */
const unexpected = (problem: string): boolean =>
  !problem.includes('401') &&
  !problem.includes('letter-frame.html') &&
  !problem.includes('tracker.test')
