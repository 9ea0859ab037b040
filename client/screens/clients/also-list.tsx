/** Fields that a new record gets beside what its form asks for: from the record it copies, or the register. */
import { X } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { type FieldInfo, fieldsOf } from '../../../shared/fields/fields.ts'
import { wordsOf } from '../../../shared/fields/words.ts'
import type { Patch } from '../../../shared/records/change.ts'
import { IconButton } from '../../design/index.ts'
import { useNames } from '../../fields/use-fields.ts'
import { labelOf } from '../../i18n/index.ts'
import { type Replica, resolveRows, useLive } from '../../replica/index.ts'
import styles from './also-list.module.css'
import { t } from './texts.ts'

interface AlsoListProps {
  table: 'client' | 'person'
  also: Patch
  replica: Replica
  onRemove: (field: string) => void
  /** Lines that are no fields. */
  children?: ComponentChildren
}

export const AlsoList = ({ table, also, replica, onRemove, children }: AlsoListProps) => {
  const names = useNames(replica)
  const infos = fieldsOf(table, []).filter(({ key }) => also[key] !== undefined)
  const ids = infos.flatMap(({ key, kind }) => (kind === 'client' ? [String(also[key])] : []))
  const clients = useLive(
    async () =>
      new Map(
        [...(await resolveRows(replica.base, 'client', ids))].map(([id, { name }]) => [id, name]),
      ),
    [ids.join(), replica],
    new Map<string, string>(),
  ).value
  if (infos.length === 0 && !children) return null
  const known = { ...names, records: new Map([...names.records, ...clients]) }
  return (
    <section class={styles.also} aria-label={t('client.also')}>
      <h3 class={styles.title}>{t('client.also')}</h3>
      <ul class={styles.list}>
        {infos.map((info) => (
          <AlsoLine
            key={info.key}
            label={labelOf(info.label)}
            value={wordsOf(info, listed(info, also), known)}
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

/** Lists of parts stand in a change by their ids; words are made of the list. */
const listed = ({ key }: FieldInfo, also: Patch): unknown => {
  const value = also[key]
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.values(value)
    : value
}
