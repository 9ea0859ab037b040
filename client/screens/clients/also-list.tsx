/** Fields that a new record gets beside what its form asks for: from the record it copies, or the register. */
import { X } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import {
  fieldsOf,
  fieldValue,
  isReference,
  type ReferenceKind,
} from '../../../shared/fields/fields.ts'
import { wordsOf } from '../../../shared/fields/words.ts'
import type { Patch } from '../../../shared/records/change.ts'
import type { CustomisedType } from '../../../shared/records/field.ts'
import { IconButton } from '../../design/index.ts'
import { useNames } from '../../fields/use-fields.ts'
import { labelOf } from '../../i18n/index.ts'
import { type Replica, type StoredRow, useLive } from '../../replica/index.ts'
import { rowOfWrite } from '../forms/record-in-making.ts'
import styles from './also-list.module.css'
import { t } from './texts.ts'

interface AlsoListProps {
  table: CustomisedType
  also: Patch
  replica: Replica
  onRemove: (field: string) => void
  /** Lines that are no fields. */
  children?: ComponentChildren
}

export const AlsoList = ({ table, also, replica, onRemove, children }: AlsoListProps) => {
  const names = useNames(replica)
  const infos = fieldsOf(table, []).filter(({ key }) => also[key] !== undefined)
  const row = rowOfWrite({ type: table, id: '', patch: also })
  const references = infos.flatMap(({ key, kind }): [ReferenceKind, string][] =>
    isReference(kind) ? [[kind, String(also[key])]] : [],
  )
  const named = useLive(
    async () => {
      const rows = await Promise.all(
        references.map(([kind, id]) =>
          replica.base.table<StoredRow<ReferenceKind>, string>(kind).get(id),
        ),
      )
      return new Map(rows.flatMap((found) => (found ? [[found.id, found.name]] : [])))
    },
    [references.join(), replica],
    new Map<string, string>(),
  ).value
  if (infos.length === 0 && !children) return null
  const known = { ...names, records: new Map([...names.records, ...named]) }
  return (
    <section class={styles.also} aria-label={t('client.also')}>
      <h3 class={styles.title}>{t('client.also')}</h3>
      <ul class={styles.list}>
        {infos.map((info) => (
          <AlsoLine
            key={info.key}
            label={labelOf(info.label)}
            value={wordsOf(info, fieldValue(info, row), known)}
            onRemove={() => onRemove(info.key)}
          />
        ))}
        {children}
      </ul>
    </section>
  )
}

interface AlsoLineProps {
  label: string
  value: string
  onRemove: () => void
}

export const AlsoLine = ({ label, value, onRemove }: AlsoLineProps) => (
  <li class={styles.line}>
    <span class={styles.words}>
      <span class="meta">{label}</span>
      <span class={styles.value}>{value}</span>
    </span>
    <IconButton icon={X} label={`${t('client.remove')}: ${label}`} onClick={onRemove} />
  </li>
)
