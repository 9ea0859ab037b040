import { describe, expect, it } from 'vitest'
import { localChange } from '../../../client/replica/local-change.ts'
import { mergedText } from '../../../client/replica/merged-text.ts'
import { rebase, rejectedEntry } from '../../../client/replica/rebase.ts'
import type { OutboxEntry } from '../../../client/replica/tables.ts'
import { createWriter } from '../../../client/replica/writer.ts'
import { newId } from '../../../shared/ids.ts'
import type { Patch } from '../../../shared/records/change.ts'
import type { Subject } from '../../../shared/rights.ts'

const id = newId()
const user = newId()
const administrator: Subject = {
  kind: 'employee',
  id: user,
  administrator: true,
  tokens: new Set(['admin']),
}

const made = (state: Uint8Array | null, patch: Patch, writer = 1, subject = administrator) => {
  const result = localChange({ type: 'client', id, patch, state, writer, subject, at: 1000 })
  if (!result.ok) throw new Error(`${result.reason} ${result.field}`)
  return result.value
}

const entryOf = (change: ReturnType<typeof made>, n: number): OutboxEntry => {
  if (!change.entry) throw new Error('the patch changed nothing')
  return { ...change.entry, n }
}

describe('a local change', () => {
  it('is a creation with every field that it sets', () => {
    const { entry } = made(null, { kind: 'person', name: 'Иван' })
    expect(entry).toMatchObject({
      kind: 'created',
      label: 'Иван',
      fields: { name: [undefined, 'Иван'], kind: [undefined, 'person'] },
    })
  })

  it('names the fields before and after, and no field that stays as it was', () => {
    const { state } = made(null, { kind: 'person', name: 'Иван', inn: '7707083893' })
    const { entry } = made(state, { name: 'Пётр', inn: '7707083893' })
    expect(entry).toMatchObject({ kind: 'changed', fields: { name: ['Иван', 'Пётр'] } })
    expect(entry?.fields).not.toHaveProperty('inn')
  })

  it('is a deletion when it puts the record into the trash, and a change when it takes it out', () => {
    const { state } = made(null, { kind: 'person', name: 'Иван' })
    const deleted = made(state, { deletedAt: 5 })
    expect(deleted.entry?.kind).toBe('deleted')
    expect(made(deleted.state, { deletedAt: null }).entry?.kind).toBe('changed')
  })

  it('leaves no entry where nothing changes', () => {
    const { state } = made(null, { kind: 'person', name: 'Иван' })
    expect(made(state, { name: 'Иван' }).entry).toBeNull()
  })

  it('fails as the rights say, before anything is stored', () => {
    const { state } = made(null, { kind: 'person', name: 'Иван', managers: [user] })
    const stranger: Subject = {
      kind: 'employee',
      id: newId(),
      administrator: false,
      tokens: new Set(['all']),
    }
    expect(
      localChange({
        type: 'client',
        id,
        patch: { name: 'Пётр' },
        state,
        writer: 2,
        subject: stranger,
        at: 0,
      }),
    ).toEqual({ ok: false, reason: 'forbidden' })
  })
})

describe('a record rebuilt without one of its changes', () => {
  const base = made(null, { kind: 'person', name: 'Иван' })
  const first = made(base.state, { name: 'Пётр' })
  const second = made(first.state, { inn: '7707083893' })

  it('keeps the later ones, made anew on the acknowledged state', () => {
    const rebased = rebase('client', id, base.state, [entryOf(second, 2)], 99)
    expect(rebased.doc?.row).toMatchObject({ name: 'Иван', inn: '7707083893' })
    expect(rebased.waiting).toHaveLength(1)
    // The new update needs nothing of the refused one: it applies to what the relay has.
    const [update] = rebased.waiting.map((entry) => entry.update)
    expect(update).not.toEqual(second.entry?.update)
  })

  it('fails those that make no sense without it', () => {
    const creation = entryOf(base, 1)
    const rebased = rebase('client', id, null, [{ ...entryOf(second, 2) }], 99)
    expect(creation.kind).toBe('created')
    expect(rebased.doc).toBeNull()
    expect(rebased.failed).toMatchObject([{ reason: 'missingRequired', entry: { n: 2 } }])
  })

  it('drops those whose outcome the relay has already', () => {
    const rebased = rebase('client', id, second.state, [entryOf(second, 2)], 99)
    expect(rebased.done).toEqual([2])
    expect(rebased.waiting).toEqual([])
  })

  it('is what the relay has where nothing waits', () => {
    expect(rebase('client', id, base.state, [], 99).doc?.row).toMatchObject({ name: 'Иван' })
    expect(rebase('client', id, null, [], 99).doc).toBeNull()
  })
})

describe('a change of a text made again on another text', () => {
  it.each([
    [
      'after what others wrote before it',
      'Звонить',
      'Звонить утром',
      'Не Звонить',
      'Не Звонить утром',
    ],
    [
      'before what others wrote after it',
      'Звонить',
      'Не Звонить',
      'Звонить утром',
      'Не Звонить утром',
    ],
    ['as a deletion', 'Звонить утром', 'Звонить', 'Не Звонить утром', 'Не Звонить'],
    ['beside others’ words in the same place', 'утром', 'день', 'ночь', 'деньночь'],
    ['on what lacks the change before it', 'один', 'один два', '', ' два'],
    ['where it stands already', 'а', 'аб', 'аб', 'аб'],
  ])('goes %s', (_, before, after, current, expected) => {
    const merged = mergedText(before, after, current)
    expect(merged).toBe(expected)
  })
})

it('a refused change is kept with its patch and without its bytes', () => {
  const kept = rejectedEntry(
    entryOf(made(null, { kind: 'person', name: 'Иван' }), 7),
    'forbidden',
    undefined,
    5,
  )
  expect(kept).toMatchObject({ reason: 'forbidden', rejectedAt: 5, patch: { name: 'Иван' } })
  expect(kept).not.toHaveProperty('update')
  expect(kept).not.toHaveProperty('n')
})

describe('the Yjs client id of a page', () => {
  const numbers = () => {
    let next = 0
    return () => ++next
  }

  it('stays the same while no record lost anything', () => {
    const writer = createWriter(numbers())
    expect([writer(4), writer(4), writer(4)]).toEqual([1, 1, 1])
  })

  it('is drawn anew after a refusal anywhere on the device', () => {
    const writer = createWriter(numbers())
    expect([writer(4), writer(5), writer(5), writer(6)]).toEqual([1, 2, 2, 3])
  })
})
