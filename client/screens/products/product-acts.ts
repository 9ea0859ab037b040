/** What is done to one product, and what the user may do. */
import { rights, type Subject } from '../../../shared/rights.ts'
import { showToast } from '../../design/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import type { Replica, ReplicaBase, StoredRow } from '../../replica/index.ts'
import { t } from './texts.ts'

export type Product = StoredRow<'product'>

/** Judged by the rights themselves on a product that is not there yet. */
export const mayCreateProduct = (subject: Subject): boolean =>
  rights(subject, null, { id: '', type: 'product', name: '' }) === null

/** Interests in whose lines it is, as far as this device holds them; the relay has the last word. */
export const interestsWith = (base: ReplicaBase, product: string) =>
  base.interest.where('facets').equals(`product:${product}`)

export const setActive = async (
  replica: Replica,
  { id }: { id: string },
  active: boolean,
): Promise<void> => {
  const result = await replica.write('product', id, { active })
  if (!result.ok) showToast({ text: reasonText(result.reason), stays: true })
}

export const restoreProduct = async (replica: Replica, id: string): Promise<void> => {
  const result = await replica.write('product', id, { deletedAt: null, deletedBy: null })
  if (!result.ok) showToast({ text: reasonText(result.reason), stays: true })
}

/** Says how many Interests it is in where it may not go (decision 13). Returns whether it went. */
export const deleteProduct = async (replica: Replica, product: Product): Promise<boolean> => {
  const { id, name } = product
  const count = await interestsWith(replica.base, id).count()
  if (count > 0) {
    showToast({
      text: t('used', { name, count }),
      stays: true,
      ...(product.active && {
        action: { label: t('deactivate'), onSelect: () => void setActive(replica, product, false) },
      }),
    })
    return false
  }
  const result = await replica.write('product', id, {
    deletedAt: Date.now(),
    deletedBy: replica.session.user.id,
  })
  if (result.ok)
    showToast({ text: t('deleted', { name }), undo: () => void restoreProduct(replica, id) })
  else showToast({ text: reasonText(result.reason), stays: true })
  return result.ok
}
