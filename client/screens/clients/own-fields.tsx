/** The fields that administrators declared, of a record that has no card to arrange: a task, a dialog, an appeal. */
import { customField } from '../../../shared/fields/fields.ts'
import { showToast } from '../../design/index.ts'
import { useDefinitions, useNames } from '../../fields/use-fields.ts'
import { labelOf } from '../../i18n/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import type { Replica, StoredRow } from '../../replica/index.ts'
import styles from './own-fields.module.css'
import { t } from './texts.ts'
import { ValueField } from './value-field.tsx'

interface OwnFieldsProps {
  type: 'task' | 'dialog' | 'appeal' | 'interaction'
  row: StoredRow<'task' | 'dialog' | 'appeal' | 'interaction'>
  replica: Replica
  readOnly: boolean
}

/** Saved one by one, where they stand. Nothing where there are no fields. */
export const OwnFields = ({ type, row, replica, readOnly }: OwnFieldsProps) => {
  const infos = useDefinitions(replica, type).map(customField)
  const names = useNames(replica)
  const { closed } = replica.subject.value
  if (infos.length === 0) return null
  return (
    <section class={styles.fields} aria-label={t('client.ownFields')}>
      {infos.map((info) => (
        <div key={info.key}>
          <span class={styles.label}>{labelOf(info.label)}</span>
          {info.definition?.hint && <span class={styles.hint}>{info.definition.hint}</span>}
          <ValueField
            info={info}
            row={row}
            names={names}
            replica={replica}
            readOnly={readOnly || closed?.has(info.definition?.id ?? '') === true}
            save={async (patch) => {
              const result = await replica.write(type, row.id, patch)
              if (!result.ok) showToast({ text: reasonText(result.reason), stays: true })
              return result
            }}
          />
        </div>
      ))}
    </section>
  )
}
