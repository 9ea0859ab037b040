import { Field, showToast } from '../../design/index.ts'
import { PasswordInput } from '../../design/PasswordInput.tsx'
import { filled, problemsOf } from '../../frame/checks.ts'
import { FormError, useForm } from '../../frame/form.tsx'
import { api } from '../../session/index.ts'
import { FormDialog } from '../forms/form-dialog.tsx'
import { t } from './mail-texts.ts'
import { providerOf } from './providers.ts'
import type { Account } from './use-mail-accounts.ts'

/** A new password of the mailbox is checked by a real login before the old one is forgotten. */
export const PasswordDialog = ({ account, onClose }: { account: Account; onClose: () => void }) => {
  const form = useForm({ initial: { password: '' } })
  const { values, errors, set } = form
  const provider = providerOf(account.address)
  const submit = async () => {
    const sent = await form.submit(problemsOf({ password: filled(values.password) }), () =>
      api.changeSecret(account.id, values.password),
    )
    if (!sent) return
    onClose()
    showToast({ text: t('account.passwordDone') })
  }
  return (
    <FormDialog
      title={t('account.changePassword')}
      onClose={onClose}
      onSubmit={submit}
      submit={t('account.check')}
      busy={form.busy}
    >
      <p>{account.address}</p>
      <Field
        label={t('password')}
        hint={provider && t(`hint.${provider}`)}
        error={errors.password}
        required
      >
        {(control) => (
          <PasswordInput
            {...control}
            autocomplete="off"
            value={values.password}
            onValue={(password) => set({ password })}
          />
        )}
      </Field>
      <FormError error={errors.form} detail={form.detail} />
      <p class="meta" role="status">
        {form.busy && t('checking')}
      </p>
    </FormDialog>
  )
}
