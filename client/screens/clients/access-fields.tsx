/** Managers (F56) and visibility (F57). */
import { X } from 'lucide-preact'
import type { Result } from '../../../shared/reasons.ts'
import type { openness } from '../../../shared/records/contact.ts'
import type { SetChange } from '../../../shared/records/sets.ts'
import { Avatar, IconButton, Switch } from '../../design/index.ts'
import type { Employees } from '../dialogs/use-employees.ts'
import styles from './fields.module.css'
import { InlineSelect } from './inline-field.tsx'
import { t } from './texts.ts'
import { useRemoval } from './use-removal.ts'

type Openness = keyof typeof openness

interface ManagersFieldProps {
  label: string
  managers: readonly string[]
  /** One who cannot be taken off. */
  fixed?: string | undefined
  employees: Employees
  readOnly: boolean
  onSave: (managers: SetChange) => Promise<Result<unknown>>
}

export const ManagersField = ({
  label,
  managers,
  fixed,
  employees,
  readOnly,
  onSave,
}: ManagersFieldProps) => {
  const removal = useRemoval()
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
              {!readOnly && managers.length > 1 && id !== fixed && (
                <IconButton
                  icon={X}
                  class={styles.small}
                  label={`${t('client.remove')}: ${name}`}
                  onClick={() =>
                    removal(
                      name,
                      () => onSave({ [id]: false }),
                      () => onSave({ [id]: true }),
                    )
                  }
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
          onSave={(id) => id && onSave({ [id]: true })}
        />
      )}
    </fieldset>
  )
}

interface OpennessFieldProps {
  label: string
  value: Openness | undefined
  /** Whose card it is: the words differ. */
  of: 'company' | 'person'
  readOnly: boolean
  onSave: (open: Openness) => void
}

/** Opened for everyone, a contact may be read; that it may be changed too is chosen apart. */
export const OpennessField = ({ label, value, of, readOnly, onSave }: OpennessFieldProps) => {
  const isOpen = value === 'read' || value === 'write'
  return (
    <div class={styles.open}>
      <Switch
        look="tick"
        label={t(`client.open.${of}`)}
        checked={isOpen}
        disabled={readOnly}
        onChecked={(open) => onSave(open ? 'read' : 'closed')}
      />
      {isOpen && (
        <InlineSelect
          label={label}
          value={value}
          options={[
            { value: 'read', label: t('client.open.read') },
            { value: 'write', label: t('client.open.write') },
          ]}
          readOnly={readOnly}
          onSave={(open) => open && onSave(open)}
        />
      )}
    </div>
  )
}
