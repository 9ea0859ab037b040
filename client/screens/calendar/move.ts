/** Something of the calendar is put to another time, with the way back. */
import { showToast } from '../../design/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import type { Replica } from '../../replica/index.ts'
import { changeTasks } from '../tasks/task-acts.ts'
import type { Item, Span } from './items.ts'
import { patchOf } from './moves.ts'
import { t } from './texts.ts'
import { whenWords } from './words.ts'

/**
 * `item`: as it is shown, which may be newer than what the screen has read. The way back leads to the
 * record as it is now, so that of two quick steps only the second is taken back.
 */
export const moveItem = async (
  replica: Pick<Replica, 'base' | 'write' | 'writeAll'>,
  item: Item,
  span: Span,
): Promise<void> => {
  const words = t('moved', { when: whenWords(span) })
  const task = await replica.base.task.get(item.id)
  if (task) return changeTasks(replica, [task], patchOf(item, span), () => words)
  const row = await replica.base.interaction.get(item.id)
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
