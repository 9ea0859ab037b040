import { expect, test } from 'vitest'
import {
  isCreation,
  isRestorable,
  restorePatch,
  restoreRecordPatch,
} from '../../../client/screens/history/restore.ts'
import { newId } from '../../../shared/ids.ts'
import type { HistoryEntry } from '../../../shared/protocol/api.ts'
import { change, type Patch } from '../../../shared/records/change.ts'
import type { Row } from '../../../shared/records/declaration.ts'
import { changesBetween } from '../../../sync-server/commit/changes.ts'

/** A client with a history as the relay writes it, and the row after each change. */
const lived = (...patches: Patch[]) => {
  const id = newId()
  const rows: Row[] = []
  const entries: HistoryEntry[] = []
  let state: Uint8Array | null = null
  for (const [index, patch] of patches.entries()) {
    const made = change('client', id, state, patch, 7)
    if (!made.ok) throw new Error(made.reason)
    state = made.value.state
    const changes = changesBetween('client', rows.at(-1) ?? null, made.value.row)
    entries.unshift({ seq: index + 1, at: index, user: 'anna', device: 'laptop', changes })
    rows.push(made.value.row)
  }
  const apply = (patch: Patch): Row => {
    const made = change('client', id, state, patch, 8)
    if (!made.ok) throw new Error(`${made.reason} ${made.field}`)
    return made.value.row
  }
  return { rows, entries, row: rows.at(-1) ?? { id, type: 'client' }, apply }
}

const first = {
  kind: 'organisation',
  name: 'Василёк',
  inn: '7707083893',
  note: 'Платят в срок',
  phones: {
    a: { value: '+74951112233', kind: 'work', order: 'a0' },
    b: { value: '+74951112244', kind: 'work', order: 'a1' },
  },
}

test('a field goes back to what it was, parts of a list one by one', () => {
  const { row, entries, apply } = lived(first, {
    inn: null,
    note: 'Не платят',
    phones: { a: null, c: { value: '+79160000000', kind: 'mobile', order: 'a2' } },
  })
  const before = (name: string) => entries[0]?.changes[name]?.[0]
  expect(apply(restorePatch('client', row, { inn: before('inn') })).inn).toBe('7707083893')
  expect(apply(restorePatch('client', row, { note: before('note') })).note).toBe('Платят в срок')
  const phones = apply(restorePatch('client', row, { phones: before('phones') })).phones
  expect(phones).toMatchObject([{ id: 'a', value: '+74951112233' }, { id: 'b' }])
  expect(phones).toHaveLength(2)
})

test('a whole record goes back to any moment, and what is the same is left alone', () => {
  const { rows, row, entries, apply } = lived(
    first,
    { name: 'Ромашка', tags: ['новый'] },
    { phones: { b: null }, relation: 'buyer' },
    { name: 'Пион', note: null },
  )
  for (const [index, then] of rows.entries())
    expect(apply(restoreRecordPatch('client', row, entries, index + 1))).toEqual(then)
  expect(restoreRecordPatch('client', row, entries, 4)).toEqual({})
  expect(Object.keys(restoreRecordPatch('client', row, entries, 3)).sort()).toEqual([
    'name',
    'note',
  ])
})

test('a record returned to a moment leaves the trash, but is never put there', () => {
  const { row, entries, rows } = lived(
    first,
    { deletedAt: 5 },
    { deletedAt: null },
    { name: 'Мак' },
  )
  expect(restoreRecordPatch('client', row, entries, 2)).toEqual({ name: 'Василёк' })
  const inTrash = rows[1] ?? row
  expect(restoreRecordPatch('client', inTrash, entries.slice(2), 1)).toEqual({
    deletedAt: null,
    deletedBy: null,
  })
})

test('what the program keeps itself is not put back by people', () => {
  for (const name of ['createdAt', 'createdBy', 'deletedAt', 'noSuchField'])
    expect(isRestorable('client', name)).toBe(false)
})

test('a subject that a template of a letter got later is a change of it, not its creation', () => {
  const entry = (changes: HistoryEntry['changes']): HistoryEntry => ({
    ...{ seq: 1, at: 1, user: 'anna', device: 'laptop' },
    changes,
  })
  expect(isCreation(entry({ name: [null, 'Письмо'], subject: [null, 'О деле'] }))).toBe(true)
  expect(isCreation(entry({ subject: [null, 'О деле'] }))).toBe(false)
  const contract = entry({ subject: [null, 'Поставка'], status: [null, 'draft'] })
  expect(isCreation(contract)).toBe(true)
})
