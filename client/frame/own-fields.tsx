/** What people say of themselves before they sign in for the first time: at set-up and invited. */
import { Field, Input } from '../design/index.ts'
import { PasswordInput } from '../design/PasswordInput.tsx'
import { t } from './later-texts.ts'

interface OwnFieldProps {
  value: string
  error: string | undefined
  onValue: (value: string) => void
}

export const FullNameField = ({ value, error, onValue }: OwnFieldProps) => (
  <Field label={t('own.fullName')} error={error} required>
    {(control) => <Input {...control} autocomplete="name" value={value} onValue={onValue} />}
  </Field>
)

export const SignInAddressField = ({
  value,
  error,
  onValue,
  hint,
}: OwnFieldProps & { hint?: string }) => (
  <Field label={t('own.email')} hint={hint} error={error} required>
    {(control) => (
      <Input {...control} type="email" autocomplete="username" value={value} onValue={onValue} />
    )}
  </Field>
)

export const NewPasswordField = ({ value, error, onValue }: OwnFieldProps) => (
  <Field label={t('own.password')} hint={t('own.passwordHint')} error={error} required>
    {(control) => (
      <PasswordInput {...control} autocomplete="new-password" value={value} onValue={onValue} />
    )}
  </Field>
)
