/** Fields of a card as they are arranged for its user, and the ways to arrange them and to add one (F10). */
import { Plus, SlidersHorizontal } from 'lucide-preact'
import { type ComponentChildren, Fragment } from 'preact'
import { useState } from 'preact/hooks'
import type { FieldInfo } from '../../../shared/fields/fields.ts'
import type { Arrangement } from '../../../shared/records/layout.ts'
import { Button } from '../../design/index.ts'
import { arranged, layoutFor } from '../../fields/arrange.ts'
import { lazy } from '../../frame/lazy.tsx'
import type { Replica } from '../../replica/index.ts'
import type { Employees } from '../dialogs/use-employees.ts'
import type { CardType } from '../settings/fields/card-types.ts'
import { FieldDialog } from '../settings/fields/lazy-field-dialog.ts'
import { t as fieldTexts } from '../settings/fields/texts.ts'
import { t as arrangeTexts } from './arrange/texts.ts'
import styles from './fields.module.css'

const ArrangeCard = lazy(async () => (await import('./arrange/arrange-card.tsx')).ArrangeCard)

interface CardFieldsProps {
  table: CardType
  /** All that such a card can show, and of them those that this record has a use for. */
  all: readonly FieldInfo[]
  infos: readonly FieldInfo[]
  employees: Employees
  replica: Replica
  /** Above the fields. */
  children?: ComponentChildren
  control: (info: FieldInfo) => ComponentChildren
}

/** How its user has such a card arranged. */
export const useLayout = (table: CardType, employees: Employees, replica: Replica) => {
  const { id } = replica.session.user
  return layoutFor(replica.known.layouts.value, table, {
    id,
    roles: employees.get(id)?.roles ?? [],
  })
}

interface BlocksProps extends Pick<CardFieldsProps, 'infos' | 'control'> {
  arrangement: Arrangement | undefined
}

export const Blocks = ({ infos, arrangement, control }: BlocksProps) => (
  <>
    {arranged(infos, arrangement).map(({ title, fields }, index) => (
      <section key={`${index} ${title}`} class={styles.fields} aria-label={title || undefined}>
        {title && <h3 class={styles.heading}>{title}</h3>}
        {fields.map((info) => (
          <Fragment key={info.key}>{control(info)}</Fragment>
        ))}
      </section>
    ))}
  </>
)

export const CardFields = (props: CardFieldsProps) => {
  const { table, all, infos, employees, replica, children, control } = props
  const [editing, setEditing] = useState<'field' | 'card' | null>(null)
  const close = () => setEditing(null)
  const layout = useLayout(table, employees, replica)
  if (editing === 'card')
    return <ArrangeCard table={table} infos={all} layout={layout} onDone={close} />
  return (
    <div class={styles.fields}>
      {children}
      <Blocks infos={infos} arrangement={layout?.arrangement} control={control} />
      {replica.subject.value.administrator && (
        <Button
          kind="quiet"
          icon={Plus}
          class={styles.addField}
          onClick={() => setEditing('field')}
        >
          {fieldTexts('addHere')}
        </Button>
      )}
      <Button
        kind="quiet"
        icon={SlidersHorizontal}
        class={styles.addField}
        onClick={() => setEditing('card')}
      >
        {arrangeTexts('open')}
      </Button>
      {editing === 'field' && <FieldDialog type={table} definition={null} onClose={close} />}
    </div>
  )
}

interface LineProps {
  label: string
  hint?: string | undefined
  children: ComponentChildren
}

/** A field with its name before it. */
export const Line = ({ label, hint, children }: LineProps) => (
  <div class={styles.line} title={hint}>
    <span class={styles.label} aria-hidden="true">
      {label}
    </span>
    <div class={styles.control}>{children}</div>
  </div>
)
