/** Which devices an employee works on, and which of them may no longer. */
import type { Reason } from '../../shared/reasons.ts'
import type { Caller } from '../http/context.ts'
import type { Workspace } from '../workspace.ts'

/** Longer names of browsers say no more. */
const maxAgent = 300

/**
 * Why a device is put out: `revoked`, or `blocked` with its user. Null where it is not, or is not
 * known. Asked apart from the session: an ended session alone deletes nothing on a device, and its
 * cookie may be long gone when the device comes back.
 *
 * @param user who asks where that is known: another's device is then none of theirs.
 */
export const endOf = async (
  { store, directory }: Workspace,
  device: string,
  user?: string,
): Promise<Extract<Reason, 'revoked' | 'blocked'> | null> => {
  const known = device === '' ? null : await store.device(device)
  if (!known || (user !== undefined && known.user !== user)) return null
  if (known.revokedAt !== null) return 'revoked'
  return directory.subjectOf(known.user) ? null : 'blocked'
}

/** Keeps when a device was last here. Services and callers without a device have none. */
export const noteContact = async (
  { workspace, subject, session, device }: Caller,
  agent: string,
  now: number,
): Promise<void> => {
  if (session === null || device === '') return
  const contact = { id: device, user: subject.id, agent: agent.slice(0, maxAgent), session }
  await workspace.store.contact({ ...contact, lastAt: now })
}

/** Ends all sessions a device ever had, its streams and rooms; it learns why at its next contact. */
export const revoke = async (
  { store, disconnect }: Workspace,
  device: string,
  now: number,
): Promise<void> => {
  await store.revokeDevice(device, now)
  const sessions = new Set(await store.sessionsOfDevice(device))
  for (const session of sessions) await store.deleteSession(session)
  disconnect(
    'revoked',
    (owner) => owner.device === device || (owner.session !== null && sessions.has(owner.session)),
  )
}
