/** Something of the calendar is put to another time, with the way back. */
import { showToast } from '../../design/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import type { Replica } from '../../replica/index.ts'
import { changeTasks } from '../tasks/task-acts.ts'
import type { Item, Span } from './items.ts'
import { patchOf } from './moves.ts'
import type { Found } from './queries.ts'
import { t } from './texts.ts'
import { whenWords } from './words.ts'

export const moveItem = async (
  replica: Replica,
  found: Found,
  item: Item,
  span: Span,
): Promise<void> => {
  const words = t('moved', { when: whenWords(span) })
  const task = found.tasks.get(item.id)
  if (task) return changeTasks(replica, [task], patchOf(item, span), () => words)
  const row = found.interactions.get(item.id)
  // What was, was at a time: it has no whole days.
  if (!row || span.allDay) return
  const result = await replica.write('interaction', row.id, { at: span.from })
  if (!result.ok) showToast({ text: reasonText(result.reason), stays: true })
  else
    showToast({
      text: words,
      undo: () => void replica.write('interaction', row.id, { at: row.at }),
    })
}
