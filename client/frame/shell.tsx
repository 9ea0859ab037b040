/** The frame around every screen of a signed-in person. */
import type { ComponentChildren } from 'preact'
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import { minute } from '../../shared/clock.ts'
import { classNames, showToast, undoNewest } from '../design/index.ts'
import { locale } from '../i18n/index.ts'
import { type Replica, useLive } from '../replica/index.ts'
import { useReplica } from './app-context.ts'
import { readCounters } from './counters.ts'
import { ErrorBoundary } from './error-boundary.tsx'
import { type KeyCommand, useKeys } from './keys.ts'
import { useKeysAhead } from './keys-ahead.ts'
import { lazy } from './lazy.tsx'
import { BottomBar, Rail } from './navigation.tsx'
import { Notices } from './notices.tsx'
import { Outdated } from './outdated.tsx'
import { placesFor } from './places.ts'
import styles from './shell.module.css'
import { t } from './texts.ts'
import { createButtonId, FloatingCreate, TopBar } from './top-bar.tsx'
import { takeUpdate } from './update.ts'
import { useNow } from './use-now.ts'
import { whenIdle } from './when-idle.ts'

const KeysHelp = lazy(async () => (await import('./keys-help.tsx')).KeysHelp)
const SearchDialog = lazy(async () => (await import('./search.tsx')).SearchDialog)

const NoticesDialog = lazy(
  async () => (await import('../screens/notices/notices-dialog.tsx')).NoticesDialog,
)
const SignOutDialog = lazy(async () => (await import('./sign-out.tsx')).SignOutDialog)

type Window = 'notices' | 'search' | 'keys' | 'signOut'

export const Shell = ({ children }: { children: ComponentChildren }) => {
  const replica = useReplica()
  const [path, navigate] = useLocation()
  // A window belongs to the address it was opened at: going elsewhere closes it.
  const [opened, setOpened] = useState<{ window: Window; at: string } | null>(null)
  const open = opened?.at === path ? opened.window : null
  const setOpen = useCallback((window: Window) => setOpened({ window, at: path }), [path])
  const own = [...(replica.subject.value.reach?.own ?? [])].sort()
  const now = useNow(minute)
  const counters = useLive(
    () => readCounters(replica.base, own, Date.now()),
    // A minute later other tasks are overdue.
    [replica, own.join(), now],
    { unread: 0, newAppeals: 0, overdue: 0 },
  )
  // Known at once: an entry that comes later would push the others away from under a finger.
  const hasMail = replica.known.accounts.value.some(
    ({ channel, deletedAt }) => channel === 'mail' && deletedAt === undefined,
  )

  const run = useCallback(
    (command: Exclude<KeyCommand, { kind: 'goPrefix' }>) => {
      switch (command.kind) {
        case 'search':
          return setOpen('search')
        case 'help':
          return setOpen('keys')
        case 'back':
          return document.querySelector<HTMLElement>('[data-back]')?.click()
        case 'create':
          return document.getElementById(createButtonId)?.click()
        case 'undo':
          return undoNewest()
        case 'go': {
          const place = placesFor(hasMail).find(({ code }) => code === command.code)
          if (place) navigate(place.path)
        }
      }
    },
    [hasMail, navigate, setOpen],
  )
  useKeys(run)
  const main = useArrival(path)
  const unread = useLive(() => replica.base.notice.orderBy('unread').count(), [replica], 0).value
  useEffect(offerUpdates, [])
  useEffect(() => whenIdle(() => SearchDialog.preload().catch(() => {})), [])
  useEffect(() => remindWhileOpen(replica), [replica])
  const close = () => setOpened(null)
  const takeTyped = useKeysAhead(open !== null, close)

  return (
    <div class={styles.shell}>
      <a href="#main" class={styles.skip}>
        {t('skip')}
      </a>
      <div class={styles.rail}>
        <Rail counters={counters} hasMail={hasMail} />
      </div>
      <div class={styles.top}>
        <TopBar
          hasMail={hasMail}
          unread={unread}
          onNotices={() => setOpen('notices')}
          onSearch={() => setOpen('search')}
          onKeys={() => setOpen('keys')}
          onSignOut={() => setOpen('signOut')}
        />
      </div>
      <main
        id="main"
        ref={main}
        tabIndex={-1}
        class={classNames(styles.main, isList(path) && styles.floatedOver)}
      >
        <Notices />
        <div class={styles.screen}>
          <ErrorBoundary at={path}>{children}</ErrorBoundary>
        </div>
      </main>
      <div class={styles.bottom}>
        {isList(path) && <FloatingCreate hasMail={hasMail} />}
        <BottomBar counters={counters} />
      </div>
      <Outdated />
      {open === 'notices' && <NoticesDialog onClose={close} />}
      {open === 'search' && <SearchDialog onClose={close} typedAhead={takeTyped} />}
      {open === 'keys' && <KeysHelp hasMail={hasMail} onClose={close} />}
      {open === 'signOut' && <SignOutDialog onClose={close} />}
    </div>
  )
}

/**
 * What had the focus is often gone with the screen one leaves (a row, a «Назад»). The next Tab then goes on in the
 * new screen, and a screen reader stands there, instead of at the top of the page.
 */
const useArrival = (path: string) => {
  const main = useRef<HTMLElement>(null)
  const shown = useRef<string | null>(null)
  // The title is said in it.
  const language = locale.value
  useEffect(() => {
    const from = shown.current
    shown.current = path
    // The first screen is read from the top, its link past the frame included.
    if (from !== null && from !== path && document.activeElement === document.body)
      main.current?.focus({ preventScroll: true })
    import('./arrival.ts').then(
      ({ arrive }) => main.current && shown.current === path && arrive(path, from, main.current),
      // Not there any more where a newer program was put in place: the title waits for that.
      () => {},
    )
  }, [path, language])
  return main
}

/** The floating button stands over lists only: on a card or in a conversation it would cover things. */
const isList = (path: string): boolean =>
  /^\/(dialogs|interests|clients|documents|mail|tasks|tasks\/calendar)\/?$/.test(path)

/** ms after the first screen, of which it is no part: its code and its queries wait. */
const remindAfter = 3_000

/** Writes reminders and shows what is new as long as the program is open. */
const remindWhileOpen = (replica: Replica): (() => void) => {
  let stop: (() => void) | null = null
  let over = false
  const start = async () => {
    // Not there any more where a newer program was put in place: the page reminds once it is loaded anew.
    const loaded = await import('../notices/run-notices.ts').catch(() => null)
    if (!over && loaded) stop = loaded.runNotices(replica)
  }
  const timer = setTimeout(start, remindAfter)
  return () => {
    over = true
    clearTimeout(timer)
    stop?.()
  }
}

const offerUpdates = () =>
  takeUpdate.subscribe((take) => {
    if (take)
      showToast({
        text: t('update.ready'),
        action: { label: t('update.do'), onSelect: take },
        stays: true,
      })
  })
