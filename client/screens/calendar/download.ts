/** What one looks at in the calendar as a file for other calendars; only what one may take out. */
import type { Row } from '../../../shared/records/declaration.ts'
import { mayExport } from '../../../shared/rights.ts'
import { remindAt } from '../../../shared/tasks.ts'
import { showToast } from '../../design/index.ts'
import { saveFile } from '../../export/save-file.ts'
import type { Replica, StoredRow } from '../../replica/index.ts'
import { t as exportTexts } from '../export/texts.ts'
import { isoOf } from './days.ts'
import { eventOf, icsOf } from './ics.ts'
import { daysCovered, isWanted, type Wanted } from './items.ts'
import { readItems } from './queries.ts'
import { t } from './texts.ts'
import { kindWords, stateWords } from './words.ts'

interface Stretch {
  /** Whole days. */
  first: number
  last: number
}

export const downloadCalendar = async (
  replica: Replica,
  { first, last }: Stretch,
  wanted: Wanted,
): Promise<void> => {
  const subject = replica.subject.peek()
  const now = Date.now()
  const read = async (takes?: (row: StoredRow) => boolean) => {
    const found = await readItems(replica.base, first, last, subject, wanted.hidden, now, takes)
    const items = found.items.filter((item) => {
      const covered = daysCovered(item)
      return covered.first <= last && covered.last >= first && isWanted(item, wanted)
    })
    return { items, tasks: found.tasks }
  }
  const { items, tasks } = await read(
    (row) => mayExport(subject, row.type, row as unknown as Row), // a stored row is one that was projected
  )
  const seen = (await read()).items.length
  if (items.length > 0) {
    const words = { kind: ({ kind }: (typeof items)[number]) => kindWords(kind), state: stateWords }
    const events = items.map((item) => {
      const task = tasks.get(item.id)
      return eventOf(item, task ? remindAt(task) : null, words, location.origin, now)
    })
    const name = t('ics.name', { name: replica.session.user.name })
    const file = new Blob([icsOf(name, events, now)], { type: 'text/calendar;charset=utf-8' })
    const end = first === last ? '' : `-${isoOf(last)}`
    saveFile(file, `${t('ics.file')}-${isoOf(first)}${end}.ics`)
  }
  const words = [items.length > 0 ? t('ics.done', { count: items.length }) : exportTexts('nothing')]
  if (seen > items.length) words.push(exportTexts('withheld', { count: seen - items.length }))
  showToast({ text: words.join(' ') })
}
