/** Managers (F56) and visibility (F57). */
import { X } from 'lucide-preact'
import { openness } from '../../../shared/records/contact.ts'
import { Avatar, IconButton } from '../../design/index.ts'
import { labelOf } from '../../i18n/index.ts'
import type { Employees } from '../dialogs/use-employees.ts'
import styles from './fields.module.css'
import { InlineSelect } from './inline-field.tsx'
import { t } from './texts.ts'

interface ManagersFieldProps {
  label: string
  managers: readonly string[]
  employees: Employees
  readOnly: boolean
  onSave: (managers: string[]) => void
}

export const ManagersField = ({
  label,
  managers,
  employees,
  readOnly,
  onSave,
}: ManagersFieldProps) => {
  const others = [...employees.values()].filter(
    ({ id, state }) => state !== 'blocked' && !managers.includes(id),
  )
  return (
    <fieldset class={styles.group} aria-label={label}>
      <span class={styles.label}>{label}</span>
      <ul class={styles.people}>
        {managers.map((id) => {
          const name = employees.get(id)?.name ?? t('client.unknownEmployee')
          return (
            <li key={id} class={styles.personLine}>
              <Avatar name={name} size={20} />
              <span class="ellipsis">{name}</span>
              {!readOnly && managers.length > 1 && (
                <IconButton
                  icon={X}
                  class={styles.small}
                  label={`${t('client.remove')}: ${name}`}
                  onClick={() => onSave(managers.filter((other) => other !== id))}
                />
              )}
            </li>
          )
        })}
      </ul>
      {managers.length === 0 && <p class={styles.hint}>{t('client.noManagers')}</p>}
      {!readOnly && others.length > 0 && (
        <InlineSelect
          label={t('client.addManager')}
          value=""
          options={[
            { value: '', label: `+ ${t('client.addManager')}` },
            ...others.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onSave={(id) => id && onSave([...managers, id])}
        />
      )}
    </fieldset>
  )
}

interface OpennessFieldProps {
  label: string
  value: keyof typeof openness | undefined
  readOnly: boolean
  onSave: (open: string) => void
}

export const OpennessField = ({ label, value, readOnly, onSave }: OpennessFieldProps) => (
  <InlineSelect
    label={label}
    value={value ?? 'closed'}
    options={Object.entries(openness).map(([each, words]) => ({
      value: each,
      label: labelOf(words),
    }))}
    readOnly={readOnly}
    onSave={onSave}
  />
)
