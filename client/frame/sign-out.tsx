import { Button, Dialog, LinkButton } from '../design/index.ts'
import { api } from '../session/index.ts'
import { useReplica, useSessions } from './app-context.ts'
import { t } from './texts.ts'

/**
 * Set when the relay could not be told of a sign-out, so that it is told at the next start: until
 * then the cookie, which scripts cannot delete, would sign the next person in.
 */
const untoldKey = 'interes-sign-out-untold'

/** Tells the relay of a sign-out that happened with no network. */
export const tellSignOut = async (): Promise<void> => {
  if (localStorage.getItem(untoldKey) === null) return
  const answer = await api.signOut()
  if (answer.ok || answer.reason === 'signedOut') localStorage.removeItem(untoldKey)
}

export const SignOutDialog = ({ onClose }: { onClose: () => void }) => {
  const replica = useReplica()
  const sessions = useSessions()
  const { waiting } = replica.status.value

  const signOut = async () => {
    localStorage.setItem(untoldKey, '1')
    await replica.wipe()
    await tellSignOut()
    sessions.forget()
    location.assign('/')
  }
  return (
    <Dialog
      title={t('signOut.title')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('signOut.stay')}</Button>
          <Button kind={waiting > 0 ? 'danger' : 'primary'} onClick={signOut}>
            {t(waiting > 0 ? 'signOut.lose' : 'person.signOut')}
          </Button>
        </>
      }
    >
      {waiting > 0 && (
        <p>
          <strong>{t('signOut.waiting', { count: waiting })}</strong>
        </p>
      )}
      <p>{t('signOut.text')}</p>
      {waiting > 0 && (
        <p>
          <LinkButton href="/offline-work">{t('signOut.look')}</LinkButton>
        </p>
      )}
    </Dialog>
  )
}
