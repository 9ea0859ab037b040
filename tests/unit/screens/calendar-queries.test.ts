import { afterEach, beforeEach, expect, test } from 'vitest'
import { openBase, type ReplicaBase } from '../../../client/replica/tables.ts'
import { createWriter, drawClientId } from '../../../client/replica/writer.ts'
import { writeRecords } from '../../../client/replica/writes.ts'
import type { ItemKind } from '../../../client/screens/calendar/items.ts'
import { readItems } from '../../../client/screens/calendar/queries.ts'
import { day } from '../../../shared/clock.ts'
import { newId } from '../../../shared/ids.ts'
import type { Patch } from '../../../shared/records/change.ts'
import { entryId } from '../../../shared/records/directory.ts'
import type { RecordType } from '../../../shared/records/index.ts'
import { type Subject, tokensOf } from '../../../shared/rights.ts'

const me = newId()
const subject: Subject = {
  kind: 'employee',
  id: me,
  administrator: true,
  tokens: tokensOf({ id: me, administrator: true }, []),
}
const whole = (date: number) => Date.UTC(2026, 10, date)
const at = (date: number, hours: number, minutes = 0) =>
  new Date(2026, 10, date, hours, minutes).getTime()

let base: ReplicaBase
beforeEach(async () => {
  base = openBase(`calendar-${newId()}`)
  await base.open()
})
afterEach(() => base.delete())

const put = async (type: RecordType, patch: Patch): Promise<string> => {
  const id = newId()
  const written = await writeRecords(
    { base, writer: createWriter(drawClientId), clock: Date.now, subject: () => subject },
    [{ type, id, patch }],
  )
  if (!written.ok) throw new Error(`${written.reason} ${written.field}`)
  return id
}
const task = (title: string, patch: Patch) =>
  put('task', { title, kind: 'task', responsible: me, ...patch })
const read = async (first: number, last: number, hidden: ItemKind[] = []) =>
  (await readItems(base, whole(first), whole(last), subject, new Set(hidden), at(22, 12))).items

test('a page holds what is due on its days, what reaches into them, and nothing of the trash', async () => {
  await task('до полуночи', { due: at(18, 23, 30) })
  await task('в полночь', { due: at(19, 0) })
  await task('день', { due: whole(20), allDay: true })
  await task('долгая', { due: whole(1), allDay: true, duration: 30 * 1440 })
  await task('ночная', { due: at(18, 22), duration: 600 })
  await task('закрытая', { due: at(20, 9), done: { at: at(20, 10), by: me } })
  await task('в корзине', { due: at(20, 9), deletedAt: 5, deletedBy: me })
  await task('без срока', {})
  await task('через месяц', { due: at(19, 9) + 30 * day })
  const titles = (await read(19, 20)).map(({ title }) => title)
  expect(titles).toEqual(
    expect.arrayContaining(['в полночь', 'день', 'долгая', 'ночная', 'закрытая']),
  )
  for (const other of ['в корзине', 'без срока', 'через месяц']) expect(titles).not.toContain(other)
})

test('states follow the clock; who a thing is about is the contact that was merged into', async () => {
  const main = await put('client', { kind: 'organisation', name: 'Ромашка', managers: [me] })
  const gone = await put('client', { kind: 'organisation', name: 'Ромашка-2', managers: [me] })
  await put('task', { title: 'x', kind: 'task', responsible: me })
  await writeRecords(
    { base, writer: createWriter(drawClientId), clock: Date.now, subject: () => subject },
    [{ type: 'client', id: gone, patch: { mergedInto: main } }],
  )
  await task('позвонить', { due: at(22, 11), client: gone })
  await task('позже', { due: at(22, 13) })
  const [early, later] = (await read(22, 22)).sort((a, b) => a.from - b.from)
  expect(early).toMatchObject({ state: 'overdue', contact: 'Ромашка', who: [me], movable: true })
  expect(later).toMatchObject({ state: 'open' })
})

test('events by hand and dates of contacts stand beside, and are left out where nobody wants them', async () => {
  const client = await put('client', {
    kind: 'organisation',
    name: 'Ромашка',
    managers: [me],
    dates: {
      [newId()]: { kind: entryId('dateKind', 'anniversary'), value: '2001-11-22', order: 'a0' },
      [newId()]: { kind: entryId('dateKind', 'birthday'), value: '--11-30', order: 'a1' },
    },
  })
  await put('interaction', {
    kind: entryId('interactionKind', 'note'),
    at: at(22, 10),
    text: 'Заходили в офис',
    contact: client,
    contactType: 'client',
    managers: [me],
  })
  const all = await read(16, 22)
  expect(all.map(({ kind, contact, allDay }) => [kind, contact, allDay]).sort()).toEqual([
    ['date', 'Ромашка', true],
    ['interaction', 'Ромашка', false],
  ])
  expect(all.find(({ kind }) => kind === 'date')).toMatchObject({
    from: whole(22),
    href: `/clients/${client}`,
    movable: false,
  })
  expect(await read(16, 22, ['interaction', 'date'])).toEqual([])
})

test('a contract stands on its last day where it ends by itself', async () => {
  const client = await put('client', { kind: 'organisation', name: 'Ромашка', managers: [me] })
  const contract = (subject: string, patch: Patch) =>
    put('contract', { subject, client, status: 'signed', validTo: '2026-11-20', ...patch })
  const id = await contract('Перевозка', { responsible: me })
  await contract('Аренда', { renews: true })
  await contract('Охрана', { status: 'terminated' })
  const ends = (await read(16, 22)).filter(({ kind }) => kind === 'contract')
  expect(ends).toMatchObject([
    {
      title: 'Перевозка',
      contact: 'Ромашка',
      from: whole(20),
      href: `/documents/${id}`,
      who: [me],
    },
  ])
  expect(await read(16, 19)).toEqual([])
  expect(await read(16, 22, ['contract'])).toEqual([])
})

test('of what may not be taken out there is neither the thing nor a name of its contact', async () => {
  const client = await put('client', {
    kind: 'organisation',
    name: 'Ромашка',
    managers: [me],
    dates: {
      [newId()]: { kind: entryId('dateKind', 'birthday'), value: '--11-20', order: 'a0' },
    },
  })
  await task('позвонить', { due: at(20, 9), client })
  const other = await task('чужая', { due: at(20, 9), client })
  await put('contract', { subject: 'Перевозка', client, status: 'signed', validTo: '2026-11-20' })
  const { items, tasks } = await readItems(
    base,
    whole(20),
    whole(20),
    subject,
    new Set(),
    at(22, 12),
    (row) => row.type === 'task' && row.id !== other,
  )
  expect(items.map(({ title, contact }) => [title, contact])).toEqual([['позвонить', undefined]])
  expect(tasks.has(other)).toBe(false)
})
