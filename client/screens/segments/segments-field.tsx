/** The segments that a client is in: by hand with a cross, by rule without; where none exist, nothing. */
import { Plus, X } from 'lucide-preact'
import { Link } from 'wouter-preact'
import { inSegment } from '../../../shared/fields/filter.ts'
import type { Result } from '../../../shared/reasons.ts'
import type { ClientRow } from '../../../shared/records/client.ts'
import type { SetChange } from '../../../shared/records/sets.ts'
import { Icon, IconButton, Menu } from '../../design/index.ts'
import { useSegments } from '../../fields/use-segments.ts'
import { useFields, useFilterContext } from '../../lists/use-list.ts'
import type { Replica } from '../../replica/index.ts'
import styles from '../clients/fields.module.css'
import { useRemoval } from '../clients/use-removal.ts'
import { t } from './texts.ts'

interface SegmentsFieldProps {
  client: ClientRow
  readOnly: boolean
  replica: Replica
  onSave: (segments: SetChange) => Promise<Result<unknown>>
}

export const SegmentsField = ({ client, readOnly, replica, onSave }: SegmentsFieldProps) => {
  const removal = useRemoval()
  const { rows, rules } = useSegments(replica)
  const { infos, sources } = useFields(replica, 'client')
  const context = useFilterContext(replica, sources)
  if (rows.size === 0) return null
  const held = client.segments ?? []
  const list = [...rows.values()].sort((a, b) => a.name.localeCompare(b.name, 'ru'))
  const shown = list.filter(({ id }) => inSegment(id, infos, context)(client))
  const offered = list.filter(({ id }) => !rules.has(id) && !held.includes(id))
  if (shown.length === 0 && (readOnly || offered.length === 0)) return null
  return (
    <fieldset class={styles.group} aria-label={t('field')}>
      <span class={styles.label}>{t('field')}</span>
      <div class={styles.tags}>
        {shown.map(({ id, name }) => (
          <span key={id} class={styles.tag} title={rules.has(id) ? t('byRule') : undefined}>
            <Link href={`/clients?segment=${id}`}>{name}</Link>
            {!readOnly && !rules.has(id) && (
              <button
                type="button"
                class={styles.tagRemove}
                aria-label={t('take', { name })}
                onClick={() =>
                  removal(
                    name,
                    () => onSave({ [id]: false }),
                    () => onSave({ [id]: true }),
                  )
                }
              >
                <Icon of={X} />
              </button>
            )}
          </span>
        ))}
        {!readOnly && offered.length > 0 && (
          <Menu
            label={t('put')}
            trigger={(trigger) => <IconButton {...trigger} icon={Plus} label={t('put')} />}
            items={offered.map(({ id, name }) => ({
              label: name,
              onSelect: () => void onSave({ [id]: true }),
            }))}
          />
        )}
      </div>
    </fieldset>
  )
}
