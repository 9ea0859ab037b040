import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { screenOf, titleOf } from '../../../client/frame/titles.ts'
import { setLocale } from '../../../client/i18n/index.ts'

const id = '01a203a0-d5f5-7122-b194-314a8f031f0e'
const sourceOf = (path: string) =>
  readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')

/** Addresses that the program shows: its routes, and the sections of the settings. */
const addresses = [
  ...[...sourceOf('client/app.tsx').matchAll(/<Route path="([^"]+)"/g)].flatMap(([, path = '']) => [
    path.replaceAll(/\/:\w+\??/g, (step) => (step.endsWith('?') ? '' : `/${id}`)),
    // The settings have no item in every section.
    ...(path.startsWith('/settings') ? [] : [path.replaceAll(/\/:\w+\??/g, `/${id}`)]),
  ]),
  ...[...sourceOf('client/screens/settings/index.tsx').matchAll(/case '(\w+)':/g)].map(
    ([, section]) => `/settings/${section}`,
  ),
]

describe('what an address is called in the title', () => {
  afterEach(() => setLocale('ru'))

  it('says what each address of the program is for', () => {
    setLocale('ru')
    expect(addresses.length).toBeGreaterThan(40)
    expect(addresses.filter((path) => titleOf(path) === 'Такой страницы нет')).toEqual([])
    expect(titleOf('/nowhere')).toBe('Такой страницы нет')
    expect(titleOf(`/clients/${id}/${id}`)).toBe('Такой страницы нет')
  })

  it.each([
    ['/clients', 'Клиенты'],
    ['/clients/', 'Клиенты'],
    ['/clients/segments', 'Сегменты'],
    [`/clients/${id}`, 'Карточка клиента'],
    [`/tasks/${id}`, 'Дело'],
    ['/tasks/calendar', 'Календарь дел'],
    [`/mail/${id}/inbox/${id}`, 'Почта'],
    ['/mail/new', 'Новое письмо'],
    ['/settings/mail/new', 'Подключение почты'],
  ])('%s: %s', (path, title) => {
    setLocale('ru')
    expect(titleOf(path)).toBe(title)
  })

  it('is said in the chosen language', () => {
    setLocale('en')
    expect(titleOf(`/clients/${id}`)).toBe('Card of a client')
  })

  it('is another screen’s where the page is another one, not for a window over it', () => {
    expect(screenOf('/clients/new')).toBe(screenOf('/clients'))
    expect(screenOf(`/tasks/${id}`)).toBe(screenOf('/tasks'))
    expect(screenOf(`/dialogs/${id}`)).toBe(screenOf('/dialogs'))
    expect(screenOf(`/clients/${id}`)).not.toBe(screenOf('/clients'))
    expect(screenOf('/tasks/calendar')).not.toBe(screenOf('/tasks'))
  })
})
