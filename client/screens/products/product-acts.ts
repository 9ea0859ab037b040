/** What is done to one product. */
import { formatMoney } from '../../../shared/fields/words.ts'
import type { Money } from '../../../shared/records/custom-value.ts'
import { showToast } from '../../design/index.ts'
import { locale } from '../../i18n/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import type { Replica, ReplicaBase, StoredRow } from '../../replica/index.ts'
import type { ProductForm } from './new-product-dialog.tsx'
import { t } from './texts.ts'

export type Product = StoredRow<'product'>

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

/** The price changed by so many percent, to hundredths; null where there is none to change. */
export const pricedBy = (
  { price }: Readonly<Record<string, unknown>>,
  percent: number,
): { patch: { price: Money }; undo: { price: Money } } | null => {
  const money = price as Money | undefined // the field of a product's row
  if (!money) return null
  const amount = Math.round(money.amount * (100 + percent)) / 100
  return amount === money.amount
    ? null
    : { patch: { price: { ...money, amount } }, undo: { price: money } }
}

/** What the form of a new product begins with when it is a copy of one that is there (F64). */
export const formOf = ({
  name,
  kind,
  unit = '',
  price,
  vat,
  category = '',
  description = '',
}: Product): Partial<ProductForm> => ({
  name,
  kind: kind ?? '',
  unit,
  price: price ? formatMoney(price, locale.value) : '',
  vat: vat ?? '',
  category,
  description,
})
