import { describe, expect, it } from 'vitest'
import { day, hour, minute } from '../../../shared/clock.ts'
import { deadlineOf, isOverdue, remindAt, wholeDay } from '../../../shared/tasks.ts'

const at = (hours: number, minutes = 0) => new Date(2026, 10, 22, hours, minutes).getTime()
const today = wholeDay(at(10))

describe('a task', () => {
  it('for a time is overdue from that time on, closed or in the trash never', () => {
    const task = { due: at(15) }
    expect(isOverdue(task, at(14, 59))).toBe(false)
    expect(isOverdue(task, at(15))).toBe(true)
    expect(isOverdue({ ...task, done: { at: 1, by: '' } }, at(16))).toBe(false)
    expect(isOverdue({ ...task, deletedAt: 1 }, at(16))).toBe(false)
    expect(deadlineOf({})).toBe(Number.POSITIVE_INFINITY)
  })

  it('for a day is that day’s until midnight here, wherever it was made', () => {
    expect(today).toBe(Date.UTC(2026, 10, 22))
    const task = { due: today, allDay: true }
    expect(isOverdue(task, at(23, 59))).toBe(false)
    expect(isOverdue(task, at(24))).toBe(true)
  })

  it('reminds before its time, of a whole day at nine in the morning', () => {
    expect(remindAt({ due: at(15), remind: 30 })).toBe(at(15) - 30 * minute)
    expect(remindAt({ due: today, allDay: true, remind: 1440 })).toBe(at(9) - day)
    expect(remindAt({ due: today, allDay: true, remind: 60 })).toBe(at(9) - hour)
    expect(remindAt({ due: at(15) })).toBeNull()
    expect(remindAt({ remind: 5 })).toBeNull()
  })
})
