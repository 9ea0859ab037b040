import type { SessionInfo } from '../../../shared/protocol/api.ts'
import { Button, classNames } from '../../design/index.ts'
import { FormError, formStyles } from '../../frame/form.tsx'
import { PlainPage } from '../../frame/plain-page.tsx'
import { forgetRevokedNote, revokedNote } from '../../frame/revoked.ts'
import { SignInForm } from './sign-in-form.tsx'
import { t } from './texts.ts'

interface Props {
  onSignedIn: (session: SessionInfo) => void
  /** Given where the relay cannot be reached: then there is nothing to sign in to. */
  onRetry?: () => void
}

export const SignInScreen = ({ onSignedIn, onRetry }: Props) => (
  <PlainPage title={t('title')}>
    <Revoked />
    {onRetry ? (
      <div class={formStyles.form}>
        <FormError error={t('offline')} />
        <Button onClick={onRetry}>{t('retry')}</Button>
      </div>
    ) : (
      <SignInForm
        onSignedIn={(session) => {
          forgetRevokedNote()
          onSignedIn(session)
        }}
      />
    )}
  </PlainPage>
)

/** Why there is nothing left here, and how much of it had not been sent. */
const Revoked = () => {
  const note = revokedNote()
  if (!note) return null
  return (
    <div class={classNames(formStyles.error, formStyles.notice)} role="alert">
      <p>
        <strong>{t(note.reason)}</strong>
      </p>
      <p>{t('erased')}</p>
      {note.lost > 0 && <p>{t('lost', { count: note.lost })}</p>}
    </div>
  )
}
