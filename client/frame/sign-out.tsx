import { Button, Dialog, LinkButton } from '../design/index.ts'
import { useReplica, useSessions } from './app-context.ts'
import { t } from './later-texts.ts'
import { signOutUntold, tellSignOut } from './tell-sign-out.ts'
import { t as frameText } from './texts.ts'

export const SignOutDialog = ({ onClose }: { onClose: () => void }) => {
  const replica = useReplica()
  const sessions = useSessions()
  const { waiting } = replica.status.value

  const signOut = async () => {
    signOutUntold()
    await replica.wipe()
    sessionStorage.clear()
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
            {waiting > 0 ? t('signOut.lose') : frameText('person.signOut')}
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
