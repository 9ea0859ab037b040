import type { SessionInfo } from '../../../shared/protocol/api.ts'
import { Button, Field, Input } from '../../design/index.ts'
import { PasswordInput } from '../../design/PasswordInput.tsx'
import { filled, problemsOf } from '../../frame/checks.ts'
import { Form, FormError, useForm } from '../../frame/form.tsx'
import { api } from '../../session/index.ts'
import { t } from './texts.ts'

interface SignInFormProps {
  email?: string
  onSignedIn: (session: SessionInfo) => void
}

export const SignInForm = ({ email = '', onSignedIn }: SignInFormProps) => {
  const form = useForm({ initial: { email, password: '' }, draft: 'sign-in', secret: ['password'] })
  const { values, errors, set } = form
  const submit = () =>
    form.submit(
      problemsOf({ email: filled(values.email), password: filled(values.password) }),
      async () => {
        const answer = await api.signIn({ email: values.email.trim(), password: values.password })
        if (answer.ok) onSignedIn(answer.value)
        return answer
      },
    )
  return (
    <Form onSubmit={submit}>
      <Field label={t('email')} error={errors.email}>
        {(control) => (
          <Input
            {...control}
            type="email"
            autocomplete="username"
            value={values.email}
            onValue={(typed) => set({ email: typed })}
          />
        )}
      </Field>
      <Field label={t('password')} error={errors.password}>
        {(control) => (
          <PasswordInput
            {...control}
            autocomplete="current-password"
            value={values.password}
            onValue={(password) => set({ password })}
          />
        )}
      </Field>
      <FormError error={errors.form} detail={form.detail} />
      <Button kind="primary" type="submit" busy={form.busy}>
        {t('signIn')}
      </Button>
    </Form>
  )
}
