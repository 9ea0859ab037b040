/** The field at the end of the lines: what is typed is found in the catalogue, or is a line by itself. */
import { PackagePlus, Plus } from 'lucide-preact'
import { useId, useState } from 'preact/hooks'
import { formatMoney } from '../../../../shared/fields/words.ts'
import { Icon } from '../../../design/index.ts'
import { locale } from '../../../i18n/index.ts'
import { type Replica, useLive } from '../../../replica/index.ts'
import { useDraft } from '../../dialogs/use-draft.ts'
import { findProducts } from '../../products/find-products.ts'
import type { Product } from '../../products/product-acts.ts'
import styles from './lines.module.css'
import { t } from './texts.ts'

interface NewLineProps {
  /** Of the Interest: what is typed here survives a reload. */
  id: string
  replica: Replica
  mayCreate: boolean
  onProduct: (product: Product) => void
  onFree: (name: string) => void
  onCreate: (name: string) => void
}

/** Suggestions that fit above a phone's keyboard. */
const shownAtOnce = 6
const noProducts: Product[] = []

export const NewLine = ({ id, replica, mayCreate, onProduct, onFree, onCreate }: NewLineProps) => {
  const list = useId()
  const draft = useDraft(replica, `new-line:${id}`, '')
  const [isOpen, setOpen] = useState(false)
  /** Key of the suggestion walked to: what is found meanwhile must not put another in its place. */
  const [active, setActive] = useState<string>()
  const typed = draft.value
  const name = typed.trim()
  const found = useLive<{ of: string; products: Product[] }>(
    async () => ({
      of: name,
      products: isOpen && name !== '' ? await findProducts(replica.base, name, shownAtOnce) : [],
    }),
    [name, isOpen, replica],
    { of: '', products: noProducts },
  ).value
  const isShown = isOpen && name !== ''
  const products = found.of === name ? found.products : noProducts
  const ways = isShown
    ? [
        ...products.map((product) => ({ key: product.id, product, act: () => onProduct(product) })),
        { key: 'free', product: null, act: () => onFree(name) },
        ...(mayCreate ? [{ key: 'create', product: null, act: () => onCreate(name) }] : []),
      ]
    : []
  const walkedTo = ways.findIndex(({ key }) => key === active)
  const at = Math.max(walkedTo, 0)
  const choose = (act: () => void) => {
    draft.clear()
    setActive(undefined)
    act()
  }
  const enter = async () => {
    // Faster than the list: what is typed now counts, not what was found for less of it.
    if (found.of === name || walkedTo >= 0) {
      const way = ways[at]
      if (way) choose(way.act)
      return
    }
    // At once: another Enter must not add it again, and what is typed from now on is the next line.
    draft.clear()
    const [first] = await findProducts(replica.base, name, 1)
    if (first) onProduct(first)
    else onFree(name)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' && isShown)
      setActive(ways[Math.min(at + 1, ways.length - 1)]?.key)
    else if (event.key === 'ArrowUp' && isShown) setActive(ways[Math.max(at - 1, 0)]?.key)
    else if (event.key === 'Enter' && isShown) void enter()
    else if (event.key === 'Escape' && isShown) setOpen(false)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div class={styles.new}>
      <Icon of={Plus} class={styles.newIcon} />
      <input
        class={styles.newField}
        value={typed}
        // What is typed before the draft is read would give way to it.
        readOnly={!draft.loaded}
        placeholder={t('new')}
        aria-label={t('new')}
        title={t('new.hint')}
        role="combobox"
        aria-expanded={isShown}
        aria-controls={list}
        aria-activedescendant={ways[at] ? `${list}-${at}` : undefined}
        autocomplete="off"
        maxLength={500}
        data-cell="new"
        onInput={(event) => {
          draft.change(event.currentTarget.value)
          setOpen(true)
          setActive(undefined)
        }}
        onKeyDown={onKeyDown}
        onBlur={() => setOpen(false)}
      />
      {isShown && (
        <div id={list} role="listbox" aria-label={t('suggestions')} class={styles.suggestions}>
          {ways.map(({ key, product, act }, index) => (
            // The keyboard moves through the options from the field (aria-activedescendant).
            // biome-ignore lint/a11y/useKeyWithClickEvents: see above
            <div
              key={key}
              id={`${list}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              class={styles.option}
              // The field keeps the focus: losing it would close the list before the click.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(act)}
            >
              {product ? (
                <>
                  <span class={styles.optionName}>{product.name}</span>
                  <span class="meta">{product.article}</span>
                  <span class={styles.optionPrice}>
                    {product.price && formatMoney(product.price, locale.value)}
                  </span>
                </>
              ) : (
                <span class={styles.optionOwn}>
                  <Icon of={key === 'create' ? PackagePlus : Plus} />
                  {t(key === 'create' ? 'create' : 'free', { name })}
                </span>
              )}
            </div>
          ))}
        </div>
      )}
    </div>
  )
}
