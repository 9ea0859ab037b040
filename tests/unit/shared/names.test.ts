import { describe, expect, it } from 'vitest'
import { restorePatch, restoreRecordPatch } from '../../../client/screens/history/restore.ts'
import { mergeWrites, undoWrites } from '../../../shared/duplicates/merge.ts'
import { guessedName, nameChanges, partedName } from '../../../shared/human-names.ts'
import { newId } from '../../../shared/ids.ts'
import { change, mergeStates, type Patch } from '../../../shared/records/change.ts'
import type { Row } from '../../../shared/records/declaration.ts'
import type { PersonRow } from '../../../shared/records/person.ts'
import { openDoc, project } from '../../../shared/records/projection.ts'
import { changesBetween } from '../../../sync-server/commit/changes.ts'

type Contact = 'client' | 'person'

/** A record whose changes are made one after another. */
const record = (type: Contact, patch: Patch) => {
  const id = newId()
  let writer = 1
  const made = change(type, id, null, patch, writer++)
  if (!made.ok) throw new Error(`${made.reason} ${made.field}`)
  let { state, row } = made.value
  return {
    id,
    row: () => row,
    state: () => state,
    put: (next: Patch): Row => {
      const changed = change(type, id, state, next, writer++)
      if (!changed.ok) throw new Error(`${changed.reason} ${changed.field}`)
      state = changed.value.state
      row = changed.value.row
      return row
    },
  }
}

const maria = { lastName: 'Иванова', firstName: 'Мария', middleName: 'Петровна' }

describe('a name in parts', () => {
  it('makes the whole name, and the one that was written whole stays where there are none', () => {
    const person = record('person', { name: 'Мария с выставки' })
    expect(person.row().name).toBe('Мария с выставки')
    expect(person.put(maria).name).toBe('Иванова Мария Петровна')
    expect(person.put({ middleName: null }).name).toBe('Иванова Мария')
    expect(person.put({ lastName: null, firstName: null }).name).toBe('Мария с выставки')
  })

  it('is enough by itself, and nothing at all is not', () => {
    expect(record('person', { firstName: 'Мария' }).row().name).toBe('Мария')
    expect(change('person', newId(), null, { position: 'Директор' }, 1)).toMatchObject({
      ok: false,
      field: 'name',
    })
  })

  it.each([
    ['with the words it was made with', { name: 'Мария с выставки', ...maria }, 'Мария с выставки'],
    ['of parts alone', maria, 'Иванова Мария Петровна'],
  ])(
    'stays whole where two devices, apart, each empty what the other leaves: %s',
    (_, given, name) => {
      const person = record('person', given)
      person.put({ middleName: null })
      const emptied = [{ lastName: null }, { firstName: null }].map((patch, writer) => {
        const changed = change('person', person.id, person.state(), patch, 100 + writer)
        if (!changed.ok || !changed.value.update) throw new Error('nothing changed')
        return changed.value.update
      })
      for (const updates of [emptied, emptied.toReversed()]) {
        const doc = openDoc(person.id, mergeStates(person.state(), ...updates))
        expect(project('person', person.id, doc)).toMatchObject({ ok: true, value: { name } })
      }
    },
  )

  it('stays where what had a human’s name becomes an organisation', () => {
    const client = record('client', { kind: 'person', ...maria })
    expect(client.put({ kind: 'organisation' }).name).toBe('Иванова Мария Петровна')
  })

  it('is a client’s by its kind: «ИП» before an entrepreneur’s, none of an organisation', () => {
    const client = record('client', { kind: 'entrepreneur', name: 'Лавка', ...maria })
    expect(client.row().name).toBe('ИП Иванова Мария Петровна')
    expect(client.put({ kind: 'person' }).name).toBe('Иванова Мария Петровна')
    expect(client.put({ kind: 'organisation' }).name).toBe('Лавка')
  })

  it('keeps the surname that one device changed and the first name that another did, apart', () => {
    const person = record('person', maria)
    const apart = (patch: Patch, writer: number) => {
      const changed = change('person', person.id, person.state(), patch, writer)
      if (!changed.ok || !changed.value.update) throw new Error('nothing changed')
      return changed.value.update
    }
    const [married, corrected] = [
      apart({ lastName: 'Смирнова' }, 100),
      apart({ firstName: 'Марина' }, 200),
    ]
    for (const updates of [
      [married, corrected],
      [corrected, married],
    ]) {
      const doc = openDoc(person.id, mergeStates(person.state(), ...updates))
      const row = project('person', person.id, doc)
      expect(row.ok && row.value.name).toBe('Смирнова Марина Петровна')
    }
  })
})

describe('a whole name taken apart', () => {
  it.each([
    ['Иванов Пётр Сергеевич', 'Иванов', 'Пётр', 'Сергеевич'],
    ['Пётр Сергеевич Иванов', 'Иванов', 'Пётр', 'Сергеевич'],
    ['Абрамович Роман Аркадьевич', 'Абрамович', 'Роман', 'Аркадьевич'],
    ['ЩУКИНА АННА ИЛЬИНИЧНА', 'ЩУКИНА', 'АННА', 'ИЛЬИНИЧНА'],
    ['Салтыков-Щедрин Михаил Евграфович', 'Салтыков-Щедрин', 'Михаил', 'Евграфович'],
    ['Алиев Вагиф Гейдар оглы', 'Алиев', 'Вагиф', 'Гейдар оглы'],
    ['Ivanov Petr Sergeevich', 'Ivanov', 'Petr', 'Sergeevich'],
  ])('is sure by the patronymic: %s', (name, lastName, firstName, middleName) => {
    expect(partedName(name)).toEqual({ lastName, firstName, middleName })
  })

  it.each([
    'Иванова Мария',
    'Иван Петрович Абрамович',
    'Мария',
    'Отдел закупок Ромашка',
    'Иванов П. С.',
    'Иванов Иван Иванович (бухгалтер)',
    'Иванов, Пётр Сергеевич',
    'Мария Петровна',
  ])('is not sure: %s', (name) => {
    expect(partedName(name)).toBeNull()
  })

  it.each([
    ['Мария Иванова', { lastName: 'Иванова', firstName: 'Мария' }],
    ['Иванова Мария', { lastName: 'Иванова', firstName: 'Мария' }],
    ['Марина Петренко', { lastName: 'Петренко', firstName: 'Марина' }],
    ['Галкина Марина', { lastName: 'Галкина', firstName: 'Марина' }],
    ['Лев Толстой', { lastName: 'Толстой', firstName: 'Лев' }],
    ['John Smith', { lastName: 'Smith', firstName: 'John' }],
    ['Иванов И.И.', { lastName: 'Иванов', firstName: 'И.И.' }],
    ['Мария Петровна', { firstName: 'Мария', middleName: 'Петровна' }],
    ['Мария', { firstName: 'Мария' }],
    ['Соколовский', { lastName: 'Соколовский' }],
    ['', {}],
  ])('is guessed for a form: %s', (name, parts) => {
    expect(guessedName(name)).toEqual(parts)
  })
})

describe('a name that becomes another', () => {
  it('is filled where nothing contradicts, and its parts travel together', () => {
    const short = { name: 'Иванова Мария', lastName: 'Иванова', firstName: 'Мария' }
    expect(nameChanges(short, maria, 'fill')).toEqual({ middleName: [null, 'Петровна'] })
    expect(nameChanges({ name: 'Петровна Мария Иванова' }, maria, 'fill')).toEqual({
      lastName: [null, 'Иванова'],
      firstName: [null, 'Мария'],
      middleName: [null, 'Петровна'],
    })
    expect(nameChanges({ name: 'Анна' }, maria, 'fill')).toEqual({})
    const anna = { lastName: 'Белова', firstName: 'Анна' }
    expect(nameChanges(anna, maria, 'fill')).toEqual({})
    expect(nameChanges({ middleName: 'Петровна' }, { lastName: 'Белова' }, 'fill')).toEqual({})
  })

  it('loses the parts that a name written whole would hide behind', () => {
    const row = { ...maria, name: 'Иванова Мария Петровна' }
    expect(nameChanges(row, { name: 'Петровна Мария Иванова' }, 'over')).toEqual({})
    expect(nameChanges(row, { name: 'Анна' }, 'over')).toEqual({
      lastName: ['Иванова', null],
      firstName: ['Мария', null],
      middleName: ['Петровна', null],
      name: ['Иванова Мария Петровна', 'Анна'],
    })
  })

  it('comes whole from the duplicate that was chosen for it, and goes back whole', () => {
    const [main, duplicate] = [
      record('person', { ...maria, name: 'Иванова Мария Петровна' }),
      record('person', { lastName: 'Смирнова', firstName: 'Анна' }),
    ]
    const rows = () => [main.row(), duplicate.row()] as unknown as [PersonRow, PersonRow] // made as such
    const who = { by: newId(), at: 1 }
    const all = (writes: { id: string; patch: Patch }[]) => {
      for (const { id, patch } of writes) (id === main.id ? main : duplicate).put(patch)
    }
    const before = main.row()
    const choices = { name: duplicate.id }
    all(mergeWrites('person', rows()[0], [rows()[1]], { ...who, choices }))
    expect(main.row()).toMatchObject({ name: 'Смирнова Анна', lastName: 'Смирнова' })
    expect(main.row()).not.toHaveProperty('middleName')
    all(undoWrites('person', rows()[0], duplicate.id, who))
    expect(main.row()).toMatchObject({ ...before, merged: [{ id: duplicate.id }] })
    // Somebody corrected the surname meanwhile: no name is made of two.
    all(mergeWrites('person', rows()[0], [rows()[1]], { ...who, choices }))
    main.put({ lastName: 'Смирнова-Белая' })
    all(undoWrites('person', rows()[0], duplicate.id, who))
    expect(main.row().name).toBe('Смирнова-Белая Анна')
  })

  it('stays as it is in a merge that chose nothing', () => {
    const [main, duplicate] = [record('person', { name: 'Мария' }), record('person', maria)]
    const rows = [main.row(), duplicate.row()] as unknown as [PersonRow, PersonRow] // made as such
    const [write] = mergeWrites('person', rows[0], [rows[1]], { by: newId(), at: 1 })
    expect(main.put(write?.patch ?? {}).name).toBe('Мария')
  })
})

describe('the history of a name', () => {
  it('tells of the parts and not of the whole once more, but at the creation', () => {
    const person = record('person', { name: 'Мария' })
    const created = person.row()
    expect(changesBetween('person', null, created)).toMatchObject({ name: [null, 'Мария'] })
    const parted = person.put({ firstName: 'Мария' })
    expect(changesBetween('person', created, parted)).toEqual({ firstName: [null, 'Мария'] })
    const married = person.put({ lastName: 'Смирнова' })
    expect(changesBetween('person', parted, married)).toEqual({ lastName: [null, 'Смирнова'] })
  })

  it('gives back a name of before there were parts', () => {
    const person = record('person', { name: 'Мария' })
    person.put({ name: 'Мария с выставки' })
    person.put(maria)
    expect(person.put(restorePatch('person', person.row(), { name: 'Мария' })).name).toBe('Мария')
    person.put(maria)
    const entry = (seq: number, changes: Record<string, [unknown, unknown]>) => ({
      ...{ seq, user: newId(), device: newId(), at: seq },
      changes,
    })
    const entries = [
      entry(3, { lastName: [null, 'Иванова'], firstName: [null, 'Мария'] }),
      entry(2, { name: ['Мария', 'Мария с выставки'] }),
      entry(1, { name: [null, 'Мария'] }),
    ]
    const back = restoreRecordPatch('person', person.row(), entries, 1)
    expect(person.put({ ...back, middleName: null }).name).toBe('Мария')
  })
})
