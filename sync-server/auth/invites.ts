/** Invitations by link: an administrator makes one, who opens it becomes an employee. */
import { randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import { day, minute } from '../../shared/clock.ts'
import { acceptInvite, type Invite, type InviteInfo, newInvite } from '../../shared/protocol/api.ts'
import { readJson } from '../http/body.ts'
import { type Env, refuse } from '../http/context.ts'
import { isOwnRequest } from '../http/origin.ts'
import { rateLimit } from '../http/rate-limit.ts'
import type { Relay } from '../relay.ts'
import type { StoredInvite } from '../store/store.ts'
import { callers } from './caller.ts'
import { addressOf, startSession, weak } from './doors.ts'
import { hashPassword } from './passwords.ts'

const inviteLife = 7 * day
/** 192 bits: nobody guesses one, and a link stays short. */
const tokenBytes = 24
/** Opening links is cheap and guessing hopeless; this only keeps a script off. */
const opensPerAddress = 60

export const inviteDoors = (relay: Relay): Hono<Env> => {
  const { clock, newId } = relay
  const app = new Hono<Env>()
  const perAddress = rateLimit(opensPerAddress, minute, clock)

  const toInvite = ({ createdBy: _, ...invite }: StoredInvite): Invite => ({
    ...invite,
    path: `/invite/${invite.token}`,
  })

  app.post('/', callers(relay, 'administrator'), async (c) => {
    const { workspace, subject } = c.var.caller
    const form = await readJson(c, newInvite)
    if (!form.ok) return refuse(c, form)
    if (form.value.email && (await workspace.store.userByEmail(form.value.email)))
      return refuse(c, { reason: 'emailTaken', field: 'email' })
    const invite: StoredInvite = {
      ...form.value,
      token: randomBytes(tokenBytes).toString('base64url'),
      createdAt: clock(),
      expiresAt: clock() + inviteLife,
      createdBy: subject.id,
    }
    await workspace.store.addInvite(invite)
    return c.json(toInvite(invite))
  })

  app.get('/', callers(relay, 'administrator'), async (c) => {
    const invites = await c.var.caller.workspace.store.invites()
    return c.json({ invites: invites.filter(({ expiresAt }) => expiresAt > clock()).map(toInvite) })
  })

  app.delete('/:token', callers(relay, 'administrator'), async (c) => {
    await c.var.caller.workspace.store.takeInvite(c.req.param('token'))
    return c.json({})
  })

  const find = async (token: string): Promise<StoredInvite | null> => {
    const invite = (await relay.workspace?.store.invite(token)) ?? null
    return invite && invite.expiresAt > clock() ? invite : null
  }

  app.get('/:token', async (c) => {
    const retryAfter = perAddress.take(addressOf(c))
    if (retryAfter > 0) return refuse(c, { reason: 'tooManyRequests', retryAfter })
    const invite = await find(c.req.param('token'))
    if (!invite || !relay.workspace) return refuse(c, { reason: 'inviteInvalid' })
    const { email, name } = invite
    const info: InviteInfo = {
      company: relay.workspace.facts.name,
      ...(email !== undefined && { email }),
      ...(name !== undefined && { name }),
    }
    return c.json(info)
  })

  app.post('/:token/accept', async (c) => {
    if (!isOwnRequest(c, relay.publicUrl)) return refuse(c, { reason: 'badOrigin' })
    const retryAfter = perAddress.take(addressOf(c))
    if (retryAfter > 0) return refuse(c, { reason: 'tooManyRequests', retryAfter })
    const token = c.req.param('token')
    const form = await readJson(c, acceptInvite)
    if (!form.ok) return refuse(c, weak(form))
    const invite = await find(token)
    const { workspace } = relay
    if (!invite || !workspace) return refuse(c, { reason: 'inviteInvalid' })
    const { name, email, password, locale } = form.value
    if (await workspace.store.userByEmail(email))
      return refuse(c, { reason: 'emailTaken', field: 'email' })
    const passwordHash = await hashPassword(password)
    // Taken before anything is made of it: of two who open the link at once one comes in.
    if (!(await workspace.store.takeInvite(token))) return refuse(c, { reason: 'inviteInvalid' })
    const id = newId()
    const written = await workspace.write('employee', id, {
      name,
      email,
      role: invite.role,
      state: 'active',
      createdAt: clock(),
      createdBy: invite.createdBy,
    })
    if (!written.ok) {
      await workspace.store.addInvite(invite)
      return refuse(c, written)
    }
    await workspace.store.addUser({ id, email, passwordHash, locale, createdAt: clock() })
    return startSession(relay, c, workspace, id)
  })

  return app
}
