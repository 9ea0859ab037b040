/**
 * Who uses this device. Remembered outside the replica, so that the app starts with no network; a
 * session that ran out at the relay changes nothing here, it only has to be renewed by signing in.
 */
import { type ReadonlySignal, signal } from '@preact/signals'
import { newId } from '../../shared/ids.ts'
import type { SessionInfo } from '../../shared/protocol/api.ts'
import { type ApiResult, api } from './api.ts'

const sessionKey = 'interes-session'
const deviceKey = (user: string) => `interes-device-${user}`

const remembered = (): SessionInfo | null => {
  const stored = localStorage.getItem(sessionKey)
  if (!stored) return null
  try {
    return JSON.parse(stored) as SessionInfo // written by `remember` only
  } catch {
    // Damaged by hand or by the browser: signing in writes it anew.
    return null
  }
}

/** One instance for the page, made by the app's entry. */
export interface SessionStore {
  /** Null: nobody is signed in on this device. */
  session: ReadonlySignal<SessionInfo | null>
  /** Keeps what a sign-in, set-up or accepted invitation answered. */
  remember: (session: SessionInfo) => void
  forget: () => void
  /** Asks the relay who we are; a failure leaves what is remembered. */
  refresh: () => Promise<ApiResult<SessionInfo>>
}

export const createSessionStore = (): SessionStore => {
  const session = signal(remembered())
  // Another tab signed in or out.
  window.addEventListener('storage', ({ key }) => {
    if (key === sessionKey || key === null) session.value = remembered()
  })
  const remember = (next: SessionInfo) => {
    localStorage.setItem(sessionKey, JSON.stringify(next))
    session.value = next
  }
  return {
    session,
    remember,
    forget: () => {
      localStorage.removeItem(sessionKey)
      session.value = null
    },
    refresh: async () => {
      const answer = await api.session()
      if (answer.ok) remember(answer.value)
      return answer
    },
  }
}

/**
 * Id of one person in this browser profile, drawn once: two who share a browser are two devices, so
 * that revoking one leaves the other at work.
 */
export const deviceId = (user: string): string => {
  const known = localStorage.getItem(deviceKey(user))
  if (known) return known
  const drawn = newId()
  localStorage.setItem(deviceKey(user), drawn)
  return drawn
}

/** After a revoked device has deleted what it held it comes back as another one, or never. */
export const forgetDevice = (user: string): void => localStorage.removeItem(deviceKey(user))
