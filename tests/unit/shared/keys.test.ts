import { describe, expect, it } from 'vitest'
import { normaliseEmail } from '../../../shared/emails.ts'
import { derivedId, isId, newId, segmentId } from '../../../shared/ids.ts'
import { formatPhone, normalisePhone } from '../../../shared/phones.ts'
import { closeCodeOf, isReason, statusOf } from '../../../shared/reasons.ts'

describe('phones', () => {
  it.each([
    ['8 (495) 123-45-67', '+74951234567'],
    ['+7 495 1234567', '+74951234567'],
    ['4951234567', '+74951234567'],
    ['+375 29 123-45-67', '+375291234567'],
    ['позвонить', null],
    ['12', null],
  ])('%s is %s', (typed, normal) => {
    expect(normalisePhone(typed)).toBe(normal)
  })

  it('are shown in the way of their country, and as typed where not understood', () => {
    expect(formatPhone('+74951234567')).toBe('+7 495 123-45-67')
    expect(formatPhone('+14155552671')).toBe('+1 415 555 2671')
    expect(formatPhone('доб. 12')).toBe('доб. 12')
  })
})

describe('e-mails', () => {
  it.each([
    [' Ivan@Romashka.TEST ', 'ivan@romashka.test'],
    ['почта@пример.рф', 'почта@пример.рф'],
    ['a@b', null],
    ['a b@c.test', null],
    ['@c.test', null],
  ])('%s is %s', (typed, normal) => {
    expect(normaliseEmail(typed)).toBe(normal)
  })
})

describe('ids', () => {
  it('of people are UUIDs that sort by time', async () => {
    const first = newId()
    await new Promise((resolve) => setTimeout(resolve, 2))
    expect([first, newId()].every(isId)).toBe(true)
    expect(first < newId()).toBe(true)
  })

  it('of machines follow from their cause', () => {
    expect(derivedId('dialog', 'a', 'b')).toBe(derivedId('dialog', 'a', 'b'))
    expect(derivedId('dialog', 'a', 'b')).not.toBe(derivedId('dialog', 'ab'))
    expect(isId(derivedId('x'))).toBe(true)
  })

  it('of a segment change with the UTC month', () => {
    const lastMoment = Date.UTC(2026, 10, 30, 23, 59, 59, 999)
    expect(segmentId('d', lastMoment)).toBe(segmentId('d', Date.UTC(2026, 10, 1)))
    expect(segmentId('d', lastMoment + 1)).not.toBe(segmentId('d', lastMoment))
  })

  it('from outside are checked', () => {
    expect(isId('../../etc/passwd')).toBe(false)
    expect(isId(newId().toUpperCase())).toBe(false)
  })
})

describe('reasons', () => {
  it('carry a status and a close code, and no others are reasons', () => {
    expect([statusOf('signedOut'), closeCodeOf('signedOut')]).toEqual([401, 4401])
    expect([isReason('forbidden'), isReason('toString'), isReason(1)]).toEqual([true, false, false])
  })
})
