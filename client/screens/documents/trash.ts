/** Deleting is moving to the trash, and can be taken back. */
import { showToast } from '../../design/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import type { Replica } from '../../replica/index.ts'
import type { Contract } from './queries.ts'
import { t } from './texts.ts'

/** Returns whether it was done; says so with «Отменить», or why not. */
export const moveToTrash = async (
  replica: Replica,
  { id, subject }: Pick<Contract, 'id' | 'subject'>,
): Promise<boolean> => {
  const result = await replica.write('contract', id, {
    deletedAt: Date.now(),
    deletedBy: replica.session.user.id,
  })
  if (result.ok)
    showToast({ text: t('deleted', { name: subject }), undo: () => void restore(replica, id) })
  else showToast({ text: reasonText(result.reason), stays: true })
  return result.ok
}

export const restore = async (replica: Replica, id: string): Promise<void> => {
  const result = await replica.write('contract', id, { deletedAt: null, deletedBy: null })
  if (!result.ok) showToast({ text: reasonText(result.reason), stays: true })
}
