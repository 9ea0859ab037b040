import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { newId } from '../../../shared/ids.ts'
import { change, type Patch } from '../../../shared/records/change.ts'
import type { Row } from '../../../shared/records/declaration.ts'
import { entryId } from '../../../shared/records/directory.ts'
import type { RecordType } from '../../../shared/records/index.ts'
import { openDoc, project, rowChange } from '../../../shared/records/projection.ts'
import type { Message } from '../../../shared/records/segment.ts'

const phone = (value: string, order: string) => ({ value, kind: 'work', order })

const made = (type: RecordType, id: string, state: Uint8Array | null, patch: Patch, writer = 1) => {
  const result = change(type, id, state, patch, writer)
  if (!result.ok) throw new Error(`${result.reason} ${result.field}`)
  return result.value
}

const letter = (at: number, text: string): Message => ({
  at,
  direction: 'in',
  kind: 'letter',
  author: { address: 'client@client.test' },
  text,
})

describe('a client as a document', () => {
  const id = newId()

  it('is projected to a row with its scalars, parts in their order and prose', () => {
    const { row } = made('client', id, null, {
      kind: 'organisation',
      name: 'ООО «Ромашка»',
      note: 'Звонить после обеда',
      phones: { b: phone('+74951234568', 'a1'), a: phone('+74951234567', 'a0') },
    })
    expect(row).toMatchObject({
      id,
      type: 'client',
      name: 'ООО «Ромашка»',
      note: 'Звонить после обеда',
      phones: [
        { id: 'a', value: '+74951234567' },
        { id: 'b', value: '+74951234568' },
      ],
      emails: [],
    })
  })

  it('is not changed by setting what it holds already', () => {
    const first = made('client', id, null, { kind: 'person', name: 'Иван', tags: ['а', 'б'] })
    const again = made('client', id, first.state, { name: 'Иван', tags: ['а', 'б'] }, 2)
    expect(again.update).toBeNull()
    expect(again.state.length).toBe(first.state.length)
  })

  it('is written under one Yjs client id however often it is changed', () => {
    let { state } = made('client', id, null, { kind: 'person', name: 'Иван' }, 77)
    for (const name of ['Пётр', 'Павел']) state = made('client', id, state, { name }, 77).state
    expect([...Y.decodeStateVector(Y.encodeStateVectorFromUpdate(state)).keys()]).toEqual([77])
  })

  it('keeps phones added on two devices at once', () => {
    const base = made('client', id, null, { kind: 'person', name: 'Иван' })
    const left = made('client', id, base.state, { phones: { x: phone('1234567', 'a0') } }, 2)
    const right = made('client', id, base.state, { phones: { y: phone('7654321', 'a0') } }, 3)
    const doc = openDoc(id, Y.mergeUpdates([left.state, right.state]))
    const row = project('client', id, doc)
    expect(row.ok && (row.value.phones as unknown[]).length).toBe(2)
  })

  it('keeps both edits of a note made apart', () => {
    const base = made('client', id, null, { kind: 'person', name: 'Иван', note: 'один два три' })
    const left = made('client', id, base.state, { note: 'ноль один два три' }, 2)
    const right = made('client', id, base.state, { note: 'один два три четыре' }, 3)
    const row = project('client', id, openDoc(id, Y.mergeUpdates([left.state, right.state])))
    expect(row.ok && row.value.note).toBe('ноль один два три четыре')
  })

  it('keeps whole characters when one half of a surrogate pair is the same', () => {
    const base = made('client', id, null, { kind: 'person', name: 'Иван', note: 'а😀б' })
    const next = made('client', id, base.state, { note: 'а😁б' }, 2)
    expect(next.row.note).toBe('а😁б')
    // U+1F600 and U+1FA00 differ in the first half and share the second.
    const other = made('client', id, base.state, { note: 'а\u{1FA00}б' }, 2)
    expect(other.row.note).toBe('а\u{1FA00}б')
  })

  it.each<[string, Patch, string, string]>([
    ['without a name', { kind: 'person' }, 'missingRequired', 'name'],
    ['with an empty name', { kind: 'person', name: '  ' }, 'invalidValue', 'name'],
    ['of an unknown kind', { kind: 'robot', name: 'R2' }, 'invalidValue', 'kind'],
    [
      'with a part that has no place',
      { kind: 'person', name: 'Я', phones: { a: { value: '1', kind: 'work' } } },
      'invalidValue',
      'phones',
    ],
    [
      'with something that is not an e-mail',
      { kind: 'person', name: 'Я', emails: { a: { value: 'at home', kind: 'work', order: 'a' } } },
      'invalidValue',
      'emails',
    ],
  ])('is refused %s', (_, patch, reason, field) => {
    expect(change('client', id, null, patch, 1)).toEqual({ ok: false, reason, field })
  })

  it.each(['__proto__', 'constructor', 'phones', 'phones/', 'secret', 'name/x'])(
    'is refused with the undeclared key %s',
    (key) => {
      const doc = openDoc(id, made('client', id, null, { kind: 'person', name: 'Я' }).state)
      doc.getMap('f').set(key, 'x')
      expect(project('client', id, doc)).toMatchObject({ ok: false })
      expect(Object.prototype).not.toHaveProperty('x')
    },
  )

  it('is refused with an undeclared root', () => {
    const doc = openDoc(id, made('client', id, null, { kind: 'person', name: 'Я' }).state)
    doc.getMap('hidden').set('a', 1)
    expect(project('client', id, doc)).toEqual({
      ok: false,
      reason: 'unknownField',
      field: 'hidden',
    })
  })
})

describe('a segment of messages', () => {
  const id = newId()
  const base: Patch = { dialog: newId(), account: newId(), month: '2026-11' }
  const day = Date.UTC(2026, 10, 21)

  it('shows messages by their own time with their states, and the newest that is not a note', () => {
    const { row } = made('segment', id, null, {
      ...base,
      messages: {
        'mail:2': letter(day + 2, 'второе'),
        'mail:1': letter(day + 1, 'первое'),
        'mail:3': { ...letter(day + 3, 'заметка'), kind: 'note', direction: 'out' },
      },
      states: { 'mail:2': { status: 'received', at: day } },
    })
    const messages = row.messages as { key: string; state: unknown }[]
    expect(messages.map(({ key }) => key)).toEqual(['mail:1', 'mail:2', 'mail:3'])
    expect(messages[1]?.state).toEqual({ status: 'received', at: day })
    expect(row).toMatchObject({ lastAt: day + 2, last: { key: 'mail:2', text: 'второе' } })
  })

  it('holds a message delivered twice once', () => {
    const once = made('segment', id, null, { ...base, messages: { 'mail:1': letter(day, 'а') } })
    const twice = made('segment', id, once.state, { messages: { 'mail:1': letter(day, 'а') } }, 9)
    expect(twice.update).toBeNull()
  })

  it('sends only the messages that changed', () => {
    const before = made('segment', id, null, {
      ...base,
      messages: { 'mail:1': letter(day, 'а'), 'mail:2': letter(day, 'б') },
    })
    const after = made('segment', id, before.state, {
      states: { 'mail:2': { status: 'received', at: day } },
    })
    const sent = rowChange(before.row, after.row) as Row & { messages: { key: string }[] }
    expect(sent.messages.map(({ key }) => key)).toEqual(['mail:2'])
  })

  it('refuses a state of a message that is not there', () => {
    const patch = { ...base, states: { 'mail:9': { status: 'sent' as const, at: day } } }
    expect(change('segment', id, null, patch, 1)).toMatchObject({ ok: false, field: 's' })
  })
})

describe('a person whose role was one of a closed list', () => {
  it('has the directory’s entry for it, and can be changed', () => {
    const id = newId()
    const doc = openDoc(id)
    doc.getMap('f').set('name', 'Пётр')
    doc.getMap('f').set('role', 'director')
    const { row } = made('person', id, Y.encodeStateAsUpdate(doc), { position: 'Директор' })
    expect(row.role).toBe(entryId('contactRole', 'director'))
  })
})
