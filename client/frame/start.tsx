/** Who is here: an invitation, nobody yet, or a signed-in person with their replica. */
import { DatabaseZap, RefreshCw } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { useRoute } from 'wouter-preact'
import type { SessionInfo } from '../../shared/protocol/api.ts'
import { Button, EmptyState } from '../design/index.ts'
import { isOutdated, openReplica, type Replica } from '../replica/index.ts'
import { type ApiResult, api, type SessionStore } from '../session/index.ts'
import { AppContextProvider } from './app-context.ts'
import { lazy } from './lazy.tsx'
import { watchRevocation } from './revoked.ts'
import { tellSignOut } from './tell-sign-out.ts'
import { t } from './texts.ts'
import { updateNow } from './update.ts'
import { whenIdle } from './when-idle.ts'

const SetupScreen = lazy(
  async () => (await import('../screens/setup/setup-screen.tsx')).SetupScreen,
)
const SignInScreen = lazy(
  async () => (await import('../screens/sign-in/sign-in-screen.tsx')).SignInScreen,
)
const InviteScreen = lazy(
  async () => (await import('../screens/invite/invite-screen.tsx')).InviteScreen,
)

interface Props {
  sessions: SessionStore
  /** The program for a signed-in person. */
  children: ComponentChildren
}

export const Start = ({ sessions, children }: Props) => {
  const [isInvited, invite] = useRoute('/invite/:token')
  const session = sessions.session.value
  if (isInvited) return <InviteScreen token={invite.token} sessions={sessions} />
  if (!session) return <SignedOut sessions={sessions} />
  const person = `${session.workspace.id}/${session.user.id}`
  return (
    <SignedIn key={person} session={session} sessions={sessions}>
      {children}
    </SignedIn>
  )
}

type Found = { kind: 'asking' } | { kind: 'setup' } | { kind: 'signIn' } | { kind: 'unreachable' }

/** A lost memory of a session that the relay still knows is taken up; otherwise a form. */
const findOut = async (sessions: SessionStore): Promise<Found> => {
  await tellSignOut()
  const setup: ApiResult<{ needed: boolean }> = await api.setupNeeded()
  if (!setup.ok) return { kind: 'unreachable' }
  if (setup.value.needed) return { kind: 'setup' }
  await sessions.refresh()
  return { kind: 'signIn' }
}

const SignedOut = ({ sessions }: { sessions: SessionStore }) => {
  const [found, setFound] = useState<Found>({ kind: 'asking' })
  const ask = () => {
    findOut(sessions).then(setFound)
  }
  useEffect(ask, [])
  switch (found.kind) {
    case 'asking':
      return null
    case 'setup':
      return <SetupScreen onSignedIn={sessions.remember} />
    case 'signIn':
      return <SignInScreen onSignedIn={sessions.remember} />
    case 'unreachable':
      return <SignInScreen onSignedIn={sessions.remember} onRetry={ask} />
  }
}

interface SignedInProps extends Props {
  session: SessionInfo
}

const SignedIn = ({ session, sessions, children }: SignedInProps) => {
  const [replica, setReplica] = useState<Replica | 'failed' | 'outdated' | 'blocked' | null>(null)
  useEffect(() => {
    let opened: Replica | null = null
    let left = false
    let unwatch = () => {}
    openReplica(session, { onBlocked: () => setReplica('blocked') }).then(
      (made) => {
        opened = made
        if (left) return void made.close()
        unwatch = watchRevocation(made, sessions)
        setReplica(made)
        // The first change asks for it again, and says so where it cannot be had.
        whenIdle(() => made.prepareWriting().catch(() => {}))
      },
      (error: unknown) => {
        if (isOutdated(error)) return setReplica('outdated')
        console.error(error)
        setReplica('failed')
      },
    )
    sessions.refresh()
    return () => {
      left = true
      unwatch()
      opened?.close()
    }
  }, [])
  if (replica === null) return null
  if (replica === 'outdated')
    return (
      <EmptyState
        icon={RefreshCw}
        title={t('outdated.title')}
        text={t('outdated.text')}
        action={
          <Button kind="primary" onClick={updateNow}>
            {t('update.do')}
          </Button>
        }
      />
    )
  if (replica === 'blocked')
    return <EmptyState icon={RefreshCw} title={t('blocked.title')} text={t('blocked.text')} />
  if (replica === 'failed')
    return (
      <EmptyState
        icon={DatabaseZap}
        title={t('noStorage.title')}
        text={t('noStorage.text')}
        action={<Button onClick={() => location.reload()}>{t('crash.reload')}</Button>}
      />
    )
  return (
    <AppContextProvider.Provider value={{ replica, sessions }}>
      {children}
    </AppContextProvider.Provider>
  )
}
