import type { Database } from 'better-sqlite3'
import {
  audienceText,
  audienceTokens,
  type PeopleStore,
  type StoredDevice,
  type StoredInvite,
  type StoredSession,
  type StoredUser,
} from '../store.ts'

const userColumns = 'id, email, password_hash AS passwordHash, locale'
const sessionColumns = 'id, user, expires_at AS expiresAt'
const deviceColumns =
  'id, user, agent, first_at AS firstAt, last_at AS lastAt, session, revoked_at AS revokedAt'
const inviteColumns =
  'token, email, name, role, created_at AS createdAt, expires_at AS expiresAt, created_by AS createdBy'

type InviteRow = Omit<StoredInvite, 'email' | 'name'> & {
  email: string | null
  name: string | null
}

const toInvite = ({ email, name, ...rest }: InviteRow): StoredInvite => ({
  ...rest,
  ...(email !== null && { email }),
  ...(name !== null && { name }),
})

/** Users, their sessions and devices, invitations. */
export const sqlitePeople = (db: Database, workspace: string): PeopleStore => {
  const addUser = db.prepare(
    `INSERT INTO user (workspace, id, email, password_hash, locale, created_at)
     VALUES (?, ?, ?, ?, ?, ?)`,
  )
  const userById = db.prepare<[string, string], StoredUser>(
    `SELECT ${userColumns} FROM user WHERE workspace = ? AND id = ?`,
  )
  const userByEmail = db.prepare<[string, string], StoredUser>(
    `SELECT ${userColumns} FROM user WHERE workspace = ? AND email = ?`,
  )
  const setPassword = db.prepare('UPDATE user SET password_hash = ? WHERE workspace = ? AND id = ?')
  const setLocale = db.prepare('UPDATE user SET locale = ? WHERE workspace = ? AND id = ?')
  const session = db.prepare<[string, string], StoredSession>(
    `SELECT ${sessionColumns} FROM session WHERE workspace = ? AND id = ?`,
  )
  const sessionsOf = db.prepare<[string, string], StoredSession>(
    `SELECT ${sessionColumns} FROM session WHERE workspace = ? AND user = ?`,
  )
  const putSession = db.prepare(
    `INSERT INTO session (workspace, id, user, expires_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (workspace, id) DO UPDATE SET expires_at = excluded.expires_at`,
  )
  const deleteSession = db.prepare('DELETE FROM session WHERE workspace = ? AND id = ?')
  const deleteSessionsOf = db.prepare('DELETE FROM session WHERE workspace = ? AND user = ?')
  const deleteExpired = db.prepare('DELETE FROM session WHERE workspace = ? AND expires_at <= ?')
  const contact = db.prepare(
    `INSERT INTO person_device (workspace, id, user, agent, first_at, last_at, session)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (workspace, id) DO UPDATE SET
       agent = excluded.agent, last_at = excluded.last_at, session = excluded.session
     WHERE person_device.user = excluded.user`,
  )
  const contactSession = db.prepare(
    `INSERT OR IGNORE INTO device_session (workspace, device, session)
     SELECT workspace, id, ? FROM person_device WHERE workspace = ? AND id = ? AND user = ?`,
  )
  const contactAll = db.transaction(
    ({ id, user, agent, lastAt, session: own }: Omit<StoredDevice, 'firstAt' | 'revokedAt'>) => {
      contact.run(workspace, id, user, agent, lastAt, lastAt, own)
      contactSession.run(own, workspace, id, user)
    },
  )
  const sessionsOfDevice = db.prepare<[string, string], { session: string }>(
    'SELECT session FROM device_session WHERE workspace = ? AND device = ?',
  )
  const device = db.prepare<[string, string], StoredDevice>(
    `SELECT ${deviceColumns} FROM person_device WHERE workspace = ? AND id = ?`,
  )
  const devicesOf = db.prepare<[string, string], StoredDevice>(
    `SELECT ${deviceColumns} FROM person_device WHERE workspace = ? AND user = ?
     ORDER BY last_at DESC`,
  )
  const revokeDevice = db.prepare(
    'UPDATE person_device SET revoked_at = ? WHERE workspace = ? AND id = ?',
  )
  const addInvite = db.prepare(
    `INSERT INTO invite (workspace, token, email, name, role, created_at, expires_at, created_by)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const invites = db.prepare<[string], InviteRow>(
    `SELECT ${inviteColumns} FROM invite WHERE workspace = ? ORDER BY created_at DESC`,
  )
  const invite = db.prepare<[string, string], InviteRow>(
    `SELECT ${inviteColumns} FROM invite WHERE workspace = ? AND token = ?`,
  )
  const takeInvite = db.prepare('DELETE FROM invite WHERE workspace = ? AND token = ?')
  const served = db.prepare<[string, string], { user: string; sure: string; maybe: string }>(
    'SELECT user, sure, maybe FROM device WHERE workspace = ? AND id = ?',
  )
  const putServed = db.prepare(
    `INSERT INTO device (workspace, id, user, sure, maybe, at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (workspace, id) DO UPDATE SET
       user = excluded.user, sure = excluded.sure, maybe = excluded.maybe, at = excluded.at`,
  )

  return {
    addUser: async ({ id, email, passwordHash, locale, createdAt }) => {
      addUser.run(workspace, id, email, passwordHash, locale, createdAt)
    },
    userById: async (id) => userById.get(workspace, id) ?? null,
    userByEmail: async (email) => userByEmail.get(workspace, email) ?? null,
    setPassword: async (user, passwordHash) => {
      setPassword.run(passwordHash, workspace, user)
    },
    setLocale: async (user, locale) => {
      setLocale.run(locale, workspace, user)
    },
    session: async (id) => session.get(workspace, id) ?? null,
    sessionsOf: async (user) => sessionsOf.all(workspace, user),
    putSession: async ({ id, user, expiresAt }) => {
      putSession.run(workspace, id, user, expiresAt)
    },
    deleteSession: async (id) => {
      deleteSession.run(workspace, id)
    },
    deleteSessionsOf: async (user) => {
      deleteSessionsOf.run(workspace, user)
    },
    deleteSessionsExpiredBy: async (at) => {
      deleteExpired.run(workspace, at)
    },
    contact: async (met) => contactAll.immediate(met),
    sessionsOfDevice: async (id) =>
      sessionsOfDevice.all(workspace, id).map(({ session: one }) => one),
    device: async (id) => device.get(workspace, id) ?? null,
    devicesOf: async (user) => devicesOf.all(workspace, user),
    revokeDevice: async (id, at) => {
      revokeDevice.run(at, workspace, id)
    },
    addInvite: async ({ token, email, name, role, createdAt, expiresAt, createdBy }) => {
      addInvite.run(
        workspace,
        token,
        email ?? null,
        name ?? null,
        role,
        createdAt,
        expiresAt,
        createdBy,
      )
    },
    invites: async () => invites.all(workspace).map(toInvite),
    invite: async (token) => {
      const found = invite.get(workspace, token)
      return found ? toInvite(found) : null
    },
    takeInvite: async (token) => takeInvite.run(workspace, token).changes === 1,
    served: async (device) => {
      const found = served.get(workspace, device)
      if (!found) return null
      const { user, sure, maybe } = found
      return { user, sure: audienceTokens(sure), maybe: audienceTokens(maybe) }
    },
    putServed: async (device, { user, sure, maybe, at }) => {
      putServed.run(workspace, device, user, audienceText(sure), audienceText(maybe), at)
    },
  }
}
