/**
 * A device that was put out deletes what it holds and says why. Only the relay's explicit word does
 * that: a session that ran out deletes nothing.
 */
import type { Replica } from '../replica/index.ts'
import { forgetDevice, type SessionStore } from '../session/index.ts'

const noteKey = 'interes-revoked'

/** What the sign-in screen says of a replica that was deleted. */
export interface RevokedNote {
  reason: 'blocked' | 'revoked'
  /** Changes that had not been sent and are gone. */
  lost: number
}

export const revokedNote = (): RevokedNote | null => {
  const stored = localStorage.getItem(noteKey)
  return stored ? (JSON.parse(stored) as RevokedNote) : null // written below only
}

export const forgetRevokedNote = (): void => localStorage.removeItem(noteKey)

/** Deletes everything of the person from this device and goes to the sign-in screen. */
const leave = async (
  reason: RevokedNote['reason'],
  replica: Replica,
  sessions: SessionStore,
): Promise<void> => {
  const { user } = replica.session
  // Of several tabs the first counts what is lost; the next ones find the person gone.
  if (localStorage.getItem(noteKey) === null) {
    const lost = await replica.base.outbox.count()
    localStorage.setItem(noteKey, JSON.stringify({ reason, lost } satisfies RevokedNote))
  }
  await replica.wipe()
  sessionStorage.clear()
  forgetDevice(user.id)
  sessions.forget()
  location.assign('/')
}

/** Deletes the replica as soon as the relay says so. Returns what stops watching. */
export const watchRevocation = (replica: Replica, sessions: SessionStore): (() => void) => {
  let leaving = false
  return replica.status.subscribe(({ revoked }) => {
    if (!revoked || leaving) return
    leaving = true
    void leave(revoked, replica, sessions)
  })
}
