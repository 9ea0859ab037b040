import { api } from '../session/index.ts'

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

/** To be called before the sign-out begins: it is told, now or later. */
export const signOutUntold = (): void => localStorage.setItem(untoldKey, '1')
