/** The card of a product: its fields edited in place, the Interests it is in, its history. */
import { ArrowLeft, Copy, MoreHorizontal, Package, Trash2 } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { Link, useLocation } from 'wouter-preact'
import { type FieldInfo, fieldsOf } from '../../../shared/fields/fields.ts'
import { formatMoney } from '../../../shared/fields/words.ts'
import { fail, type Result } from '../../../shared/reasons.ts'
import type { Patch } from '../../../shared/records/change.ts'
import { rights } from '../../../shared/rights.ts'
import {
  Badge,
  Button,
  EmptyState,
  Icon,
  IconButton,
  Menu,
  showToast,
  Tabs,
} from '../../design/index.ts'
import { useDefinitions, useNames } from '../../fields/use-fields.ts'
import { useReplica } from '../../frame/app-context.ts'
import { labelOf, locale } from '../../i18n/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import { type Replica, useLive } from '../../replica/index.ts'
import card from '../clients/card.module.css'
import line from '../clients/fields.module.css'
import { Gone } from '../clients/gone.tsx'
import { InlineInput } from '../clients/inline-field.tsx'
import { ValueField } from '../clients/value-field.tsx'
import { Changes } from '../history/record-history.tsx'
import { mayCreateProduct } from './may-create.ts'
import {
  deleteProduct,
  interestsWith,
  type Product,
  restoreProduct,
  setActive,
} from './product-acts.ts'
import styles from './products.module.css'
import { t } from './texts.ts'

export const ProductScreen = ({ params: { id } }: { params: { id: string } }) => {
  const replica = useReplica()
  const loaded = useLive(
    async () => ({ id, row: (await replica.base.product.get(id)) ?? null }),
    [id, replica],
    null,
  ).value
  if (loaded?.id !== id) return <div class={card.screen} />
  if (!loaded.row)
    return (
      <Gone
        isGone={async () => !(await replica.base.product.get(id))}
        icon={Package}
        title={t('gone.title')}
        text={t('gone.text')}
        list={{ path: '/products', words: t('back') }}
      />
    )
  return <Card key={id} row={loaded.row} replica={replica} />
}

interface CardProps {
  row: Product
  replica: Replica
}
type Part = 'fields' | 'interests' | 'timeline'

const Card = ({ row, replica }: CardProps) => {
  /** Which part a phone shows. */
  const [part, setPart] = useState<Part>('fields')
  const [centre, setCentre] = useState<'interests' | 'timeline'>('interests')
  const readOnly = rights(replica.subject.value, row, row) !== null
  const tabs = [
    { value: 'interests', label: t('tab.interests') },
    { value: 'timeline', label: t('tab.history') },
  ] as const
  return (
    <div class={card.screen}>
      <Head row={row} replica={replica} readOnly={readOnly} />
      {row.deletedAt !== undefined && (
        <div class={card.trash} role="status">
          {t('inTrash')}
          {!readOnly && (
            <Button onClick={() => restoreProduct(replica, row.id)}>{t('restore')}</Button>
          )}
        </div>
      )}
      <div class={card.tabs}>
        <Tabs<Part>
          label={row.name}
          value={part}
          onValue={(next) => {
            setPart(next)
            if (next !== 'fields') setCentre(next)
          }}
          tabs={[{ value: 'fields', label: t('tab.fields') }, ...tabs]}
        />
      </div>
      <div
        class={`${card.parts} ${card.two}`}
        data-part={part === 'fields' ? 'fields' : 'timeline'}
      >
        <section class={card.left} aria-label={t('tab.fields')}>
          <Fields row={row} replica={replica} readOnly={readOnly} />
        </section>
        <div class={card.centre}>
          <div class={styles.part}>
            <div class={styles.tabs}>
              <Tabs label={row.name} value={centre} onValue={setCentre} tabs={tabs} />
            </div>
            {centre === 'interests' ? (
              <Interests id={row.id} replica={replica} />
            ) : (
              <section aria-label={t('tab.history')}>
                <Changes table="product" id={row.id} replica={replica} readOnly={readOnly} />
              </section>
            )}
          </div>
        </div>
      </div>
    </div>
  )
}

const Head = ({ row, replica, readOnly }: CardProps & { readOnly: boolean }) => {
  const [, navigate] = useLocation()
  const subject = replica.subject.value
  const mayDelete = rights(subject, row, { ...row, deletedAt: 1 }) === null
  return (
    <header class={card.head}>
      <Link href="/products" class={card.back} data-back aria-label={t('back')}>
        <Icon of={ArrowLeft} size={20} />
      </Link>
      <div class={card.names}>
        <h1 class={card.name}>{row.name}</h1>
        <p class={card.subtitle}>
          {row.article && <span>{row.article}</span>}
          {!row.active && <Badge>{t('inactive')}</Badge>}
          {readOnly && <Badge>{t('readOnly')}</Badge>}
        </p>
      </div>
      {row.deletedAt === undefined && (mayCreateProduct(subject) || !readOnly || mayDelete) && (
        <Menu
          label={t('menu')}
          trigger={(trigger) => (
            <IconButton {...trigger} icon={MoreHorizontal} size={20} label={t('menu')} />
          )}
          items={[
            ...(mayCreateProduct(subject)
              ? [{ label: t('copy'), icon: Copy, href: `/products/new?copy=${row.id}` }]
              : []),
            ...(readOnly
              ? []
              : [
                  {
                    label: t(row.active ? 'deactivate' : 'activate'),
                    onSelect: () => void setActive(replica, row, !row.active),
                  },
                ]),
            ...(mayDelete
              ? [
                  {
                    label: t('delete'),
                    icon: Trash2,
                    danger: true,
                    separated: true,
                    onSelect: async () => {
                      if (await deleteProduct(replica, row)) navigate('/products')
                    },
                  },
                ]
              : []),
          ]}
        />
      )}
    </header>
  )
}

const Fields = ({ row, replica, readOnly }: CardProps & { readOnly: boolean }) => {
  const names = useNames(replica)
  const { closed } = replica.subject.value
  const infos = fieldsOf('product', useDefinitions(replica, 'product')).filter(
    ({ writable }) => writable,
  )
  const save = async (patch: Patch): Promise<Result<unknown>> => {
    // Less than nothing is no price, which `parseWords` does not know.
    const { price } = patch as { price?: { amount: number } | null }
    if (price && price.amount < 0) return fail('invalidValue')
    const result = await replica.write('product', row.id, patch)
    if (!result.ok) showToast({ text: reasonText(result.reason), stays: true })
    return result
  }
  const control = (info: FieldInfo) =>
    info.key === 'name' ? (
      <InlineInput
        label={labelOf(info.label)}
        wraps
        value={row.name}
        parse={(typed) =>
          typed.trim() === ''
            ? { ok: false, error: 'client.error.value' }
            : { ok: true, value: typed.trim() }
        }
        readOnly={readOnly}
        onSave={(name) => save({ name })}
      />
    ) : (
      <ValueField
        info={info}
        row={row}
        names={names}
        save={save}
        replica={replica}
        readOnly={readOnly || closed?.has(info.definition?.id ?? '') === true}
      />
    )
  return (
    <div class={line.fields}>
      {infos.map((info) => (
        <div key={info.key} class={line.line}>
          <span class={line.label} aria-hidden="true">
            {labelOf(info.label)}
          </span>
          <div class={line.control}>{control(info)}</div>
        </div>
      ))}
    </div>
  )
}

/** More are found by the list of Interests. */
const shownAtMost = 100

const Interests = ({ id, replica }: { id: string; replica: Replica }) => {
  const rows = useLive(
    async () => interestsWith(replica.base, id).limit(shownAtMost).toArray(),
    [id, replica],
    null,
  ).value
  if (rows === null) return null
  if (rows.length === 0) return <EmptyState icon={Package} title={t('interests.none')} />
  return (
    <ul>
      {rows.map((row) => (
        <li key={row.id} class={styles.interest}>
          <Link class="link" href={`/interests/${row.id}`}>
            {row.name}
          </Link>
          <span>{row.amount && formatMoney(row.amount, locale.value)}</span>
        </li>
      ))}
    </ul>
  )
}
