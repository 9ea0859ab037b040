/** Sessions by Lucia over our own store. */
import { type Adapter, Lucia, TimeSpan } from 'lucia'
import type { Clock } from '../../shared/clock.ts'
import type { PeopleStore, StoredSession } from '../store/store.ts'

export const sessionCookie = 'interes_session'
/** Renewed when half of it is over: who opens the program once in two weeks never signs in again. */
const sessionLife = new TimeSpan(30, 'd')

export type Sessions = Lucia

const toDatabase = ({ id, user, expiresAt }: StoredSession) => ({
  id,
  userId: user,
  expiresAt: new Date(expiresAt),
  attributes: {},
})

const adapter = (store: PeopleStore, clock: Clock): Adapter => ({
  getSessionAndUser: async (id) => {
    const session = await store.session(id)
    // The user is not read: whether they still work here is the directory's to say.
    return session ? [toDatabase(session), { id: session.user, attributes: {} }] : [null, null]
  },
  getUserSessions: async (user) => (await store.sessionsOf(user)).map(toDatabase),
  setSession: ({ id, userId, expiresAt }) =>
    store.putSession({ id, user: userId, expiresAt: expiresAt.getTime() }),
  updateSessionExpiration: async (id, expiresAt) => {
    const session = await store.session(id)
    if (session) await store.putSession({ ...session, expiresAt: expiresAt.getTime() })
  },
  deleteSession: (id) => store.deleteSession(id),
  deleteUserSessions: (user) => store.deleteSessionsOf(user),
  deleteExpiredSessions: () => store.deleteSessionsExpiredBy(clock()),
})

export const openSessions = (store: PeopleStore, clock: Clock): Sessions =>
  new Lucia(adapter(store, clock), {
    sessionExpiresIn: sessionLife,
    // Lax: a link to a record in a letter opens signed in; everything that changes checks Origin.
    sessionCookie: { name: sessionCookie, attributes: { sameSite: 'lax', path: '/' } },
  })
