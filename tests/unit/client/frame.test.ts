import { beforeEach, describe, expect, it } from 'vitest'
import { initialsOf } from '../../../client/design/Avatar.tsx'
import { keyCommand } from '../../../client/frame/keys.ts'
import { newTaskPath, placeOf, placesFor } from '../../../client/frame/places.ts'
import { syncWord } from '../../../client/frame/sync-word.ts'
import { locale } from '../../../client/i18n/index.ts'
import type { Status } from '../../../client/replica/index.ts'

beforeEach(() => {
  locale.value = 'ru'
})

const status = (change: Partial<Status>): Status => ({
  state: 'saved',
  revoked: null,
  waiting: 0,
  rejected: 0,
  lastSyncAt: 0,
  progress: null,
  complete: true,
  restoring: false,
  lostChanges: 0,
  ...change,
})

describe('the sync word', () => {
  it.each<[Partial<Status>, string]>([
    [{}, 'Сохранено'],
    [{ state: 'connecting' }, 'Сохранено'],
    [{ state: 'sending', waiting: 3 }, 'Отправляем 3…'],
    [{ state: 'offline' }, 'Нет сети'],
    [{ state: 'offline', waiting: 12 }, 'Нет сети · 12 ждут'],
    [{ state: 'offline', waiting: 21 }, 'Нет сети · 21 ждёт'],
    [{ rejected: 2 }, '2 отклонены'],
    [{ state: 'offline', waiting: 1, rejected: 1 }, '1 отклонено'],
    [{ state: 'signedOut', rejected: 2 }, 'Нужен вход'],
  ])('of %o', (change, text) => {
    expect(syncWord(status(change)).text).toBe(text)
  })

  it('stands out only where a person has to do something', () => {
    expect(syncWord(status({ state: 'offline', waiting: 3 })).tone).toBe('waiting')
    expect(syncWord(status({ rejected: 1 })).tone).toBe('trouble')
    expect(syncWord(status({ state: 'programTooOld' })).tone).toBe('trouble')
  })
})

describe('keys', () => {
  const press = (key: string, code: string, held: Partial<KeyboardEvent> = {}) => ({
    key,
    code,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    ...held,
  })

  it('work in the Russian layout', () => {
    expect(keyCommand(press('с', 'KeyC'), false)).toEqual({ kind: 'create' })
    expect(keyCommand(press('п', 'KeyG'), false)).toEqual({ kind: 'goPrefix' })
    expect(keyCommand(press('я', 'KeyZ'), false)).toEqual({ kind: 'undo' })
    expect(keyCommand(press('?', 'Digit7', { shiftKey: true }), false)).toEqual({ kind: 'help' })
  })
  it('search by Ctrl K and ⌘ K', () => {
    expect(keyCommand(press('k', 'KeyK', { ctrlKey: true }), false)).toEqual({ kind: 'search' })
    expect(keyCommand(press('л', 'KeyK', { metaKey: true }), false)).toEqual({ kind: 'search' })
  })
  it('leave the browser its own', () => {
    expect(keyCommand(press('c', 'KeyC', { ctrlKey: true }), false)).toBeNull()
    expect(keyCommand(press('z', 'KeyZ', { ctrlKey: true }), false)).toBeNull()
    expect(keyCommand(press('C', 'KeyC', { shiftKey: true }), false)).toBeNull()
  })
  it('lead back from a card by Esc', () => {
    expect(keyCommand(press('Escape', 'Escape'), false)).toEqual({ kind: 'back' })
  })
  it('mean a place after g', () => {
    expect(keyCommand(press('c', 'KeyC'), true)).toEqual({ kind: 'go', code: 'KeyC' })
  })
})

describe('places', () => {
  it('show Почта only when there is a mail account (F7)', () => {
    expect(placesFor(false).map(({ name }) => name)).toEqual([
      'sales',
      'dialogs',
      'tasks',
      'clients',
      'documents',
      'settings',
    ])
    expect(placesFor(true).map(({ name }) => name)).toContain('mail')
  })
  it('know where an address belongs', () => {
    expect(placeOf('/dialogs/0190')).toBe('dialogs')
    expect(placeOf('/persons/0190')).toBe('clients')
    expect(placeOf('/documents/0190')).toBe('documents')
    expect(placeOf('/offline-work')).toBe('settings')
    expect(placeOf('/elsewhere')).toBeUndefined()
  })
  it('a new task is made over the page of the calendar that one looks at, else over the list', () => {
    const search = 'view=week&date=2026-11-22'
    expect(newTaskPath('/tasks/calendar', search)).toBe(`/tasks/calendar/new?${search}`)
    expect(newTaskPath('/tasks/calendar', '')).toBe('/tasks/calendar/new')
    expect(newTaskPath('/tasks/calendar/0190', search)).toBe(`/tasks/calendar/new?${search}`)
    expect(newTaskPath('/tasks', 'segment=a')).toBe('/tasks/new')
    expect(newTaskPath('/clients', '')).toBe('/tasks/new')
  })
})

describe('initials', () => {
  it.each([
    ['Иван Петров', 'ИП'],
    ['ООО «Ромашка»', 'Р'],
    ['ИП Сидоров Пётр', 'СП'],
    ['ООО', 'О'],
    ['😀', ''],
  ])('of %s', (name, initials) => {
    expect(initialsOf(name)).toBe(initials)
  })
})
