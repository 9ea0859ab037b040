import { useState } from 'preact/hooks'
import {
  type CreatedApiToken,
  type NewApiToken,
  type RestPath,
  restPaths,
} from '../../../shared/protocol/rest.ts'
import { Button, Choice, Dialog, Field, Input, Select, Switch } from '../../design/index.ts'
import { useReplica } from '../../frame/app-context.ts'
import { filled, problemsOf } from '../../frame/checks.ts'
import { FormError, useForm } from '../../frame/form.tsx'
import { api } from '../../session/index.ts'
import { useEmployees } from '../dialogs/use-employees.ts'
import { FormDialog } from '../forms/form-dialog.tsx'
import { Copyable } from './copyable.tsx'
import styles from './programs.module.css'
import { t } from './texts.ts'

const lives = { '30': 30, '90': 90, '365': 365, never: null } as const
type Life = keyof typeof lives

interface NewTokenDialogProps {
  onMade: () => Promise<void>
  onClose: () => void
}

export const NewTokenDialog = ({ onMade, onClose }: NewTokenDialogProps) => {
  const replica = useReplica()
  const employees = [...useEmployees(replica).values()]
    .filter(({ state, deletedAt }) => state !== 'blocked' && deletedAt === undefined)
    .sort((a, b) => a.name.localeCompare(b.name))
  const form = useForm({
    draft: 'api-token',
    initial: {
      name: '',
      employee: replica.session.user.id,
      writes: 'read' as 'read' | 'write',
      resources: [...restPaths] as RestPath[],
      life: '365' as Life,
    },
  })
  const { values, errors, set } = form
  const [made, setMade] = useState<CreatedApiToken | null>(null)
  const submit = () => {
    const name = values.name.trim()
    return form.submit(
      problemsOf({
        name: filled(name) ?? (name.length > longestName ? t('name.long') : undefined),
        resources: values.resources.length === 0 ? t('resources.choose') : undefined,
      }),
      async () => {
        const asked: NewApiToken = {
          name,
          employee: values.employee,
          writes: values.writes === 'write',
          resources: values.resources,
          days: lives[values.life],
        }
        const answer = await api.createToken(asked)
        if (answer.ok) {
          setMade(answer.value)
          await onMade()
        }
        return answer
      },
    )
  }
  if (made)
    return (
      <Dialog
        title={t('ready', { name: made.token.name })}
        onClose={onClose}
        footer={
          <Button kind="primary" onClick={onClose}>
            {t('done')}
          </Button>
        }
      >
        <p>{t('once')}</p>
        <Copyable label={t('token')} text={made.secret} button={t('copy')} />
      </Dialog>
    )
  return (
    <FormDialog
      title={t('new')}
      onClose={onClose}
      onSubmit={submit}
      submit={t('make')}
      busy={form.busy}
    >
      <Field label={t('name')} hint={t('name.hint')} error={errors.name} required>
        {(control) => <Input {...control} value={values.name} onValue={(name) => set({ name })} />}
      </Field>
      <Field label={t('employee')} hint={t('employee.hint')} error={errors.employee}>
        {(control) => (
          <Select
            {...control}
            value={values.employee}
            onValue={(employee) => set({ employee })}
            options={employees.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
      </Field>
      <Choice
        label={t('access')}
        labelShown
        value={values.writes}
        onValue={(writes) => set({ writes })}
        options={(['read', 'write'] as const).map((value) => ({ value, label: t(value) }))}
      />
      <Field label={t('lives')}>
        {(control) => (
          <Select
            {...control}
            value={values.life}
            onValue={(life) => set({ life })}
            options={(['30', '90', '365', 'never'] as const).map((value) => ({
              value,
              label: t(`lives.${value}`),
            }))}
          />
        )}
      </Field>
      <Resources chosen={values.resources} onChosen={(resources) => set({ resources })} />
      <FormError error={errors.resources ?? errors.form} detail={form.detail} />
    </FormDialog>
  )
}

const longestName = 60

interface ResourcesProps {
  chosen: readonly RestPath[]
  onChosen: (chosen: RestPath[]) => void
}

const Resources = ({ chosen, onChosen }: ResourcesProps) => (
  <fieldset class={styles.resources}>
    <legend>{t('resources')}</legend>
    {restPaths.map((path) => (
      <Switch
        key={path}
        look="tick"
        label={t(`resource.${path}`)}
        checked={chosen.includes(path)}
        onChecked={(checked) =>
          onChosen(restPaths.filter((each) => (each === path ? checked : chosen.includes(each))))
        }
      />
    ))}
  </fieldset>
)
