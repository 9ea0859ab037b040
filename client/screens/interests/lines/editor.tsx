/**
 * «Товары» of an Interest (F119, F129): lines from the catalogue or in words of one's own, led by the
 * keyboard: a name, Enter, the quantity, Enter, the next name. Needs no network.
 */
import { useEffect, useRef, useState } from 'preact/hooks'
import { formatMoney } from '../../../../shared/fields/words.ts'
import { newId } from '../../../../shared/ids.ts'
import {
  isForeign,
  linesCurrency,
  ratesOf,
  sumsOfLines,
} from '../../../../shared/interests/lines.ts'
import type { Result } from '../../../../shared/reasons.ts'
import type { Patch } from '../../../../shared/records/change.ts'
import { defaultCurrency } from '../../../../shared/records/directory.ts'
import type { InterestLine } from '../../../../shared/records/interest.ts'
import { Button, Select, showToast } from '../../../design/index.ts'
import { Sortable } from '../../../design/Sortable.tsx'
import { clientCurrency } from '../../../fields/client-currency.ts'
import { lastOrder, movedOrders } from '../../../fields/order.ts'
import { entriesOf, useDirectory } from '../../../fields/use-directory.ts'
import { lazy } from '../../../frame/lazy.tsx'
import { locale } from '../../../i18n/index.ts'
import { partChanged, type Replica } from '../../../replica/index.ts'
import { mayCreateProduct } from '../../products/may-create.ts'
import type { Product } from '../../products/product-acts.ts'
import type { Interest } from '../queries.ts'
import { changedLine, inCurrency, keptLine, type Line, lineOfProduct } from './line-change.ts'
import { LineRow } from './line-row.tsx'
import styles from './lines.module.css'
import { NewLine } from './new-line.tsx'
import { t } from './texts.ts'

const NewProductDialog = lazy(
  async () => (await import('../../products/new-product-dialog.tsx')).NewProductDialog,
)

interface LinesEditorProps {
  row: Interest
  save: (patch: Patch) => Promise<Result<unknown>>
  replica: Replica
  readOnly: boolean
}

export const LinesEditor = ({ row, save, replica, readOnly }: LinesEditorProps) => {
  const { lines } = row
  const entries = useDirectory(replica)
  const byDefault = defaultCurrency(entries.values())
  const rates = ratesOf(entries.values(), byDefault)
  const [creating, setCreating] = useState<string | null>(null)
  const list = useRef<HTMLElement>(null)
  /** Whose quantity is typed next, as soon as the line is there. */
  const [expected, setExpected] = useState<string | null>(null)
  const money = (amount: number, currency: string) =>
    formatMoney({ amount, currency }, locale.value)

  const focusCell = (line: string | undefined, column: string) => {
    const within = line === undefined ? '' : `[data-line="${line}"] `
    const field = list.current?.querySelector<HTMLElement>(
      line === undefined
        ? '[data-cell="new"]'
        : `${within}[data-cell="${column}"] :is(input, select)`,
    )
    field?.focus()
    if (field instanceof HTMLInputElement) field.select()
    return field !== null && field !== undefined
  }
  useEffect(() => {
    if (expected && focusCell(expected, 'quantity')) setExpected(null)
  })

  const add = async (line: InterestLine) => {
    const id = newId()
    const result = await save({ lines: { [id]: { ...line, order: lastOrder(lines) } } })
    if (result.ok) setExpected(id)
  }
  /** That of the lines; before there is one, of the amount, of the client, of the company. */
  const currencyNow = async (): Promise<string> => {
    const known = linesCurrency(lines) ?? row.amount?.currency
    if (known) return known
    return clientCurrency(replica.base, row.client, { entries, currency: byDefault })
  }
  const addProduct = async (product: Product) => {
    const currency = await currencyNow()
    const { line, recalculated } = lineOfProduct(product, currency, rates)
    await add(line)
    if (!recalculated) return
    const { from, to } = recalculated
    showToast(
      to === null
        ? {
            text: t('noRate', { from: from.currency, to: currency, name: product.name }),
            stays: true,
          }
        : {
            text: t('recalculated', {
              name: product.name,
              from: money(from.amount, from.currency),
              to: money(to, currency),
            }),
          },
    )
  }
  const addFree = async (name: string) =>
    add({ name, quantity: 1, price: 0, currency: await currencyNow() })
  const remove = async (line: Line) => {
    const result = await save({ lines: { [line.id]: null } })
    if (!result.ok) return
    showToast({
      text: t('deleted', { name: line.name }),
      undo: () => void save({ lines: { [line.id]: keptLine(line) } }),
    })
  }
  const move = (id: string, index: number) => {
    const orders = movedOrders(lines, id, index)
    const moved = lines.flatMap((line) => {
      const order = orders.get(line.id)
      return order === undefined ? [] : [[line.id, partChanged(line, { order })] as const]
    })
    void save({ lines: Object.fromEntries(moved) })
  }
  const recalculate = async (some: readonly Line[], currency: string, isWhole: boolean) => {
    const changed = inCurrency(some, currency, rates)
    if (!changed.ok)
      return showToast({ text: t('noRates', { from: changed.from, to: currency }), stays: true })
    const result = await save({ lines: changed.lines })
    if (!result.ok || !isWhole) return
    showToast({
      text: t('allRecalculated', { currency }),
      undo: () =>
        void save({ lines: Object.fromEntries(some.map((line) => [line.id, keptLine(line)])) }),
    })
  }
  /** Down the column, and from the last line on to a new one. */
  const onEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return
    const line = event.target.closest<HTMLElement>('[data-line]')?.dataset.line
    const column = event.target.closest<HTMLElement>('[data-cell]')?.dataset.cell
    const at = lines.findIndex(({ id }) => id === line)
    if (at < 0 || column === undefined) return
    focusCell(lines[at + 1]?.id, column)
  }

  const currency = linesCurrency(lines)
  const byId = new Map(lines.map((line) => [line.id, line]))
  return (
    <section class={styles.lines} aria-label={t('title')} ref={list} onKeyDown={onEnter}>
      {lines.length > 0 && (
        <div class={styles.heads} aria-hidden="true">
          <span />
          {(['name', 'quantity', 'unit', 'price', 'discount', 'vat', 'sum'] as const).map(
            (column) => (
              <span key={column} class={styles[`${column}Head`]}>
                {t(column)}
              </span>
            ),
          )}
        </div>
      )}
      <Sortable
        ids={lines.map(({ id }) => id)}
        onMove={move}
        disabled={readOnly}
        class={styles.list}
        label={t('title')}
        nameOf={(id) => byId.get(id)?.name ?? ''}
      >
        {(id, grip) => {
          const line = byId.get(id)
          return (
            line && (
              <LineRow
                line={line}
                foreign={isForeign(line, lines)}
                grip={grip}
                readOnly={readOnly}
                onChange={(part) => save(changedLine(line, part))}
                onRecalculate={() => recalculate([line], currency ?? byDefault, false)}
                onCopy={() => void add(copyOf(line))}
                onDelete={() => void remove(line)}
              />
            )
          )
        }}
      </Sortable>
      {lines.length === 0 && <p class={styles.empty}>{t(readOnly ? 'empty.readOnly' : 'empty')}</p>}
      {!readOnly && (
        <NewLine
          key={row.id}
          id={row.id}
          replica={replica}
          mayCreate={mayCreateProduct(replica.subject.value)}
          onProduct={(product) => void addProduct(product)}
          onFree={(name) => void addFree(name)}
          onCreate={setCreating}
        />
      )}
      {currency !== undefined && (
        <Totals lines={lines} currency={currency}>
          {!readOnly && entriesOf(entries, 'currency').length > 1 && (
            <span class={styles.currency}>
              <span class="meta" aria-hidden="true">
                {t('currency')}
              </span>
              <Select
                aria-label={t('currency')}
                value={currency}
                onValue={(next) => void recalculate(lines, next, true)}
                options={[
                  ...new Set([
                    currency,
                    ...entriesOf(entries, 'currency').flatMap(({ code }) => code ?? []),
                  ]),
                ].map((code) => ({ value: code, label: code }))}
              />
            </span>
          )}
        </Totals>
      )}
      {currency !== undefined && row.amountBy === 'manual' && row.amount && (
        <p class={styles.manual}>
          {t('byHand', { sum: money(row.amount.amount, row.amount.currency) })}{' '}
          {!readOnly && (
            <Button kind="quiet" onClick={() => void save({ amountBy: null })}>
              {t('byLines')}
            </Button>
          )}
        </p>
      )}
      {creating !== null && (
        <NewProductDialog
          replica={replica}
          initial={{ name: creating }}
          place={`line:${row.id}`}
          single
          onClose={() => setCreating(null)}
          onCreated={async (id) => {
            setCreating(null)
            const product = await replica.base.product.get(id)
            if (product) await addProduct(product)
          }}
        />
      )}
    </section>
  )
}

const copyOf = ({ id: _, order: __, ...line }: Line): InterestLine => line

const Totals = ({
  lines,
  currency,
  children,
}: {
  lines: readonly Line[]
  currency: string
  children: preact.ComponentChildren
}) => {
  const { subtotal, discount, vat, total } = sumsOfLines(lines)
  const said: ['subtotal' | 'total.discount' | 'total' | 'total.vat', number][] = [
    ...(discount > 0
      ? ([
          ['subtotal', subtotal],
          ['total.discount', -discount],
        ] as const)
      : []
    ).map(([name, sum]): ['subtotal' | 'total.discount', number] => [name, sum]),
    ['total', total],
    ...(vat > 0 ? ([['total.vat', vat]] satisfies ['total.vat', number][]) : []),
  ]
  return (
    <div class={styles.totals}>
      {children}
      <dl class={styles.sums}>
        {said.map(([name, sum]) => (
          <div key={name} class={name === 'total' ? styles.total : undefined}>
            <dt>{t(name)}</dt>
            <dd>{formatMoney({ amount: sum, currency }, locale.value)}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
