import type { SessionInfo } from '../../../shared/protocol/api.ts'
import { PlainPage } from '../../frame/plain-page.tsx'
import { SignInForm } from './sign-in-form.tsx'
import { t } from './texts.ts'

export const SignInScreen = ({ onSignedIn }: { onSignedIn: (session: SessionInfo) => void }) => (
  <PlainPage title={t('title')}>
    <SignInForm onSignedIn={onSignedIn} />
  </PlainPage>
)
