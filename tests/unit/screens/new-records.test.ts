import { describe, expect, test } from 'vitest'
import { parsePhone } from '../../../client/screens/clients/contact-input.ts'
import { copyOf } from '../../../client/screens/clients/copy.ts'
import { clientWrite } from '../../../client/screens/clients/new-contact.ts'
import { customValues, defaultsOf } from '../../../client/screens/clients/new-values.ts'
import { draftChoices } from '../../../client/screens/dialogs/use-form-draft.ts'
import { withOthers } from '../../../client/screens/forms/record-in-making.ts'
import { copyOfInterest } from '../../../client/screens/interests/copy.ts'
import { startOf, storedStart } from '../../../client/screens/settings/fields/start.ts'
import { copyOfTask } from '../../../client/screens/tasks/new-task.ts'
import { customField, fieldsOf } from '../../../shared/fields/fields.ts'
import type { Names } from '../../../shared/fields/words.ts'
import { newId } from '../../../shared/ids.ts'
import { change } from '../../../shared/records/change.ts'
import type { ClientRow } from '../../../shared/records/client.ts'
import type { CustomValue } from '../../../shared/records/custom-value.ts'
import type { DirectoryRow } from '../../../shared/records/directory.ts'
import type { FieldKind, FieldRow } from '../../../shared/records/field.ts'

const names: Names = {
  language: 'ru',
  entries: new Map(),
  records: new Map(),
  currency: 'RUB',
  today: new Date(2026, 10, 22),
}
const definition = (kind: FieldKind, more: Partial<FieldRow> = {}): FieldRow => ({
  id: newId(),
  type: 'field',
  recordType: 'client',
  kind,
  name: 'Поле',
  options: [],
  ...more,
})
const field = (kind: FieldKind, more: Partial<FieldRow> = {}) => customField(definition(kind, more))
const idOf = (info: { definition?: FieldRow }) => info.definition?.id ?? ''

describe('fields of one’s own in the form of a new record', () => {
  test('what is typed becomes a value, what is chosen is one', () => {
    const sum = field('money')
    const part = (id: string) => ({ id, order: id, name: id })
    const many = field('manyOf', { options: [part('first'), part('second')] })
    const client = field('client')
    const file = field('file')
    const sheet = ['a'.repeat(64), 'договор.pdf', 'application/pdf']
    const made = customValues(
      [sum, many, client, file],
      {
        [sum.key]: '12 500,50',
        [many.key]: ['first', 'second'],
        [client.key]: 'client',
        [file.key]: sheet,
      },
      names,
    )
    expect(made).toEqual({
      custom: {
        [idOf(sum)]: { amount: 12_500.5, currency: 'RUB' },
        [idOf(many)]: ['first', 'second'],
        [idOf(client)]: 'client',
        [idOf(file)]: sheet,
      },
      wrong: {},
    })
  })

  test('one that is required is asked for, of whatever kind; a wrong one is told by its own words', () => {
    const many = field('manyOf', { required: true })
    const day = field('date', { required: true })
    expect(customValues([many, day], { [many.key]: [], [day.key]: 'весна' }, names).wrong).toEqual({
      [many.key]: 'client.required',
      [day.key]: 'client.error.day',
    })
  })

  test('an option that went away while the draft waited is not stored', () => {
    const left = { id: 'left', order: 'a', name: 'Есть' }
    const archived = { id: 'archived', order: 'b', name: 'Была', archived: true as const }
    const one = field('oneOf', { options: [left, archived], required: true })
    const many = field('manyOf', { options: [left] })
    const made = (id: string) =>
      customValues([one, many], { [one.key]: id, [many.key]: ['left', 'gone'] }, names)
    expect(made('left').custom).toEqual({ [idOf(one)]: 'left', [idOf(many)]: ['left'] })
    for (const id of ['archived', 'gone'])
      expect(made(id).wrong).toEqual({ [one.key]: 'client.required' })
  })

  test('a default stands there at once, and can be cleared', () => {
    const number = field('number', { default: 1500.5 })
    const flag = field('yesNo', { default: false })
    const defaults = defaultsOf([number, flag], names, new Set())
    expect(defaults).toEqual({ [number.key]: '1\u00a0500,5', [flag.key]: false })
    expect(customValues([number, flag], defaults, names).custom).toEqual({
      [idOf(number)]: 1500.5,
      [idOf(flag)]: false,
    })
    const cleared = { ...defaults, [flag.key]: '' }
    expect(customValues([number, flag], cleared, names).custom).toEqual({ [idOf(number)]: 1500.5 })
  })
})

describe('a default of any kind', () => {
  const [here, archived] = [
    { id: newId(), order: 'a', name: 'Есть' },
    { id: newId(), order: 'b', name: 'Была', archived: true as const },
  ]
  const options = [here, archived]
  const [client, employee] = [newId(), newId()]
  const office: Names = { ...names, records: new Map([[employee, 'Анна']]) }
  const begun = (info: ReturnType<typeof field>) => {
    const entered = defaultsOf([info], office, new Set([client]))
    return customValues([info], entered, office).custom[idOf(info)]
  }

  const kept: [FieldKind, CustomValue][] = [
    ['text', 'Слово'],
    ['money', { amount: 12_500, currency: 'RUB' }],
    ['date', '2026-03-12'],
    ['yesNo', false],
    ['oneOf', here.id],
    ['manyOf', [here.id]],
    ['client', client],
    ['employee', employee],
  ]

  test.each(kept)('%s: new records begin with it', (kind, value) => {
    expect(begun(field(kind, { options, default: value }))).toEqual(value)
  })

  test('the day of making is the day on which the form is filled in', () => {
    const day = field('date', { default: 'today' })
    expect(defaultsOf([day], office, new Set())).toEqual({ [day.key]: '22.11.2026' })
    expect(begun(day)).toBe('2026-11-22')
  })

  test('what it names and is not there for this user is left out', () => {
    for (const gone of [
      field('oneOf', { options, default: archived.id }),
      field('manyOf', { options, default: [archived.id] }),
      field('client', { default: newId() }),
      field('employee', { default: newId() }),
    ])
      expect(begun(gone)).toBeUndefined()
    expect(begun(field('manyOf', { options, default: [archived.id, here.id] }))).toEqual([here.id])
  })

  test('is shown in the dialog of the field as it is kept, and kept as it is shown', () => {
    for (const [kind, value] of [...kept, ['date', 'today'] as const]) {
      const one = definition(kind, { options, required: true, default: value })
      expect(storedStart(one, startOf(one, office), office)).toEqual({ ok: true, value })
    }
    const day = definition('date', { required: true })
    expect(storedStart(day, startOf(day, office), office)).toEqual({ ok: true, value: null })
    expect(storedStart(day, { value: 'весна', today: false }, office)).toEqual({ ok: false })
  })
})

describe('a copy of a client', () => {
  const own = definition('number')
  const row = (): ClientRow => {
    const made = change(
      'client',
      newId(),
      null,
      {
        kind: 'organisation',
        name: 'ООО «Ромашка»',
        inn: '7707083893',
        relation: 'buyer',
        tags: ['опт'],
        managers: ['anna'],
        note: 'Звонить после обеда',
        photo: 'a'.repeat(64),
        phones: {
          [newId()]: { value: '+74951234567', kind: 'work', order: 'a5' },
          [newId()]: { value: '+79161234567', kind: 'mobile', order: 'a6' },
        },
        addresses: { [newId()]: { value: 'Москва', kind: 'legal', order: 'a3' } },
        custom: { [own.id]: 7 },
      },
      1,
    )
    if (!made.ok) throw new Error(made.reason)
    return made.value.row as unknown as ClientRow // projected by the client's declaration
  }
  const asked = new Set(['name', 'kind', 'inn'])

  test('has all that the client is described by, and nothing of its story', () => {
    const { phone, custom, also } = copyOf(row(), fieldsOf('client', [own]), asked, names)
    expect(phone).toBe('+7 495 123-45-67')
    expect(custom).toEqual({ [`custom/${own.id}`]: '7' })
    expect(Object.keys(also).sort()).toEqual([
      'addresses',
      'managers',
      'phones',
      'relation',
      'tags',
    ])
  })

  test('becomes a client of its own, the main phone first and the creator among its managers', () => {
    const { phone, also } = copyOf(row(), fieldsOf('client', []), asked, names)
    const typed = parsePhone(phone)
    if (!typed.ok) throw new Error(typed.error)
    const first = clientWrite({ kind: 'organisation', name: 'Копия', phone: typed.value }, [
      'boris',
    ])
    const { id, patch } = withOthers(first, also)
    const made = change('client', id, null, patch, 2)
    if (!made.ok) throw new Error(made.reason)
    const copy = made.value.row as unknown as ClientRow // projected by the client's declaration
    expect(copy.phones.map(({ value, kind }) => [value, kind])).toEqual([
      ['+74951234567', 'work'],
      ['+79161234567', 'mobile'],
    ])
    expect(copy.managers).toEqual(['anna', 'boris'])
    expect(copy.addresses.map(({ value }) => value)).toEqual(['Москва'])
    const ids = new Set([...row().phones, ...copy.phones].map((part) => part.id))
    expect(ids.size).toBe(4)
  })
})

describe('the draft of a form that is open in several tabs', () => {
  test('a tab takes its own, then one that was left, then an empty one', () => {
    const stored = new Set(['new-client', 'new-client#3', 'new-client:a@b.test'])
    expect(draftChoices('new-client', stored, 'new-client#2').slice(0, 4)).toEqual([
      'new-client#2',
      'new-client',
      'new-client#3',
      'new-client#4',
    ])
    expect(draftChoices('new-client', new Set(), null)[0]).toBe('new-client')
  })
})

describe('a copy of an Interest or a task', () => {
  const note = field('money', { recordType: 'interest' })
  const custom = { [idOf(note)]: { amount: 5, currency: 'RUB' } }

  test('holds what was agreed, as it is typed, and nothing of how the other one went', () => {
    const row = {
      id: newId(),
      type: 'interest' as const,
      name: 'Плитка',
      client: newId(),
      position: { scenario: newId(), stage: newId(), kind: 'lost' as const, since: 1 },
      scenario: newId(),
      stage: newId(),
      status: 'lost' as const,
      since: 1,
      entered: [],
      imports: [],
      lines: [],
      amount: { amount: 12_500, currency: 'RUB' },
      closeDate: '2026-12-01',
      probability: 90,
      tags: ['опт'],
      budget: 'month' as const,
      periods: 3,
      description: 'Без наличных',
      custom,
    }
    const infos = [...fieldsOf('interest', []), note]
    expect(copyOfInterest(row, infos, names)).toEqual({
      name: 'Плитка',
      client: row.client,
      scenario: row.scenario,
      amount: expect.stringMatching(/^12.500.*₽$/),
      responsible: '',
      custom: { [note.key]: expect.stringMatching(/^5.*₽$/) },
      also: { budget: 'month', periods: 3, description: 'Без наличных', tags: ['опт'] },
    })
  })

  test('of a task keeps its due and category, not its result', () => {
    const task = {
      id: newId(),
      title: 'Позвонить',
      kind: 'call' as const,
      category: newId(),
      responsible: newId(),
      due: Date.UTC(2026, 10, 25, 9),
      done: { at: 1, by: newId() },
      result: 'Не взяли трубку',
      imports: [],
    }
    const entry = (id: string, more: Partial<DirectoryRow> = {}): [string, DirectoryRow] => [
      id,
      { id, type: 'directory', directory: 'taskCategory', name: 'Звонок', ...more },
    ]
    const copied = (...entries: [string, DirectoryRow][]) =>
      copyOfTask(task, new Map(entries), null, null, { [note.key]: '5' })
    const form = copied(entry(task.category))
    expect(form).toMatchObject({ title: 'Позвонить', category: task.category, result: '' })
    expect(form.when).not.toBe('')
    expect(form.custom).toEqual({ [note.key]: '5' })
    const other = newId()
    const replaced = copied(entry(task.category, { mergedInto: other }), entry(other))
    expect(replaced.category).toBe(other)
    expect(copied(entry(task.category, { deletedAt: 1 })).category).toBe('')
  })
})
