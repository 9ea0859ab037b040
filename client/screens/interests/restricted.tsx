/** Whether a record is open to chosen people only, and to whom (F115). */
import type { Result } from '../../../shared/reasons.ts'
import type { Patch } from '../../../shared/records/change.ts'
import { Switch } from '../../design/index.ts'
import type { Replica } from '../../replica/index.ts'
import { ManagersField } from '../clients/access-fields.tsx'
import { useEmployees } from '../dialogs/use-employees.ts'
import styles from './fields.module.css'
import { t } from './texts.ts'

interface RestrictedProps {
  row: { restricted?: boolean; members?: string[] }
  save: (patch: Patch) => Promise<Result<unknown>>
  replica: Replica
  readOnly: boolean
}

export const Restricted = ({ row, save, replica, readOnly }: RestrictedProps) => {
  const employees = useEmployees(replica)
  return (
    <div class={styles.access}>
      <Switch
        label={t('restrict')}
        hint={t('restrictHint')}
        checked={row.restricted === true}
        disabled={readOnly}
        onChecked={(restricted) => save({ restricted: restricted || null })}
      />
      {row.restricted && (
        <ManagersField
          label={t('members')}
          managers={row.members ?? []}
          employees={employees}
          readOnly={readOnly}
          onSave={(members) => save({ members })}
        />
      )}
    </div>
  )
}
