/** What is done with many Interests at once: another stage, another responsible person. */
import { Milestone, UserRound } from 'lucide-preact'
import { useState } from 'preact/hooks'
import type { FieldInfo } from '../../../shared/fields/fields.ts'
import { movePatch } from '../../../shared/interests/moves.ts'
import { Button, Dialog, Field, Select } from '../../design/index.ts'
import { entriesOf, useDirectory } from '../../fields/use-directory.ts'
import type { GroupAction } from '../../lists/group-patch.ts'
import type { Replica } from '../../replica/index.ts'
import type { Scenario } from './queries.ts'
import { ResponsibleDialog } from './responsible-dialog.tsx'
import { t } from './texts.ts'

interface GroupActionsProps {
  replica: Replica
  scenarios: readonly Scenario[]
  infos: readonly FieldInfo[]
  run: (action: GroupAction) => void
  disabled: boolean
}

export const GroupActions = (props: GroupActionsProps) => {
  const [asking, setAsking] = useState<'stage' | 'responsible' | null>(null)
  const close = () => setAsking(null)
  return (
    <>
      <Button icon={Milestone} disabled={props.disabled} onClick={() => setAsking('stage')}>
        {t('new.stage')}
      </Button>
      <Button icon={UserRound} disabled={props.disabled} onClick={() => setAsking('responsible')}>
        {t('new.responsible')}
      </Button>
      {asking === 'stage' && <StageDialog {...props} onClose={close} />}
      {asking === 'responsible' && <ResponsibleDialog {...props} onClose={close} />}
    </>
  )
}

type AskProps = GroupActionsProps & { onClose: () => void }

const StageDialog = ({ replica, scenarios, run, onClose }: AskProps) => {
  const reasons = entriesOf(useDirectory(replica), 'lossReason')
  const stages = scenarios.flatMap((scenario) =>
    scenario.stages.map((stage) => ({ stage, scenario })),
  )
  const [chosen, setChosen] = useState(stages[0]?.stage.id ?? '')
  const [reason, setReason] = useState('')
  const [error, setError] = useState<string | null>(null)
  const to = stages.find(({ stage }) => stage.id === chosen)
  const isLost = to?.stage.kind === 'lost'
  const apply = () => {
    if (!to) return onClose()
    if (isLost && to.scenario.reasonRequired && reason === '') return setError(t('lost.required'))
    const move = movePatch(to.scenario, to.stage, {
      at: Date.now(),
      by: replica.session.user.id,
      ...(reason && { reason }),
    })
    onClose()
    run({
      kind: 'patch',
      of: (row) =>
        row.stage === to.stage.id ? null : { patch: move, undo: { position: row.position } },
    })
  }
  return (
    <Dialog title={t('new.stage')} onClose={onClose} onSubmit={apply} footer={<Apply />}>
      <Field label={t('new.stage')}>
        {(control) => (
          <Select
            {...control}
            value={chosen}
            onValue={setChosen}
            options={stages.map(({ stage, scenario }) => ({
              value: stage.id,
              label: scenarios.length > 1 ? `${scenario.name}: ${stage.name}` : stage.name,
            }))}
          />
        )}
      </Field>
      {isLost && (
        <Field
          label={t('lost.reason')}
          error={error}
          required={to.scenario.reasonRequired === true}
        >
          {(control) => (
            <Select
              {...control}
              value={reason}
              onValue={setReason}
              options={[
                { value: '', label: t('lost.none') },
                ...reasons.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
          )}
        </Field>
      )}
    </Dialog>
  )
}

const Apply = () => (
  <Button kind="primary" type="submit">
    {t('apply')}
  </Button>
)
