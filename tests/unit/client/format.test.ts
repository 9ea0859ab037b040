import { afterEach, describe, expect, it } from 'vitest'
import { ageOf, formatAge, formatBytes, formatDate } from '../../../client/format/index.ts'
import { locale } from '../../../client/i18n/index.ts'
import { day, hour, minute } from '../../../shared/clock.ts'

afterEach(() => {
  locale.value = 'ru'
})

/** Noon, local time: hours back and forth stay inside the day. */
const noon = new Date(2026, 10, 21, 12).getTime()

describe('the age of something', () => {
  it.each([
    [30_000, { kind: 'now' }],
    [-minute, { kind: 'now' }],
    [5 * minute, { kind: 'minutes', count: 5 }],
    [3 * hour, { kind: 'hours', count: 3 }],
    // 13 hours before noon is 23:00 of the day before
    [13 * hour, { kind: 'yesterday' }],
    [36 * hour, { kind: 'yesterday' }],
    [4 * day, { kind: 'days', count: 4 }],
    [7 * day, { kind: 'date' }],
  ])('of %i ms', (passed, age) => {
    expect(ageOf(noon - passed, noon)).toEqual(age)
  })

  it('is a date in figures where it is old', () => {
    expect(formatAge(new Date(2026, 2, 9, 8).getTime(), noon)).toBe('09.03.2026')
  })
})

describe('dates and sizes', () => {
  it('write дд.мм.гггг in both languages', () => {
    expect(formatDate(noon)).toBe('21.11.2026')
    locale.value = 'en'
    expect(formatDate(noon)).toBe('21.11.2026')
  })

  it('write sizes with one digit below ten', () => {
    locale.value = 'ru'
    expect(formatBytes(8.25 * 1024 * 1024).replace(/\s/g, ' ')).toBe('8,3 МБ')
    expect(formatBytes(150 * 1024).replace(/\s/g, ' ')).toBe('150 кБ')
    expect(formatBytes(0)).toMatch(/^0/)
  })
})
