/** A quiet line on the card: what is not filled in of what the company controls. */

import {
  type ControlledType,
  contactWay,
  contactWayLabel,
  filledOf,
} from '../../../shared/fields/completeness.ts'
import type { FieldInfo } from '../../../shared/fields/fields.ts'
import type { ClientRow } from '../../../shared/records/client.ts'
import { isNamePart, wholeName } from '../../../shared/records/name-parts.ts'
import type { PersonRow } from '../../../shared/records/person.ts'
import { labelOf } from '../../i18n/index.ts'
import type { Replica } from '../../replica/index.ts'
import styles from './completeness.module.css'
import { t } from './texts.ts'
import { useControlled } from './use-controlled.ts'

interface MissingLineProps {
  table: ControlledType
  contact: ClientRow | PersonRow
  infos: readonly FieldInfo[]
  replica: Replica
}

export const MissingLine = ({ table, contact, infos, replica }: MissingLineProps) => {
  const keys = useControlled(replica, table)
  const known = (keys ?? []).filter(
    (key) => key === contactWay || infos.some((info) => info.key === key),
  )
  const { missing } = filledOf(known, { ...contact })
  if (missing.length === 0) return null
  const labelOfKey = (key: string): string => {
    const info = infos.find((one) => one.key === key)
    return labelOf(info?.label ?? contactWayLabel)
  }
  /** The label of the field that a press leads to. */
  const fieldOf = (key: string): string => {
    if (isNamePart(key) && wholeName(contact) === '') return labelOfKey('name')
    return labelOfKey(key === contactWay ? 'phones' : key)
  }
  return (
    <p class={styles.line}>
      {t('card.missing')}{' '}
      {missing.map((key, index) => (
        <span key={key}>
          {index > 0 && ', '}
          <button
            type="button"
            class={styles.go}
            aria-label={t('card.go', { field: labelOfKey(key) })}
            onClick={(event) => goTo(event.currentTarget, fieldOf(key))}
          >
            {labelOfKey(key)}
          </button>
        </span>
      ))}
    </p>
  )
}

/** The control of that name on the same side of the card; of a group its first one. */
const goTo = (from: HTMLElement, label: string): void => {
  const side = from.closest('section')
  const named = side?.querySelector<HTMLElement>(`[aria-label="${CSS.escape(label)}"]`)
  if (!named) return
  named.scrollIntoView({ block: 'center' })
  const control = 'input, select, textarea, button'
  const target = named.matches(control) ? named : named.querySelector<HTMLElement>(control)
  target?.focus()
}
