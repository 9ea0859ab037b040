import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fallsOn, remindedOf } from '../../../client/notices/contact-dates.ts'
import { joinNotices } from '../../../client/notices/notice-lines.ts'
import { dueReminders } from '../../../client/notices/reminders.ts'
import { openBase, type ReplicaBase, storedRow } from '../../../client/replica/tables.ts'
import { comingDates } from '../../../client/screens/tasks/dates.tsx'
import { day, hour, minute } from '../../../shared/clock.ts'
import { newId } from '../../../shared/ids.ts'
import type { Row } from '../../../shared/records/declaration.ts'

const now = new Date(2026, 10, 22, 12, 0).getTime()
const me = newId()
const anna = { user: me, own: new Set([me]), quiet: [] }

describe('a date of a contact', () => {
  it('falls on its day of every year from the first one on', () => {
    expect(fallsOn({ value: '--11-22' }, '2026-11-22')).toBe(true)
    expect(fallsOn({ value: '1980-11-22' }, '2026-11-22')).toBe(true)
    expect(fallsOn({ value: '2027-11-22' }, '2026-11-22')).toBe(false)
    expect(fallsOn({ value: '--11-23' }, '2026-11-22')).toBe(false)
  })

  it('is reminded of so many days before, over the end of a year too', () => {
    const part = { id: 'a', order: 'a', kind: newId(), value: '--01-02' }
    expect(remindedOf({ ...part, remind: 3 }, '2026-12-30')).toBe('2027-01-02')
    expect(remindedOf({ ...part, remind: 3 }, '2026-12-29')).toBeNull()
    expect(remindedOf(part, '2027-01-02')).toBeNull()
  })
})

describe('reminders', () => {
  let base: ReplicaBase
  let count = 0
  beforeEach(() => {
    base = openBase(`reminders-${count++}`)
  })
  afterEach(async () => {
    await base.delete()
  })
  const put = async (row: object) => {
    const whole = storedRow({ id: newId(), ...row } as Row)
    await base.table(String((row as Row).type)).put(whole)
    return whole.id
  }
  const task = (more: object) =>
    put({
      type: 'task',
      title: 'Т',
      kind: 'call',
      responsible: me,
      createdAt: now - 5 * day,
      ...more,
    })
  const due = async (at = now, who = anna) =>
    (await dueReminders(base, who, at)).map(({ patch }) => [patch.kind, patch.about])

  it('of tasks come when their time has come, of open ones of oneself', async () => {
    const soon = await task({ due: now + 10 * minute, remind: 15 })
    await task({ due: now + 10 * minute, remind: 5 })
    await task({ due: now + 10 * minute })
    await task({ due: now + 10 * minute, remind: 15, responsible: newId() })
    await task({ due: now + 10 * minute, remind: 15, done: { at: 1, by: me } })
    await task({ due: now + 10 * minute, remind: 15, deletedAt: 1 })
    expect(await due()).toEqual([['reminder', soon]])
  })

  it('come after days without a network, once for each due', async () => {
    const id = await task({ due: now - 3 * day, remind: 60 })
    const [write] = await dueReminders(base, anna, now)
    await put({ ...write?.patch, id: write?.id, type: 'notice' })
    expect(await due()).toEqual([])
    await task({ id, due: now, remind: 60 })
    expect(await due()).toEqual([['reminder', id]])
  })

  it('that were over before the task was made come at its due', async () => {
    const id = await task({ due: now + hour, remind: 1440, createdAt: now - minute })
    expect(await due()).toEqual([])
    expect(await due(now + hour)).toEqual([['reminder', id]])
  })

  it('have the same ids on every device of a user, and others for another', async () => {
    await task({ due: now, remind: 5 })
    const ids = async (who = anna) => (await dueReminders(base, who, now)).map(({ id }) => id)
    expect(await ids()).toEqual(await ids())
    expect(await ids({ ...anna, user: newId() })).not.toEqual(await ids())
  })

  it('of birthdays come to who answers for the contact, also some days late', async () => {
    const dates = (value: string) => [{ id: newId(), order: 'a', kind: newId(), value, remind: 3 }]
    const contact = {
      type: 'person',
      name: 'Пётр',
      phones: [],
      emails: [],
      addresses: [],
      links: [],
    }
    const mine = await put({ ...contact, managers: [me], dates: dates('1980-11-25') })
    await put({ ...contact, managers: [newId()], dates: dates('1980-11-25') })
    await put({ ...contact, managers: [me], dates: dates('1980-11-26') })
    expect(await due()).toEqual([['date', mine]])
    expect(await due(now - day)).toEqual([])
    expect(await due(now + 2 * day)).toEqual(expect.arrayContaining([['date', mine]]))
    expect(await due(now, { ...anna, quiet: ['date'] as never })).toEqual([])
    expect((await comingDates(base, anna.own, now)).map(({ day: on }) => on)).toEqual([
      '2026-11-25',
      '2026-11-26',
    ])
  })
})

describe('notices in a list', () => {
  it('of one kind by one person in one go are a line', () => {
    const notice = (more: object) => ({
      id: newId(),
      type: 'notice',
      user: me,
      kind: 'responsible' as const,
      about: newId(),
      aboutType: 'client',
      by: 'boris',
      at: now,
      ...more,
    })
    const lines = joinNotices([
      notice({}),
      notice({ at: now - minute }),
      notice({ at: now - hour }),
      notice({ at: now - hour, by: 'vera' }),
      notice({ at: now - hour, by: 'vera', read: 1 }),
    ])
    expect(lines.map(({ length }) => length)).toEqual([2, 1, 1, 1])
  })
})
