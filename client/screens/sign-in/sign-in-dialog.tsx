import { useState } from 'preact/hooks'
import type { SessionInfo } from '../../../shared/protocol/api.ts'
import { Dialog } from '../../design/index.ts'
import { useReplica, useSession, useSessions } from '../../frame/app-context.ts'
import { FormError } from '../../frame/form.tsx'
import { api } from '../../session/index.ts'
import { SignInForm } from './sign-in-form.tsx'
import { t } from './texts.ts'

/** Signing in again where the session ran out: the replica and what waits in it stay. */
export const SignInDialog = ({ onClose }: { onClose: () => void }) => {
  const replica = useReplica()
  const sessions = useSessions()
  const { user, workspace } = useSession()
  const [wrongPerson, setWrongPerson] = useState(false)

  const onSignedIn = async (session: SessionInfo) => {
    // Another person's changes may not be sent under this one's name.
    if (session.user.id !== user.id || session.workspace.id !== workspace.id) {
      setWrongPerson(true)
      await api.signOut()
      return
    }
    sessions.remember(session)
    replica.wake()
    onClose()
  }
  return (
    <Dialog title={t('title')} onClose={onClose}>
      {wrongPerson && <FormError error={t('otherPerson', { name: user.name })} />}
      <SignInForm email={user.email} onSignedIn={onSignedIn} />
    </Dialog>
  )
}
