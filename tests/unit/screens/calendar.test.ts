import { describe, expect, it } from 'vitest'
import {
  daysOf,
  isoOf,
  minutesIn,
  momentAt,
  pageFrom,
  wholeOf,
} from '../../../client/screens/calendar/days.ts'
import { type Item, isBar, isWanted, spanOfTask } from '../../../client/screens/calendar/items.ts'
import { barsOf, blocksOf } from '../../../client/screens/calendar/layout.ts'
import { firstLook, peopleOf } from '../../../client/screens/calendar/look.ts'
import {
  dragged,
  drawn,
  patchOf,
  selected,
  shifted,
  stretched,
} from '../../../client/screens/calendar/moves.ts'
import { day, hour, minute } from '../../../shared/clock.ts'

/** November 2026: the 22nd is a Sunday. */
const at = (date: number, hours: number, minutes = 0) =>
  new Date(2026, 10, date, hours, minutes).getTime()
const whole = (date: number) => Date.UTC(2026, 10, date)

const item = (from: number, to: number, more: Partial<Item> = {}): Item => ({
  key: `${from}-${to}`,
  kind: 'meeting',
  id: 'a',
  title: 'Встреча',
  who: ['me'],
  state: 'open',
  movable: true,
  resizable: true,
  from,
  to,
  allDay: false,
  ...more,
})
const bar = (first: number, days: number, title: string) =>
  item(whole(first), whole(first + days), { allDay: true, title, key: title })

describe('the days of a view', () => {
  const shown = (...asked: Parameters<typeof daysOf>) => {
    const days = daysOf(...asked)
    return [isoOf(days[0] ?? 0), isoOf(days.at(-1) ?? 0), days.length]
  }

  it('are a week from Monday, three days on a phone, whole weeks of a month', () => {
    expect(shown('week', whole(22), false)).toEqual(['2026-11-16', '2026-11-22', 7])
    expect(shown('week', whole(22), true)).toEqual(['2026-11-22', '2026-11-24', 3])
    expect(shown('month', whole(22), false)).toEqual(['2026-10-26', '2026-12-06', 42])
    // Begins on a Monday and has 28 days: four weeks are enough.
    expect(shown('month', Date.UTC(2027, 1, 5), false)).toEqual(['2027-02-01', '2027-02-28', 28])
  })

  it('go on by pages; the 31st of a shorter month is its last day', () => {
    expect(isoOf(pageFrom('week', whole(22), 1, false))).toBe('2026-11-29')
    expect(isoOf(pageFrom('week', whole(22), -1, true))).toBe('2026-11-19')
    expect(isoOf(pageFrom('month', Date.UTC(2026, 9, 31), 1, false))).toBe('2026-11-30')
    expect(isoOf(pageFrom('month', Date.UTC(2026, 0, 31), -1, false))).toBe('2025-12-31')
  })

  it('are read from an address only where there is such a day', () => {
    expect(wholeOf('2026-11-22')).toBe(whole(22))
    for (const wrong of ['2026-02-30', '2026-13-01', '22.11.2026', ''])
      expect(wholeOf(wrong)).toBeNull()
  })
})

describe('when a task is', () => {
  it('is as long as it says; a meeting an hour, all else half an hour; a day a day', () => {
    expect(spanOfTask({ kind: 'meeting', due: at(22, 9) })).toMatchObject({ to: at(22, 10) })
    expect(spanOfTask({ kind: 'call', due: at(22, 9) })).toMatchObject({ to: at(22, 9, 30) })
    expect(spanOfTask({ kind: 'call', due: at(22, 9), duration: 45 })).toMatchObject({
      to: at(22, 9, 45),
    })
    expect(spanOfTask({ kind: 'task', due: whole(22), allDay: true, duration: 45 })).toMatchObject({
      to: whole(23),
    })
    expect(spanOfTask({ kind: 'task' })).toBeNull()
  })

  it('stands above the hours where it has none or takes a day and more', () => {
    expect(isBar(item(at(22, 21), at(23, 5)))).toBe(false)
    expect(isBar(item(at(22, 9), at(24, 9)))).toBe(true)
    expect(isBar(bar(22, 1, 'a'))).toBe(true)
  })
})

describe('things at the same time', () => {
  const places = (...items: Item[]) =>
    blocksOf(items, whole(22)).blocks.map(({ left, width }) => [left, width])

  it('stand side by side; what touches nobody has the whole width', () => {
    expect(
      places(
        item(at(22, 9), at(22, 10)),
        item(at(22, 9, 30), at(22, 11)),
        item(at(22, 12), at(22, 13)),
      ),
    ).toEqual([
      [0, 0.5],
      [0.5, 0.5],
      [0, 1],
    ])
  })

  it('take the room to their right that is free', () => {
    // Three columns from nine on, one of which is over at ten: what begins then reaches over it.
    expect(
      places(
        item(at(22, 9), at(22, 12)),
        item(at(22, 9), at(22, 10)),
        item(at(22, 9), at(22, 10), { key: 'third' }),
        item(at(22, 10), at(22, 11)),
      ),
    ).toEqual([
      [0, 1 / 3],
      [1 / 3, 1 / 3],
      [2 / 3, 1 / 3],
      [1 / 3, 2 / 3],
    ])
  })

  it('never overlap in one column, however many there are', () => {
    const many = Array.from({ length: 200 }, (_, index) => {
      const from = at(22, 8) + ((index * 37) % 600) * minute
      return item(from, from + (((index * 13) % 90) + 15) * minute, { key: String(index) })
    })
    const { blocks } = blocksOf(many, whole(22))
    expect(blocks).toHaveLength(200)
    for (const [index, one] of blocks.entries())
      for (const other of blocks.slice(index + 1)) {
        const isApart =
          one.bottom <= other.top ||
          other.bottom <= one.top ||
          one.left + one.width <= other.left + 1e-9 ||
          other.left + other.width <= one.left + 1e-9
        expect(isApart).toBe(true)
      }
  })

  describe('of which there are more than have room', () => {
    const five = [0, 1, 2, 3, 4].map((n) =>
      item(at(22, 9) + n * 5 * minute, at(22, 10) + n * 5 * minute, { key: `key ${n}` }),
    )
    const alone = item(at(22, 15), at(22, 16), { key: 'alone' })
    const shown = (most: number, pinned: string | null, ...items: Item[]) => {
      const { blocks, more } = blocksOf(items, whole(22), most, pinned)
      return { keys: blocks.map(({ item }) => item.key).sort(), more }
    }

    it('have the last place together, and say how many they are', () => {
      expect(shown(4, null, ...five, alone)).toEqual({
        keys: ['alone', 'key 0', 'key 1', 'key 2'],
        // From a quarter past nine, when the fourth begins, to when the fifth is over.
        more: [{ top: 9 * 60 + 15, bottom: 10 * 60 + 20, left: 3 / 4, width: 1 / 4, count: 2 }],
      })
      expect(shown(5, null, ...five).more).toEqual([])
    })

    it('are counted apart where they do not overlap', () => {
      const later = five.map((one) => ({
        ...one,
        from: one.from + 1.5 * hour,
        to: one.to + 1.5 * hour,
      }))
      const long = item(at(22, 9), at(22, 12), { key: 'long' })
      const { more } = shown(3, null, long, ...five, ...later)
      expect(more.map(({ count }) => count)).toEqual([4, 4])
    })

    it('are shown where the last place would stand for one alone', () => {
      const late = item(at(22, 10, 10), at(22, 10, 50), { key: 'late' })
      // Ends at ten, when of the five all but the late one are over in its column.
      const { keys, more } = shown(2, null, item(at(22, 9), at(22, 11)), ...five.slice(0, 2), late)
      expect(keys).toContain('late')
      expect(more.map(({ count }) => count)).toEqual([2])
    })

    it('leave the one its place that was just moved', () => {
      expect(shown(4, 'key 4', ...five).keys).toEqual(['key 0', 'key 1', 'key 4'])
    })
  })

  it('are cut at midnight where they go on', () => {
    const night = item(at(22, 21), at(23, 5))
    expect(blocksOf([night], whole(22)).blocks).toMatchObject([
      { top: 21 * 60, bottom: 1440, isContinued: false, goesOn: true },
    ])
    expect(blocksOf([night], whole(23)).blocks).toMatchObject([
      { top: 0, bottom: 300, isContinued: true, goesOn: false },
    ])
    expect(blocksOf([night], whole(24))).toEqual({ blocks: [], more: [] })
  })

  it('lie under each other above the hours, each over its days', () => {
    const week = daysOf('week', whole(22), false)
    const bars = barsOf(
      [bar(14, 4, 'до'), bar(17, 2, 'два'), bar(18, 1, 'день'), bar(21, 9, 'после')],
      week,
    )
    expect(
      bars.map(({ item, at, days, lane, isContinued, goesOn }) => [
        item.title,
        at,
        days,
        lane,
        isContinued,
        goesOn,
      ]),
    ).toEqual([
      ['до', 0, 2, 0, true, false],
      ['два', 1, 2, 1, false, false],
      ['день', 2, 1, 0, false, false],
      ['после', 5, 2, 0, false, true],
    ])
  })
})

describe('what is moved', () => {
  const meeting = item(at(20, 9), at(20, 10))

  it('keeps its length and the place at which it was taken, in quarters of an hour', () => {
    const taken = { day: whole(20), minutes: 9 * 60 + 20 }
    expect(dragged(meeting, taken, { day: whole(18), minutes: 15 * 60 + 31 })).toEqual({
      from: at(18, 15, 15),
      to: at(18, 16, 15),
      allDay: false,
    })
  })

  it('loses its time above the hours, gets one below, and keeps it in a month', () => {
    const strip = { day: whole(21), minutes: null }
    expect(dragged(meeting, { day: whole(20), minutes: 560 }, strip)).toEqual({
      from: whole(21),
      to: whole(22),
      allDay: true,
    })
    expect(dragged(bar(21, 3, 'a'), strip, { day: whole(19), minutes: 601 })).toEqual({
      from: at(19, 10),
      to: at(19, 10, 30),
      allDay: false,
    })
    expect(dragged(meeting, { day: whole(20), minutes: null }, strip)).toEqual({
      from: at(21, 9),
      to: at(21, 10),
      allDay: false,
    })
  })

  it('is made longer and shorter, never shorter than a quarter of an hour', () => {
    expect(drawn(meeting, { day: whole(20), minutes: 11 * 60 + 8 }).to).toBe(at(20, 11, 15))
    expect(drawn(meeting, { day: whole(20), minutes: 30 }).to).toBe(at(20, 9, 15))
    expect(stretched(meeting, 0, -600).to).toBe(at(20, 9, 15))
    expect(drawn(bar(20, 1, 'a'), { day: whole(22), minutes: null }).to).toBe(whole(23))
    expect(stretched(bar(20, 1, 'a'), -3, 0).to).toBe(whole(21))
  })

  it('is written with how long it is only where that was changed', () => {
    expect(patchOf(meeting, shifted(meeting, 1, 15))).toEqual({ due: at(21, 9, 15), allDay: null })
    expect(patchOf(meeting, stretched(meeting, 0, 30))).toEqual({
      due: at(20, 9),
      allDay: null,
      duration: 90,
    })
    const strip = { from: whole(20), to: whole(21), allDay: true }
    expect(patchOf(meeting, strip)).toEqual({ due: whole(20), allDay: true, duration: null })
  })

  it('is drawn from an empty place in both directions', () => {
    const one = { day: whole(20), minutes: 14 * 60 + 3 }
    const other = { day: whole(20), minutes: 12 * 60 + 50 }
    const wanted = { from: at(20, 12, 45), to: at(20, 14, 15), allDay: false }
    expect(selected(one, other)).toEqual(wanted)
    expect(selected(other, one)).toEqual(wanted)
  })
})

describe('where clocks are changed', () => {
  // The zone of the process is read anew at each date.
  const inZone = (zone: string, check: () => void) => {
    const before = process.env.TZ
    process.env.TZ = zone
    try {
      check()
    } finally {
      if (before === undefined) delete process.env.TZ
      else process.env.TZ = before
    }
  }

  it('a day more is the same time of the clock on the wall', () => {
    inZone('Europe/Berlin', () => {
      // On 2026-10-25 at 3:00 it is 2:00 again.
      const saturday = new Date(2026, 9, 24, 9).getTime()
      const moved = shifted(item(saturday, saturday + hour), 1, 0)
      expect(moved.from - saturday).toBe(day + hour)
      expect(moved.to - moved.from).toBe(hour)
    })
  })

  it('a moment is found where the clock on the wall shows it, and back', () => {
    inZone('Europe/Berlin', () => {
      const sunday = Date.UTC(2026, 9, 25)
      expect(new Date(momentAt(sunday, 9 * 60)).getHours()).toBe(9)
      expect(minutesIn(sunday, momentAt(sunday, 9 * 60))).toBe(9 * 60)
      // In spring 2:30 is not there: it is an hour later.
      const spring = Date.UTC(2026, 2, 29)
      expect(minutesIn(spring, momentAt(spring, 150))).toBe(210)
    })
  })

  it('whole days are the same days in every zone', () => {
    for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Europe/Moscow'])
      inZone(zone, () => {
        const bars = barsOf([bar(18, 1, 'a')], daysOf('week', whole(22), false))
        expect(bars).toMatchObject([{ at: 2, days: 1 }])
      })
  })
})

describe('whose and what is shown', () => {
  const departments = [{ id: 'sales' }, { id: 'east', parent: 'sales' }, { id: 'stock' }]
  const employees = [
    { id: 'me' },
    { id: 'olga', department: 'east' },
    { id: 'ivan', department: 'stock' },
  ]
  const subject = { id: 'me' }
  const people = (look: Partial<typeof firstLook>) =>
    peopleOf({ ...firstLook, ...look }, subject, employees, departments)

  it("is mine, everybody's, or of chosen people and departments with all below them", () => {
    expect(people({})).toEqual(new Set(['me']))
    expect(people({ whose: 'all' })).toBeNull()
    expect(people({ whose: 'chosen', chosen: ['sales', 'ivan'] })).toEqual(
      new Set(['olga', 'ivan']),
    )
  })

  it('leaves out other kinds, other people, and on demand what is closed', () => {
    const all = { who: null, hidden: new Set<never>(), withDone: true }
    const mine = item(at(22, 9), at(22, 10), { state: 'done' })
    expect(isWanted(mine, all)).toBe(true)
    expect(isWanted(mine, { ...all, withDone: false })).toBe(false)
    expect(isWanted(mine, { ...all, hidden: new Set(['meeting' as const]) })).toBe(false)
    expect(isWanted(mine, { ...all, who: new Set(['olga']) })).toBe(false)
  })
})
