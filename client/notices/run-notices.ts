/**
 * While the program is open: writes reminders whose time has come, and shows what is new over other
 * windows where the user wanted it. Of several tabs one does so (Web Locks); without locks each tries,
 * and the ids and tags make one of it.
 */
import { liveQuery } from 'dexie'
import type { Replica, StoredRow } from '../replica/index.ts'
import { lineWords } from '../screens/notices/line-words.ts'
import { joinNotices, lineOf } from './notice-lines.ts'
import { dueReminders } from './reminders.ts'

/** ms: a reminder «за 5 минут» may be so much late. */
const lookEvery = 20_000
/** Newest unread that are looked at for what was not shown yet. */
const lookedAt = 50

export const runNotices = (replica: Replica): (() => void) => {
  const ending = new AbortController()
  const { signal } = ending
  const name = `${replica.base.name}-notices`
  const work = () => untilAborted(replica, name, signal)
  if (navigator.locks)
    navigator.locks.request(name, { signal }, work).catch((error: unknown) => {
      if (!signal.aborted) throw error
    })
  else void work()
  return () => ending.abort()
}

const untilAborted = (replica: Replica, name: string, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    let working = false
    const look = async () => {
      // What came to be while the device was away is on its way with what it lacks.
      if (working || !(await replica.base.meta.get('complete'))) return
      working = true
      try {
        const { id, reach } = replica.subject.peek()
        const self = await replica.base.employee.get(id)
        const reminded = { user: id, own: reach?.own ?? new Set([id]), quiet: self?.quiet ?? [] }
        const writes = await dueReminders(replica.base, reminded, Date.now())
        if (writes.length > 0) await replica.writeAll(writes)
      } finally {
        working = false
      }
    }
    const tryLook = () =>
      void look().catch((error: unknown) => {
        // The base may be gone with the session.
        if (!signal.aborted) console.warn('Reminders wait', error)
      })
    const timer = setInterval(tryLook, lookEvery)
    const subscription = liveQuery(() =>
      replica.base.notice.orderBy('unread').reverse().limit(lookedAt).toArray(),
    ).subscribe({
      next: (notices) => void show(replica, `interes-${name}-shown`, notices),
      error: (error: unknown) => console.warn('Notices wait', error),
    })
    const completing = liveQuery(() => replica.base.meta.get('complete')).subscribe({
      next: tryLook,
      error: (error: unknown) => console.warn('Reminders wait', error),
    })
    signal.addEventListener('abort', () => {
      clearInterval(timer)
      completing.unsubscribe()
      subscription.unsubscribe()
      resolve()
    })
  })

/** What is newer than the newest that was shown; at the very first nothing. */
const show = async (
  { base }: Replica,
  key: string,
  notices: readonly StoredRow<'notice'>[],
): Promise<void> => {
  const shownUpTo = Number(localStorage.getItem(key) ?? Date.now())
  const fresh = notices.filter(({ at }) => at > shownUpTo)
  localStorage.setItem(key, String(Math.max(shownUpTo, ...fresh.map(({ at }) => at))))
  if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return
  for (const joined of joinNotices(fresh)) {
    const line = await lineOf(base, joined)
    if (!line) continue
    const options = { body: line.name, tag: line.id, icon: '/icons/icon-192.png', data: line.path }
    const registration = await navigator.serviceWorker?.getRegistration()
    // Phones show notifications of service workers only.
    if (registration) await registration.showNotification(lineWords(line), options)
    else new Notification(lineWords(line), options)
  }
}
