/** Another responsible person for dialogs of the list. */
import { useState } from 'preact/hooks'
import { mayAnswer } from '../../../shared/access.ts'
import { Field, Select } from '../../design/index.ts'
import { t as listTexts } from '../../lists/texts.ts'
import { type Replica, useLive } from '../../replica/index.ts'
import { FormDialog } from '../forms/form-dialog.tsx'
import { t } from './acts-texts.ts'
import { useEmployees } from './use-employees.ts'

interface AssignDialogProps {
  replica: Replica
  ids: readonly string[]
  onChoose: (employee: string | null) => void
  onClose: () => void
}

export const AssignDialog = ({ replica, ids, onChoose, onClose }: AssignDialogProps) => {
  const employees = useEmployees(replica)
  const [chosen, setChosen] = useState('')
  const accounts = useLive(
    async () => {
      const dialogs = await replica.base.dialog.bulkGet([...ids])
      const wanted = new Set(dialogs.flatMap((dialog) => dialog?.account ?? []))
      return (await replica.base.account.bulkGet([...wanted])).flatMap((row) => row ?? [])
    },
    [replica, ids],
    [],
  ).value
  const able = [...employees.values()].filter(
    ({ id, state }) => state !== 'blocked' && accounts.every((account) => mayAnswer(id, account)),
  )
  return (
    <FormDialog
      title={t('assign')}
      onClose={onClose}
      onSubmit={() => onChoose(chosen || null)}
      submit={listTexts('group.apply')}
    >
      <Field label={t('assign')} {...(accounts.length > 1 && { hint: t('assign.hint') })}>
        {(control) => (
          <Select
            {...control}
            value={chosen}
            onValue={setChosen}
            options={[
              { value: '', label: t('nobody') },
              ...able.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        )}
      </Field>
    </FormDialog>
  )
}
