/** What has to be known on every screen: a first sync that runs, a session that ended. */
import { useState } from 'preact/hooks'
import { Button } from '../design/index.ts'
import type { Status } from '../replica/index.ts'
import { useReplica } from './app-context.ts'
import { lazy } from './lazy.tsx'
import styles from './notices.module.css'
import { t } from './texts.ts'
import { updateNow } from './update.ts'

const SignInDialog = lazy(
  async () => (await import('../screens/sign-in/sign-in-dialog.tsx')).SignInDialog,
)

export const Notices = () => (
  <>
    <LostChanges />
    <StateNotice />
  </>
)

/** What went with an emptied base and was at no relay: said until it was read. */
const LostChanges = () => {
  const replica = useReplica()
  const count = replica.status.value.lostChanges
  return count > 0 ? (
    <div class={styles.notice} role="alert">
      <p>{t('lost.text', { count })}</p>
      <Button onClick={replica.forgetLost}>{t('lost.read')}</Button>
    </div>
  ) : null
}

const StateNotice = () => {
  const replica = useReplica()
  const status = replica.status.value
  const [signingIn, setSigningIn] = useState(false)
  switch (status.state) {
    case 'signedOut':
      return (
        <div class={styles.notice} role="alert">
          <p>{t('expired.text')}</p>
          <Button kind="primary" onClick={() => setSigningIn(true)}>
            {t('expired.signIn')}
          </Button>
          {signingIn && <SignInDialog onClose={() => setSigningIn(false)} />}
        </div>
      )
    case 'full':
      return (
        <div class={styles.notice} role="alert">
          <p>{t('full.text')}</p>
          <Button onClick={replica.wake}>{t('full.again')}</Button>
        </div>
      )
    case 'programTooOld':
      return (
        <div class={styles.notice} role="alert">
          <p>{t('update.needed')}</p>
          <Button kind="primary" onClick={updateNow}>
            {t('update.do')}
          </Button>
        </div>
      )
    case 'revoked':
      return (
        <div class={styles.notice} role="alert">
          <p>{t('revoked.text')}</p>
        </div>
      )
    case 'saved':
    case 'sending':
    case 'connecting':
    case 'offline':
      return <FirstSync status={status} />
  }
}

const FirstSync = ({ status }: { status: Status }) => {
  const { progress, restoring } = status
  if (!progress || progress.total === 0)
    return restoring ? (
      <div class={styles.progress} role="status">
        <p class="meta">{t('sync.restoringStart')}</p>
      </div>
    ) : null
  const words = t(restoring ? 'sync.restoring' : 'sync.first', progress)
  return (
    <div class={styles.progress} role="status">
      <progress max={progress.total} value={progress.done} aria-label={words} />
      <p class="meta tabular">{words}</p>
    </div>
  )
}
