/** What is done with many contracts at once: another status, another responsible person. */
import { Milestone, UserRound } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { statuses, statusPatch, statusUndo } from '../../../shared/contracts.ts'
import type { FieldInfo } from '../../../shared/fields/fields.ts'
import { type ContractStatus, contractStatuses } from '../../../shared/records/contract.ts'
import { Button, Dialog, Field, Select } from '../../design/index.ts'
import { labelOf } from '../../i18n/index.ts'
import type { GroupAction } from '../../lists/group-patch.ts'
import type { Replica } from '../../replica/index.ts'
import { ResponsibleDialog } from '../interests/responsible-dialog.tsx'
import type { Contract } from './queries.ts'
import { t } from './texts.ts'

interface GroupActionsProps {
  replica: Replica
  infos: readonly FieldInfo[]
  run: (action: GroupAction) => void
  disabled: boolean
}

export const GroupActions = ({ replica, infos, run, disabled }: GroupActionsProps) => {
  const [asking, setAsking] = useState<'status' | 'responsible' | null>(null)
  const close = () => setAsking(null)
  return (
    <>
      <Button icon={Milestone} disabled={disabled} onClick={() => setAsking('status')}>
        {t('status')}
      </Button>
      <Button icon={UserRound} disabled={disabled} onClick={() => setAsking('responsible')}>
        {t('new.responsible')}
      </Button>
      {asking === 'status' && (
        <StatusDialog by={replica.session.user.id} run={run} onClose={close} />
      )}
      {asking === 'responsible' && (
        <ResponsibleDialog replica={replica} infos={infos} run={run} onClose={close} />
      )}
    </>
  )
}

interface StatusDialogProps {
  by: string
  run: (action: GroupAction) => void
  onClose: () => void
}

const StatusDialog = ({ by, run, onClose }: StatusDialogProps) => {
  const [chosen, setChosen] = useState<ContractStatus>('signed')
  const apply = () => {
    const patch = statusPatch(chosen, { at: Date.now(), by })
    onClose()
    run({
      kind: 'patch',
      of: (row) => {
        const contract = row as unknown as Contract // of this list
        return contract.status === chosen ? null : { patch, undo: statusUndo(contract, chosen) }
      },
    })
  }
  return (
    <Dialog
      title={t('status')}
      onClose={onClose}
      onSubmit={apply}
      footer={
        <Button kind="primary" type="submit">
          {t('apply')}
        </Button>
      }
    >
      <Field label={t('status')}>
        {(control) => (
          <Select
            {...control}
            value={chosen}
            onValue={setChosen}
            options={statuses.map((value) => ({ value, label: labelOf(contractStatuses[value]) }))}
          />
        )}
      </Field>
    </Dialog>
  )
}
