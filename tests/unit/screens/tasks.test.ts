import { describe, expect, it } from 'vitest'
import { changedFields, emptyTask, taskWrites } from '../../../client/screens/tasks/new-task.ts'
import { nextOf, plansOf } from '../../../client/screens/tasks/plans.ts'
import {
  groupOf,
  isWanted,
  itemsOf,
  type ListedTask,
  openMine,
  type TaskFilter,
  taskFilterOf,
} from '../../../client/screens/tasks/task-groups.ts'
import { inDays, parseWhen, typedWhen } from '../../../client/screens/tasks/when.ts'
import { day } from '../../../shared/clock.ts'

/** Sunday. */
const now = new Date(2026, 10, 22, 16, 0).getTime()
const at = (date: number, hours: number, minutes = 0) =>
  new Date(2026, 10, date, hours, minutes).getTime()
const whole = (date: number) => Date.UTC(2026, 10, date)

describe('the due of a task', () => {
  it.each([
    ['завтра', whole(23), true],
    ['пт 15:00', at(27, 15), false],
    ['пт, 15:00', at(27, 15), false],
    ['24.11 в 9', at(24, 9), false],
    ['24/11/26', whole(24), true],
    ['18:30', at(22, 18, 30), false],
    ['15:00', at(23, 15), false],
    ['сегодня 15:00', at(22, 15), false],
  ])('«%s»', (typed, due, allDay) => {
    expect(parseWhen(typed, now)).toEqual({ ok: true, value: { due, allDay } })
  })

  it.each(['когда-нибудь', '32.11', 'завтра 25:00', '12:75'])('«%s» is none', (typed) => {
    expect(parseWhen(typed, now)).toMatchObject({ reason: 'invalidValue' })
  })

  it('is read back as it is shown', () => {
    expect(parseWhen('', now)).toEqual({ ok: true, value: null })
    for (const when of [inDays(7, now), { due: at(24, 9, 5), allDay: false }])
      expect(parseWhen(typedWhen(when), now)).toEqual({ ok: true, value: when })
  })
})

const task = (more: Partial<ListedTask>): ListedTask => ({
  id: 'a',
  title: 'Позвонить',
  kind: 'call',
  responsible: 'me',
  createdBy: 'me',
  ...more,
})

describe('the list of tasks', () => {
  it('has each task under one heading, the earliest first, of closed ones the last closed', () => {
    const tasks = [
      task({ id: 'none' }),
      task({ id: 'old closed', done: { at: 1, by: 'me' } }),
      task({ id: 'closed', due: 1, done: { at: 2, by: 'me' } }),
      task({ id: 'later', due: at(25, 1) }),
      task({ id: 'tomorrow', due: whole(23), allDay: true }),
      task({ id: 'evening', due: at(22, 20) }),
      task({ id: 'today', due: whole(22), allDay: true }),
      task({ id: 'late', due: at(22, 15) }),
      task({ id: 'yesterday', due: whole(21), allDay: true }),
    ]
    expect(
      itemsOf(tasks, now).map((item) => (item.kind === 'group' ? item.group : item.task.id)),
    ).toEqual([
      'overdue',
      'yesterday',
      'late',
      'today',
      'evening',
      'today',
      'tomorrow',
      'tomorrow',
      'soon',
      'later',
      'none',
      'none',
      'closed',
      'closed',
      'old closed',
    ])
    expect(groupOf(task({ due: at(23, 0) }), now)).toBe('tomorrow')
  })

  it.each<[string, Partial<TaskFilter>, Partial<ListedTask>, boolean]>([
    ['mine', {}, {}, true],
    ['of others', {}, { responsible: 'other' }, false],
    ['that I set', { whose: 'set' }, { responsible: 'other' }, true],
    ['of everyone', { whose: 'all' }, { responsible: 'other', createdBy: 'other' }, true],
    ['closed among the open', {}, { done: { at: 1, by: 'me' } }, false],
    ['closed', { state: 'closed' }, { done: { at: 1, by: 'me' } }, true],
    ['in the trash', { state: 'all' }, { deletedAt: 1 }, false],
    ['of the week', { period: 'week' }, { due: whole(28), allDay: true }, true],
    ['after the week', { period: 'week' }, { due: whole(29), allDay: true }, false],
    ['until its last day', { period: 'dates', to: whole(24) }, { due: at(24, 23) }, true],
    ['before its first day', { period: 'dates', from: whole(24) }, { due: at(23, 23) }, false],
    ['without a due in a period', { period: 'month' }, {}, false],
    ['of another category', { category: 'x' }, { category: 'y' }, false],
  ])('shows or hides one %s', (_, filter, more, shown) => {
    expect(isWanted(task(more), { ...openMine, ...filter }, new Set(['me']), now)).toBe(shown)
  })
})

describe('the form of a task', () => {
  const form = { ...emptyTask('me'), title: ' Позвонить ' }

  it('makes an equal task for each contact, with no reminder where nothing is due', () => {
    const writes = taskWrites(form, null, {}, [{ client: 'c1' }, { person: 'p', client: 'c2' }])
    expect(writes.map(({ patch }) => patch)).toEqual([
      { title: 'Позвонить', kind: 'task', responsible: 'me', notify: true, client: 'c1' },
      {
        title: 'Позвонить',
        kind: 'task',
        responsible: 'me',
        notify: true,
        person: 'p',
        client: 'c2',
      },
    ])
    expect(new Set(writes.map(({ id }) => id)).size).toBe(2)
    const due = { due: now + day, allDay: false }
    expect(taskWrites(form, due, {}, [])[0]?.patch).toMatchObject({ due: now + day, remind: 1440 })
  })

  it('writes of an open task only what was changed in it', () => {
    const when = { due: now, allDay: false }
    expect(changedFields(form, { ...form, description: 'о договоре' }, when, when)).toEqual({
      description: 'о договоре',
    })
    expect(changedFields(form, form, when, null)).toEqual({
      due: null,
      remind: null,
    })
    expect(changedFields(form, form, when, when)).toEqual({})
  })
})

describe('what is planned, on a card', () => {
  const entry = (id: string, more: object) => ({
    task: {
      id,
      type: 'task' as const,
      title: id,
      kind: 'task' as const,
      responsible: 'anna',
      imports: [],
      ...more,
    },
    client: undefined,
    person: undefined,
  })
  const dues = (count: number) =>
    Array.from({ length: count }, (_, n) => entry(`due ${n}`, { due: at(20 + n, 9) })).reverse()
  const idsOf = (entries: { task: { id: string } }[]) => entries.map(({ task }) => task.id)

  it('the next few stand there, the first due first, those without a due after all', () => {
    const plans = plansOf([
      entry('some day', {}),
      ...dues(6),
      entry('closed first', { done: { at: 1, by: 'anna' } }),
      entry('closed last', { done: { at: 2, by: 'anna' } }),
    ])
    expect(idsOf(plans.open)).toEqual([
      'due 0',
      'due 1',
      'due 2',
      'due 3',
      'due 4',
      'due 5',
      'some day',
    ])
    expect(idsOf(nextOf(plans))).toEqual(['due 0', 'due 1', 'due 2', 'due 3', 'due 4'])
    expect(idsOf(plans.closed)).toEqual(['closed last', 'closed first'])
  })

  it('nothing is hidden for the room that its button would take', () => {
    expect(nextOf(plansOf(dues(6)))).toHaveLength(6)
    expect(nextOf(plansOf(dues(7)))).toHaveLength(5)
  })
})

it('keeps the quick choices of a view, and shows the usual ones where another program kept others', () => {
  const kept = {
    ...openMine,
    whose: 'all',
    period: 'dates',
    from: whole(22),
    category: 'c',
  } as const
  expect(taskFilterOf(kept)).toEqual(kept)
  expect(taskFilterOf(null)).toEqual(openMine)
  expect(taskFilterOf({ whose: 'nobody', state: 5, from: 'x', to: 7 })).toEqual({
    ...openMine,
    to: 7,
  })
})
