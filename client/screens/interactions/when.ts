/** A moment as people type it: «вчера 15:00», «21.11 9:30», «пт», «14:20». No I/O. */
import { parseDay } from '../../../shared/fields/days.ts'
import { fail, ok, type Result } from '../../../shared/reasons.ts'

const clock = /(?:^|\s)(\d{1,2})[:.](\d{2})$/

/** Without a day it is today, without a time midnight. Fails with `invalidValue`. */
export const parseWhen = (typed: string, now: Date): Result<number> => {
  const text = typed.trim()
  // `22.11` alone is a day: a time of its own has a colon.
  const isDayAlone = /^\d{1,2}\.\d{2}$/.test(text)
  const time = isDayAlone ? null : clock.exec(text)
  const [hours, minutes] = [Number(time?.[1] ?? 0), Number(time?.[2] ?? 0)]
  if (hours > 23 || minutes > 59) return fail('invalidValue')
  const said = time ? text.slice(0, time.index).trim() : text
  if (said === '' && !time) return fail('invalidValue')
  const day = parseDay(said === '' ? 'сегодня' : said, now)
  if (!day.ok) return fail('invalidValue')
  const [year = 0, month = 1, date = 1] = day.value.split('-').map(Number)
  const at = new Date(year, month - 1, date, hours, minutes).getTime()
  // Before 1970 and after 2100 no record has a moment.
  return at >= 0 && at < 4_102_444_800_000 ? ok(at) : fail('invalidValue')
}
