import type { SessionInfo } from '../../../shared/protocol/api.ts'
import { Button } from '../../design/index.ts'
import { FormError, formStyles } from '../../frame/form.tsx'
import { PlainPage } from '../../frame/plain-page.tsx'
import { SignInForm } from './sign-in-form.tsx'
import { t } from './texts.ts'

interface Props {
  onSignedIn: (session: SessionInfo) => void
  /** Given where the relay cannot be reached: then there is nothing to sign in to. */
  onRetry?: () => void
}

export const SignInScreen = ({ onSignedIn, onRetry }: Props) => (
  <PlainPage title={t('title')}>
    {onRetry ? (
      <div class={formStyles.form}>
        <FormError error={t('offline')} />
        <Button onClick={onRetry}>{t('retry')}</Button>
      </div>
    ) : (
      <SignInForm onSignedIn={onSignedIn} />
    )}
  </PlainPage>
)
