import { Copy } from 'lucide-preact'
import { useState } from 'preact/hooks'
import type { Invite, NewInvite } from '../../../shared/protocol/api.ts'
import { employeeRoles } from '../../../shared/records/employee.ts'
import { Button, Choice, Dialog, Field, IconButton, Input, showToast } from '../../design/index.ts'
import { emailTyped, problemsOf } from '../../frame/checks.ts'
import { FormError, useForm } from '../../frame/form.tsx'
import { labelOf } from '../../i18n/index.ts'
import { api } from '../../session/index.ts'
import { FormDialog } from '../forms/form-dialog.tsx'
import { t } from './people-texts.ts'
import styles from './settings.module.css'

const linkOf = (invite: Invite): string => new URL(invite.path, location.origin).href

export const copyInvite = async (invite: Invite): Promise<void> => {
  try {
    await navigator.clipboard.writeText(linkOf(invite))
    showToast({ text: t('invites.copied') })
  } catch {
    // The browser forbids copying: the link itself can be read off and typed.
    showToast({ text: linkOf(invite), stays: true })
  }
}

/** An invitation is a link; who gets it, and how, is the administrator's affair. */
export const InviteDialog = ({ onClose }: { onClose: () => void }) => {
  const form = useForm({ initial: { name: '', email: '', role: 'employee' as NewInvite['role'] } })
  const { values, errors, set } = form
  const [invite, setInvite] = useState<Invite | null>(null)

  const submit = () =>
    form.submit(
      problemsOf({ email: values.email.trim() === '' ? undefined : emailTyped(values.email) }),
      async () => {
        const answer = await api.createInvite({
          role: values.role,
          ...(values.name.trim() && { name: values.name.trim() }),
          ...(values.email.trim() && { email: values.email.trim() }),
        })
        if (answer.ok) setInvite(answer.value)
        return answer
      },
    )
  if (invite)
    return (
      <Dialog
        title={t('invite.title')}
        onClose={onClose}
        footer={
          <Button kind="primary" onClick={onClose}>
            {t('invite.done')}
          </Button>
        }
      >
        <p>{t('invite.ready')}</p>
        <Field label={t('invite.link')} hideLabel>
          {(control) => (
            <span class={styles.link}>
              <Input
                {...control}
                readOnly
                value={linkOf(invite)}
                onValue={() => undefined}
                onFocus={(event) => event.currentTarget.select()}
              />
              <IconButton
                icon={Copy}
                label={t('invites.copy')}
                onClick={() => copyInvite(invite)}
              />
            </span>
          )}
        </Field>
      </Dialog>
    )
  return (
    <FormDialog
      title={t('invite.title')}
      onClose={onClose}
      onSubmit={submit}
      submit={t('invite.create')}
      busy={form.busy}
    >
      <Field label={t('invite.name')} hint={t('invite.optional')} error={errors.name}>
        {(control) => <Input {...control} value={values.name} onValue={(name) => set({ name })} />}
      </Field>
      <Field label={t('invite.email')} hint={t('invite.optional')} error={errors.email}>
        {(control) => (
          <Input
            {...control}
            type="email"
            value={values.email}
            onValue={(email) => set({ email })}
          />
        )}
      </Field>
      <Choice
        label={t('invite.role')}
        labelShown
        value={values.role}
        onValue={(role) => set({ role })}
        options={(['employee', 'administrator'] as const).map((value) => ({
          value,
          label: labelOf(employeeRoles[value]),
        }))}
      />
      <FormError error={errors.form} detail={form.detail} />
    </FormDialog>
  )
}
