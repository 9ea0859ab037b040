/** Whom else the administrator gives an arrangement to: everyone, a role, employees (F10). */
import { useState } from 'preact/hooks'
import { Button, Choice, Dialog, Field, Select, Switch } from '../../../design/index.ts'
import { useReplica } from '../../../frame/app-context.ts'
import { useEmployees } from '../../dialogs/use-employees.ts'
import { useRoles } from '../../settings/organisation.ts'
import styles from './arrange-card.module.css'
import type { Target } from './layouts.ts'
import { t } from './texts.ts'

interface OthersDialogProps {
  onTargets: (targets: Target[]) => void
  onClose: () => void
}

export const OthersDialog = ({ onTargets, onClose }: OthersDialogProps) => {
  const replica = useReplica()
  const [scope, setScope] = useState<Target['scope']>('everyone')
  const [role, setRole] = useState('')
  const [people, setPeople] = useState<ReadonlySet<string>>(new Set())
  const roles = useRoles().value
  const employees = [...useEmployees(replica).values()].filter(({ state }) => state !== 'blocked')
  const chosenRole = role || (roles[0]?.id ?? '')
  const targets: Target[] =
    scope === 'everyone'
      ? [{ scope }]
      : scope === 'role'
        ? [{ scope, owner: chosenRole }].filter(({ owner }) => owner !== '')
        : [...people].map((owner) => ({ scope, owner }))
  const tick = (id: string, ticked: boolean) => {
    const next = new Set(people)
    if (ticked) next.add(id)
    else next.delete(id)
    setPeople(next)
  }
  return (
    <Dialog
      title={t('share.title')}
      onClose={onClose}
      onSubmit={() => targets.length > 0 && onTargets(targets)}
      footer={
        <Button kind="primary" type="submit" disabled={targets.length === 0}>
          {t('share.save')}
        </Button>
      }
    >
      <Choice
        label={t('share.title')}
        value={scope}
        onValue={setScope}
        options={[
          { value: 'everyone', label: t('share.everyone') },
          { value: 'role', label: t('share.role') },
          { value: 'user', label: t('share.user') },
        ]}
      />
      {scope === 'role' &&
        (roles.length > 0 ? (
          <Field label={t('share.role')}>
            {(control) => (
              <Select
                {...control}
                value={chosenRole}
                onValue={setRole}
                options={roles.map(({ id, name }) => ({ value: id, label: name }))}
              />
            )}
          </Field>
        ) : (
          <p>{t('share.noRoles')}</p>
        ))}
      {scope === 'user' && (
        <div class={styles.people}>
          {employees.map(({ id, name }) => (
            <Switch
              key={id}
              look="tick"
              label={name}
              checked={people.has(id)}
              onChecked={(ticked) => tick(id, ticked)}
            />
          ))}
        </div>
      )}
      <p class="meta">{t(scope === 'user' ? 'share.replaces' : 'share.own')}</p>
    </Dialog>
  )
}
