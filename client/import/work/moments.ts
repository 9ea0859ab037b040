/** A day, with its time where one is written: «12.03.2024 10:30», «2024-03-12T10:30:00+03:00». */
import { parseDay } from '../../../shared/fields/days.ts'

export interface Moment {
  /** ms; of a whole day its midnight UTC, as a task's `due` is kept. */
  at: number
  allDay: boolean
}

const timeAtEnd = /^(.*?)[\s,T]+(?:в\s+)?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?$/i
const withZone = /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:?\d{2})$/i
const timeAlone = /^(\d{1,2})[:.](\d{2})(?::\d{2})?$/

/** `time`: of a column of its own. Null: no such day. */
export const parseMoment = (cell: string, time: string, today: Date): Moment | null => {
  const text = cell.trim()
  if (withZone.test(text)) {
    const at = Date.parse(text)
    return Number.isNaN(at) ? null : { at, allDay: false }
  }
  const [, before, hours, minutes, seconds = 0] = timeAtEnd.exec(text) ?? []
  const day = parseDay(before ?? text, today)
  if (!day.ok) return null
  const [, ownHours, ownMinutes] = timeAlone.exec(time.trim()) ?? []
  const clock = hours === undefined ? [ownHours, ownMinutes] : [hours, minutes]
  const [year = 0, month = 1, date = 1] = day.value.split('-').map(Number)
  if (clock[0] === undefined) return { at: Date.UTC(year, month - 1, date), allDay: true }
  const [hour, minute] = clock.map(Number) as [number, number] // both are digits
  if (hour > 23 || minute > 59) return null
  const at = new Date(year, month - 1, date, hour, minute, Number(seconds)).getTime()
  return { at, allDay: false }
}

/** Where a moment is wanted, a whole day is its local midnight. */
export const localMoment = ({ at, allDay }: Moment): number => {
  if (!allDay) return at
  const date = new Date(at)
  return new Date(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()).getTime()
}
