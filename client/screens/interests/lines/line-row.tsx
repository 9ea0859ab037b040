/** One line: every cell is edited in place. A row of a table on wide screens, a card on a phone. */
import { CopyPlus, MoreHorizontal, SquareArrowOutUpRight, Trash2 } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { formatMoney } from '../../../../shared/fields/words.ts'
import { lineSums, type VatRate } from '../../../../shared/interests/lines.ts'
import type { Result } from '../../../../shared/reasons.ts'
import { Button, classNames, IconButton, Menu } from '../../../design/index.ts'
import { locale } from '../../../i18n/index.ts'
import { parseName } from '../../clients/contact-input.ts'
import { InlineInput, InlineSelect } from '../../clients/inline-field.tsx'
import { vatOptions } from '../../products/vat-options.ts'
import {
  type Line,
  type LineChange,
  parseDiscount,
  parsePrice,
  parseQuantity,
} from './line-change.ts'
import styles from './lines.module.css'
import { t } from './texts.ts'

interface LineRowProps {
  line: Line
  /** Not in the currency of the others. */
  foreign: boolean
  grip: ComponentChildren
  readOnly: boolean
  onChange: (change: LineChange) => Promise<Result<unknown>>
  onRecalculate: () => void
  onCopy: () => void
  onDelete: () => void
}

/** With the decimal sign of the language, and no more digits than there are. */
const shown =
  (fewest: number) =>
  (value: string): string =>
    value === ''
      ? ''
      : Number(value).toLocaleString(locale.value, {
          minimumFractionDigits: fewest,
          maximumFractionDigits: 4,
        })
const number = shown(0)
const price = shown(2)

export const LineRow = (props: LineRowProps) => {
  const { line, foreign, grip, readOnly, onChange } = props
  const label = (column: 'name' | 'quantity' | 'unit' | 'price' | 'discount' | 'vat') =>
    t('cell', { column: t(column), name: line.name })
  const { total } = lineSums(line)
  return (
    <div class={classNames(styles.line, foreign && styles.foreignLine)} data-line={line.id}>
      <span class={styles.grip}>{grip}</span>
      <Cell column="name">
        <InlineInput
          label={label('name')}
          value={line.name}
          parse={parseName('organisation')}
          readOnly={readOnly}
          onSave={(name) => onChange({ name })}
        />
      </Cell>
      <Cell column="quantity">
        <InlineInput
          class={styles.number}
          label={label('quantity')}
          value={String(line.quantity)}
          format={number}
          parse={parseQuantity}
          inputMode="decimal"
          readOnly={readOnly}
          onSave={(value) => onChange({ quantity: Number(value) })}
        />
      </Cell>
      <Cell column="unit">
        <InlineInput
          label={label('unit')}
          placeholder={t('unset')}
          value={line.unit ?? ''}
          readOnly={readOnly}
          onSave={(unit) => onChange({ unit: unit.slice(0, 30) || null })}
        />
      </Cell>
      <Cell column="price">
        <InlineInput
          class={styles.number}
          label={label('price')}
          value={String(line.price)}
          format={price}
          parse={parsePrice}
          inputMode="decimal"
          readOnly={readOnly}
          onSave={(value) => onChange({ price: Number(value) })}
        />
      </Cell>
      <Cell column="discount">
        <InlineInput
          class={styles.number}
          label={label('discount')}
          placeholder={t('unset')}
          value={String(line.discount ?? '')}
          format={number}
          parse={parseDiscount}
          inputMode="decimal"
          readOnly={readOnly}
          onSave={(value) => onChange({ discount: Number(value) || null })}
        />
      </Cell>
      <Cell column="vat">
        <InlineSelect<VatRate>
          label={label('vat')}
          value={line.vat ?? ''}
          readOnly={readOnly}
          options={vatOptions(t('unset'))}
          onSave={(vat) => void onChange({ vat: vat || null })}
        />
      </Cell>
      <span class={styles.sum}>
        <span class={styles.cellLabel}>{t('sum')}</span>
        <span class={styles.value}>
          {formatMoney({ amount: total, currency: line.currency }, locale.value)}
        </span>
      </span>
      <span class={styles.menu}>
        {!readOnly && (
          <Menu
            label={t('menu', { name: line.name })}
            trigger={(trigger) => (
              <IconButton
                {...trigger}
                icon={MoreHorizontal}
                label={t('menu', { name: line.name })}
              />
            )}
            items={[
              ...(line.product
                ? [
                    {
                      label: t('openProduct'),
                      icon: SquareArrowOutUpRight,
                      href: `/products/${line.product}`,
                    },
                  ]
                : []),
              { label: t('copy'), icon: CopyPlus, onSelect: props.onCopy },
              {
                label: t('delete'),
                icon: Trash2,
                danger: true,
                separated: true,
                onSelect: props.onDelete,
              },
            ]}
          />
        )}
      </span>
      {foreign && (
        <p class={styles.foreign} role="note">
          {t('foreign', { currency: line.currency })}{' '}
          {!readOnly && (
            <Button kind="quiet" onClick={props.onRecalculate}>
              {t('recalculate')}
            </Button>
          )}
        </p>
      )}
    </div>
  )
}

const Cell = ({
  column,
  children,
}: {
  column: 'name' | 'quantity' | 'unit' | 'price' | 'discount' | 'vat'
  children: ComponentChildren
}) => (
  <span class={classNames(styles.cell, styles[column])} data-cell={column}>
    {column !== 'name' && (
      <span class={styles.cellLabel} aria-hidden="true">
        {t(column)}
      </span>
    )}
    {children}
  </span>
)
