/** Another responsible person for all ticked records of a list. */
import { useState } from 'preact/hooks'
import type { FieldInfo } from '../../../shared/fields/fields.ts'
import { Button, Dialog, Field, Select } from '../../design/index.ts'
import type { GroupAction } from '../../lists/group-patch.ts'
import type { Replica } from '../../replica/index.ts'
import { useEmployees } from '../dialogs/use-employees.ts'
import { t } from './texts.ts'

interface ResponsibleDialogProps {
  replica: Replica
  infos: readonly FieldInfo[]
  run: (action: GroupAction) => void
  onClose: () => void
}

export const ResponsibleDialog = ({ replica, infos, run, onClose }: ResponsibleDialogProps) => {
  const employees = useEmployees(replica)
  const [chosen, setChosen] = useState(replica.session.user.id)
  const info = infos.find(({ key }) => key === 'responsible')
  return (
    <Dialog
      title={t('new.responsible')}
      onClose={onClose}
      onSubmit={() => {
        onClose()
        if (info) run({ kind: 'value', info, value: chosen })
      }}
      footer={
        <Button kind="primary" type="submit">
          {t('apply')}
        </Button>
      }
    >
      <Field label={t('new.responsible')}>
        {(control) => (
          <Select
            {...control}
            value={chosen}
            onValue={setChosen}
            options={[...employees.values()]
              .filter(({ state }) => state !== 'blocked')
              .map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
      </Field>
    </Dialog>
  )
}
