/** Creation of a product (F258), in the catalogue or out of a line; what is typed survives a reload. */
import { useId, useRef } from 'preact/hooks'
import { parseWords } from '../../../shared/fields/words.ts'
import { newId } from '../../../shared/ids.ts'
import { hasPlaces, pricePlaces, type VatRate } from '../../../shared/interests/lines.ts'
import type { Patch } from '../../../shared/records/change.ts'
import { productKinds, usualUnits } from '../../../shared/records/product.ts'
import { Field, Input, Select, showToast, Textarea } from '../../design/index.ts'
import { entriesOf, useDirectory } from '../../fields/use-directory.ts'
import { useNames } from '../../fields/use-fields.ts'
import { labelOf, locale } from '../../i18n/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import type { Replica } from '../../replica/index.ts'
import type { Entered } from '../clients/new-values.ts'
import { focusFirstWrong, useOwnValues } from '../clients/own-values.tsx'
import { CreateDialog } from '../forms/create-dialog.tsx'
import { nextForm } from '../forms/next-form.ts'
import { useCreateForm } from '../forms/use-create-form.ts'
import { productsWithArticle } from './find-products.ts'
import { t } from './texts.ts'
import { vatOptions } from './vat-options.ts'

export interface ProductForm {
  name: string
  article: string
  kind: keyof typeof productKinds | ''
  unit: string
  price: string
  vat: VatRate | ''
  category: string
  description: string
  custom: Entered
}

const empty: ProductForm = {
  name: '',
  article: '',
  kind: '',
  unit: '',
  price: '',
  vat: '',
  category: '',
  description: '',
  custom: {},
}

interface NewProductDialogProps {
  replica: Replica
  onClose: () => void
  /** After «Сохранить»; «Сохранить и создать ещё» stays in the form. */
  onCreated: (id: string) => void
  initial?: Partial<ProductForm>
  /** Where the form was opened: each place has a draft of its own. */
  place?: string
  /** Only one is wanted. */
  single?: boolean
}

export const NewProductDialog = ({
  replica,
  onClose,
  onCreated,
  initial = {},
  place = 'catalogue',
  single = false,
}: NewProductDialogProps) => {
  const { draft, form, current, set, wrong, setWrong } = useCreateForm(
    replica,
    `new-product:${place}`,
    empty,
    initial,
  )
  const names = useNames(replica)
  const categories = entriesOf(useDirectory(replica), 'productCategory')
  const nameField = useRef<HTMLInputElement>(null)
  const units = useId()
  const own = useOwnValues(replica, 'product', form.custom, (custom) => set({ custom }))

  const save = async (another: boolean) => {
    const name = form.name.trim()
    const article = form.article.trim()
    const price = parseWords(
      { key: 'price', kind: 'money', label: { ru: '', en: '' }, required: false, writable: true },
      form.price,
      names,
    )
    const value = price.ok ? price.value : undefined
    const money = typeof value === 'object' && 'amount' in value ? value : null
    const isPriceWrong =
      !price.ok || (money !== null && (money.amount < 0 || !hasPlaces(money.amount, pricePlaces)))
    const [same] = await productsWithArticle(replica.base, article)
    setWrong({
      ...(name === '' && { name: t('error.name') }),
      ...(same && { article: t('error.article', { name: same.name }) }),
      ...(isPriceWrong && { price: t('error.price') }),
    })
    const custom = own.check()
    if (name === '' || same || isPriceWrong || !custom) return focusFirstWrong()
    const patch: Patch = {
      name,
      ...(article && { article }),
      ...(form.kind && { kind: form.kind }),
      ...(form.unit.trim() && { unit: form.unit.trim() }),
      ...(money && { price: money }),
      ...(form.vat && { vat: form.vat }),
      ...(form.category && { category: form.category }),
      ...(form.description && { description: form.description }),
      custom,
    }
    const id = newId()
    const result = await replica.write('product', id, patch)
    if (!result.ok) return showToast({ text: reasonText(result.reason), stays: true })
    const typed = current()
    draft.clear()
    showToast({ text: t('saved', { name }) })
    if (another) {
      // The next one of a price list is often of the same kind.
      const { kind, unit, vat, category } = form
      draft.change(nextForm(form, typed, { ...empty, kind, unit, vat, category }))
      nameField.current?.focus()
    } else onCreated(id)
  }

  if (!draft.loaded) return null
  return (
    <CreateDialog title={t('new')} onClose={onClose} onSave={save} single={single}>
      <Field label={t('name')} error={wrong.name ?? null} required>
        {(control) => (
          <Input
            {...control}
            inputRef={nameField}
            value={form.name}
            onValue={(name) => set({ name })}
            maxLength={500}
            autofocus
            autocomplete="off"
          />
        )}
      </Field>
      <Field label={t('article')} error={wrong.article ?? null}>
        {(control) => (
          <Input
            {...control}
            value={form.article}
            onValue={(article) => set({ article })}
            maxLength={100}
            autocomplete="off"
          />
        )}
      </Field>
      <Field label={t('kind')}>
        {(control) => (
          <Select
            {...control}
            value={form.kind}
            onValue={(kind) => set({ kind })}
            options={[
              { value: '' as const, label: t('kind.none') },
              { value: 'goods', label: labelOf(productKinds.goods) },
              { value: 'service', label: labelOf(productKinds.service) },
            ]}
          />
        )}
      </Field>
      <Field label={t('unit')}>
        {(control) => (
          <>
            <Input
              {...control}
              value={form.unit}
              onValue={(unit) => set({ unit })}
              maxLength={30}
              list={units}
              autocomplete="off"
            />
            <datalist id={units}>
              {usualUnits[locale.value].map((unit) => (
                <option key={unit} value={unit} />
              ))}
            </datalist>
          </>
        )}
      </Field>
      <Field label={t('price')} hint={t('price.hint')} error={wrong.price ?? null}>
        {(control) => (
          <Input
            {...control}
            value={form.price}
            onValue={(price) => set({ price })}
            inputMode="decimal"
            autocomplete="off"
          />
        )}
      </Field>
      <Field label={t('vat')}>
        {(control) => (
          <Select
            {...control}
            value={form.vat}
            onValue={(vat) => set({ vat })}
            options={vatOptions(t('kind.none'))}
          />
        )}
      </Field>
      {categories.length > 0 && (
        <Field label={t('category')}>
          {(control) => (
            <Select
              {...control}
              value={form.category}
              onValue={(category) => set({ category })}
              options={[
                { value: '', label: t('category.none') },
                ...categories.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
          )}
        </Field>
      )}
      <Field label={t('description')}>
        {(control) => (
          <Textarea
            {...control}
            value={form.description}
            onValue={(description) => set({ description })}
            maxLength={20_000}
          />
        )}
      </Field>
      {own.fields}
    </CreateDialog>
  )
}
