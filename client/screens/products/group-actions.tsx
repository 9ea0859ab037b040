/** What is done with many products at once: prices by so many percent, offered or not. */
import { CircleCheck, CircleOff, Percent } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { parseNumber } from '../../../shared/fields/words.ts'
import { Button, Dialog, Field, Input } from '../../design/index.ts'
import type { GroupAction } from '../../lists/group-patch.ts'
import { pricedBy } from './product-acts.ts'
import { t } from './texts.ts'

interface GroupActionsProps {
  run: (action: GroupAction) => void
  disabled: boolean
  mayChange: boolean
}

const active = (wanted: boolean): GroupAction => ({
  kind: 'patch',
  of: (row) =>
    row.active === wanted
      ? null
      : { patch: { active: wanted }, undo: { active: row.active ?? null } },
})

export const GroupActions = ({ run, disabled, mayChange }: GroupActionsProps) => {
  const [asking, setAsking] = useState(false)
  if (!mayChange) return null
  return (
    <>
      <Button icon={Percent} disabled={disabled} onClick={() => setAsking(true)}>
        {t('group.price')}
      </Button>
      <Button icon={CircleCheck} disabled={disabled} onClick={() => run(active(true))}>
        {t('group.active')}
      </Button>
      <Button icon={CircleOff} disabled={disabled} onClick={() => run(active(false))}>
        {t('group.inactive')}
      </Button>
      {asking && <PriceDialog run={run} onClose={() => setAsking(false)} />}
    </>
  )
}

/** No price becomes nothing by a slip of the hand, nor ten times what it was. */
const [leastPercent, mostPercent] = [-99, 1000]

const PriceDialog = ({
  run,
  onClose,
}: {
  run: (action: GroupAction) => void
  onClose: () => void
}) => {
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<string | null>(null)
  const apply = () => {
    const percent = parseNumber(typed.replace(/[%+]/g, ''))
    if (percent === null || percent < leastPercent || percent > mostPercent)
      return setError(t('group.percent.error'))
    onClose()
    run({ kind: 'patch', of: (row) => pricedBy(row, percent) })
  }
  return (
    <Dialog
      title={t('group.price')}
      onClose={onClose}
      onSubmit={apply}
      footer={
        <Button kind="primary" type="submit">
          {t('apply')}
        </Button>
      }
    >
      <Field label={t('group.percent')} hint={t('group.percent.hint')} error={error}>
        {(control) => (
          <Input
            {...control}
            value={typed}
            onValue={(value) => {
              setTyped(value)
              setError(null)
            }}
            inputMode="text"
            autofocus
            autocomplete="off"
          />
        )}
      </Field>
    </Dialog>
  )
}
