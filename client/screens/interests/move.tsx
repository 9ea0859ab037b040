/** Moving an Interest from wherever it is shown; to lost with its reason (decision 7). */
import { useState } from 'preact/hooks'
import { movePatch } from '../../../shared/interests/moves.ts'
import type { Stage } from '../../../shared/records/scenario.ts'
import { Field, Select, showToast } from '../../design/index.ts'
import { entriesOf, useDirectory } from '../../fields/use-directory.ts'
import { reasonText } from '../../i18n/reasons.ts'
import type { Replica } from '../../replica/index.ts'
import { FormDialog } from '../forms/form-dialog.tsx'
import type { Interest, Scenario } from './queries.ts'
import { t } from './texts.ts'

const moveInterest = async (
  replica: Replica,
  row: Interest,
  scenario: Scenario,
  stage: Stage,
  reason?: string,
): Promise<void> => {
  const patch = movePatch(scenario, stage, {
    at: Date.now(),
    by: replica.session.user.id,
    ...(reason && { reason }),
  })
  const result = await replica.write('interest', row.id, patch)
  if (!result.ok) {
    showToast({ text: reasonText(result.reason), stays: true })
    return
  }
  showToast({
    text: t('moved', { name: row.name, stage: stage.name }),
    undo: () => void takeBack(replica, row),
  })
}

const takeBack = async (replica: Replica, { id, position }: Interest): Promise<void> => {
  const undone = await replica.write('interest', id, { position })
  if (!undone.ok) showToast({ text: reasonText(undone.reason), stays: true })
}

interface Losing {
  row: Interest
  scenario: Scenario
  stage: Stage
}

/** `move` moves at once, or asks for the reason first; `asking` is the dialog that does, if any. */
export const useMove = (replica: Replica) => {
  const [losing, setLosing] = useState<Losing | null>(null)
  const move = (row: Interest, scenario: Scenario, stage: Stage) => {
    if (row.stage === stage.id && row.scenario === scenario.id) return
    if (stage.kind === 'lost') setLosing({ row, scenario, stage })
    else void moveInterest(replica, row, scenario, stage)
  }
  const asking = losing && (
    <LossDialog
      key={losing.row.id}
      replica={replica}
      required={losing.scenario.reasonRequired === true}
      onClose={() => setLosing(null)}
      onReason={(reason) => {
        setLosing(null)
        void moveInterest(replica, losing.row, losing.scenario, losing.stage, reason)
      }}
    />
  )
  return { move, asking }
}

interface LossDialogProps {
  replica: Replica
  required: boolean
  onClose: () => void
  onReason: (reason: string | undefined) => void
}

const LossDialog = ({ replica, required, onClose, onReason }: LossDialogProps) => {
  const reasons = entriesOf(useDirectory(replica), 'lossReason')
  const [reason, setReason] = useState('')
  const [error, setError] = useState<string | null>(null)
  return (
    <FormDialog
      title={t('lost.title')}
      onClose={onClose}
      onSubmit={() =>
        required && reason === '' ? setError(t('lost.required')) : onReason(reason || undefined)
      }
      submit={t('lost.do')}
    >
      <Field label={t('lost.reason')} error={error} required={required}>
        {(control) => (
          <Select
            {...control}
            value={reason}
            onValue={(next) => {
              setReason(next)
              setError(null)
            }}
            options={[
              { value: '', label: t('lost.none') },
              ...reasons.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        )}
      </Field>
    </FormDialog>
  )
}
