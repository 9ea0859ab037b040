/** Deleting is moving to the trash, and can be taken back. */
import { navigate } from 'wouter-preact/use-browser-location'
import { showToast } from '../../design/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import type { Replica } from '../../replica/index.ts'
import { holdingContracts } from '../documents/queries.ts'
import { heldWords } from '../documents/title.ts'
import { t as titleTexts } from '../documents/title-texts.ts'
import { t } from './texts.ts'

type Table = 'client' | 'person'

/** Returns whether it was done; says so with «Отменить», or why not. */
export const moveToTrash = async (
  replica: Replica,
  table: Table,
  { id, name }: { id: string; name: string },
): Promise<boolean> => {
  if (table === 'client') {
    const held = (await holdingContracts(replica.base, [id])).get(id)
    const [first] = held ?? []
    if (held && first) {
      showToast({
        text: heldWords(first, held.length, new Date()),
        action: { label: titleTexts('open'), onSelect: () => navigate(`/documents/${first.id}`) },
        stays: true,
      })
      return false
    }
  }
  const result = await replica.write(table, id, {
    deletedAt: Date.now(),
    deletedBy: replica.session.user.id,
  })
  if (result.ok)
    showToast({
      text: t('client.deleted', { name }),
      undo: () => restore(replica, table, id),
    })
  else showToast({ text: reasonText(result.reason), stays: true })
  return result.ok
}

export const restore = async (replica: Replica, table: Table, id: string): Promise<void> => {
  const result = await replica.write(table, id, { deletedAt: null, deletedBy: null })
  if (!result.ok) showToast({ text: reasonText(result.reason), stays: true })
}
