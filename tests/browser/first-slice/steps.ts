/** What an employee does with mouse and keyboard, in words. */

import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { MailLab } from '../../lab/mail.ts'

const password = 'очень длинный пароль'

export const administrator = { email: 'anna@romashka.test', password }

/** F1-F4 */
export const setUpCompany = async (page: Page, url: string): Promise<void> => {
  await page.goto(url)
  await page.getByLabel('ФИО').fill('Анна Сергеевна Ковалёва')
  await page.getByLabel('Электронная почта').fill(administrator.email)
  await page.getByLabel(/^Пароль/).fill(password)
  await page.getByLabel('ИНН').fill('7707083893')
  await page.getByLabel('Название компании').fill('Ромашка')
  await page.getByRole('button', { name: 'Начать работу' }).click()
  await page.getByRole('heading', { name: 'Настройки' }).waitFor()
}

/** F14-F19, with servers given by hand: no DNS leads to the laboratory. */
export const connectMailbox = async (page: Page, lab: MailLab): Promise<void> => {
  const { address, password: secret } = lab.users.sales
  await page.getByRole('link', { name: 'Добавить учётную запись почты' }).click()
  await page.getByLabel('Адрес электронной почты').fill(address)
  await page.getByLabel(/^Пароль/).fill('не тот пароль')
  await page.getByText('Дополнительно').click()
  await page.getByLabel('Определить параметры подключения автоматически').click()
  for (const [title, port, security] of [
    ['Сервер получения (IMAP)', lab.imap.port, 'tls'],
    ['Сервер отправки (SMTP)', lab.smtp.submissionPort, 'starttls'],
  ] as const) {
    const server = page.getByRole('group', { name: title })
    await server.getByLabel('Сервер', { exact: true }).fill('localhost')
    await server.getByLabel('Порт').fill(String(port))
    await server.getByLabel('Защита').selectOption(security)
  }
  const create = page.getByRole('main').getByRole('button', { name: 'Создать', exact: true })
  await create.click()
  // F19: wrong data is reported here, not later.
  await page
    .getByRole('alert')
    .filter({ hasText: /пароль/i })
    .first()
    .waitFor()
  await page.getByLabel(/^Пароль/).fill(secret)
  await create.click()
  await page.getByText(`Ящик ${address} подключён`).waitFor()
}

/** @returns the link to send to the colleague. */
export const inviteByLink = async (page: Page): Promise<string> => {
  await page.goto(new URL('/settings/employees', page.url()).href)
  await page.getByRole('button', { name: 'Пригласить' }).click()
  await page.getByRole('button', { name: 'Создать ссылку' }).click()
  return page.getByLabel('Ссылка', { exact: true }).inputValue()
}

export const acceptInvite = async (page: Page, link: string): Promise<void> => {
  await page.goto(link)
  await page.getByLabel('ФИО').fill('Пётр Полевой')
  await page.getByLabel('Электронная почта').fill('petr@romashka.test')
  await page.getByLabel(/^Пароль/).fill(password)
  await page.getByRole('button', { name: 'Начать работу' }).click()
  await page.getByRole('link', { name: 'Диалоги' }).first().waitFor()
}

/** A client that everybody may change. @returns its id. */
export const createClient = async (page: Page, email: string): Promise<string> => {
  await page.goto(new URL('/clients/new', page.url()).href)
  const form = page.getByRole('dialog')
  await form.getByLabel('Название компании').fill('Лютик')
  await form.getByLabel('Почта').fill(email)
  await form.getByRole('button', { name: 'Сохранить', exact: true }).click()
  // Saving leads to the card; an address read before that is still the form's.
  await page.getByRole('heading', { name: 'Лютик' }).waitFor()
  await page.getByLabel(/^Разрешить доступ к компании/).click()
  await page.getByLabel('Видимость', { exact: true }).selectOption('write')
  // The badge shows what is kept.
  await page.getByTitle('Открыт всем на чтение и запись').first().waitFor()
  return page.url().split('/').at(-1) ?? ''
}

export const openClient = async (page: Page, name: string): Promise<void> => {
  if (!/\/clients\/.{36}$/.test(page.url())) {
    await page.getByRole('link', { name: 'Клиенты' }).first().click()
    await page.getByRole('link', { name }).first().click()
  }
  await page.getByRole('heading', { name }).waitFor()
}

export const openDialog = async (page: Page, words: string): Promise<void> => {
  await page.goto(new URL('/dialogs', page.url()).href)
  await page.getByRole('link').filter({ hasText: words }).first().click()
}

/** The field shows what is kept, in its own way of writing it. */
export const savedAs = async (field: Locator, shown: string): Promise<void> => {
  await expect.poll(() => field.getByRole('textbox').last().inputValue()).toBe(shown)
}

/** Milliseconds until the words stand on the screen. */
export const shownAfter = async (page: Page, words: string, since: number): Promise<number> => {
  await page.getByText(words).first().waitFor()
  return Date.now() - since
}

/** A row of the device's replica, read past the program. */
export const rowOnDevice = (page: Page, table: string, id: string) =>
  page.evaluate(
    async ([store, key]) => {
      const request = <T>(asked: IDBRequest<T>): Promise<T> =>
        new Promise((resolve, reject) => {
          asked.onsuccess = () => resolve(asked.result)
          asked.onerror = () => reject(asked.error)
        })
      const found = (await indexedDB.databases()).find(({ name }) => name?.startsWith('interes-'))
      const base = await request(indexedDB.open(found?.name ?? ''))
      const row: unknown = await request(base.transaction(store).objectStore(store).get(key))
      base.close()
      return row
    },
    [table, id] as const,
  )

/** Until both sides say the same; then what they say. */
export const agreed = async (read: () => Promise<unknown[]>): Promise<void> => {
  await expect
    .poll(
      async () => {
        const [first, ...others] = (await read()).map((value) => JSON.stringify(value))
        return first !== undefined && others.every((other) => other === first)
      },
      { interval: 100 },
    )
    .toBe(true)
}
