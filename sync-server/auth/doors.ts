/** Set-up, sign-in and out, the session, the password. */
import { getConnInfo } from '@hono/node-server/conninfo'
import { Hono } from 'hono'
import { getCookie } from 'hono/cookie'
import { minute } from '../../shared/clock.ts'
import { changePassword, type SessionInfo, setup, signIn } from '../../shared/protocol/api.ts'
import { readJson } from '../http/body.ts'
import { type Env, type RelayContext, refuse } from '../http/context.ts'
import { isOwnRequest } from '../http/origin.ts'
import { rateLimit } from '../http/rate-limit.ts'
import type { Relay } from '../relay.ts'
import type { Workspace } from '../workspace.ts'
import { callers, sessionOf, setSession } from './caller.ts'
import { hashPassword, isPassword } from './passwords.ts'
import { sessionCookie } from './sessions.ts'

/** Somebody who mistypes gives up sooner; a guesser gets 40 tries an hour at one person. */
const triesPerPerson = 10
/** Failed ones: a whole office behind one address mistypes on a Monday morning. */
const triesPerAddress = 100
const window = 15 * minute

const loopback = /^(127\.|::1$|::ffff:127\.)/

/**
 * Address of the other side. What a proxy says is believed only of one on this machine, and of its
 * list only the last: the others were written by whoever asked.
 */
export const addressOf = (c: RelayContext): string => {
  // A test that calls the app has no socket.
  const socket = (c.env?.incoming && getConnInfo(c).remote.address) || '127.0.0.1'
  const forwarded = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim()
  return (loopback.test(socket) && forwarded) || socket
}

/** Whether a program on this machine asks, and not somebody through a proxy. */
export const isLocal = (c: RelayContext): boolean =>
  loopback.test(addressOf(c)) && c.req.header('forwarded') === undefined

export const sessionInfo = async (
  { facts, store, directory }: Workspace,
  user: string,
): Promise<SessionInfo | null> => {
  const stored = await store.userById(user)
  const row = directory.employee(user)
  const subject = directory.subjectOf(user)
  if (!stored || !row || !subject) return null
  return {
    user: {
      id: user,
      name: row.name,
      email: stored.email,
      administrator: subject.administrator,
      locale: stored.locale,
    },
    workspace: facts,
    tokens: [...subject.tokens],
  }
}

/** Signs in on this device and says who it is. */
export const startSession = async (
  relay: Relay,
  c: RelayContext,
  workspace: Workspace,
  user: string,
): Promise<Response> => {
  const info = await sessionInfo(workspace, user)
  if (!info) return refuse(c, { reason: 'blocked' })
  const session = await workspace.sessions.createSession(user, {})
  setSession(relay, c, workspace, session.id)
  return c.json(info)
}

export const authDoors = (relay: Relay): Hono<Env> => {
  const app = new Hono<Env>()
  const perPerson = rateLimit(triesPerPerson, window, relay.clock)
  const perAddress = rateLimit(triesPerAddress, window, relay.clock)

  // Before there is a session there is nothing for a foreign page to use, except to make one.
  app.use('*', async (c, next) => {
    const reads = c.req.method === 'GET' || c.req.method === 'HEAD'
    return reads || isOwnRequest(c, relay.publicUrl) ? next() : refuse(c, { reason: 'badOrigin' })
  })

  app.get('/setup', (c) => c.json({ needed: relay.workspace === null }))

  app.post('/setup', async (c) => {
    if (relay.workspace) return refuse(c, { reason: 'alreadySetUp' })
    const form = await readJson(c, setup)
    if (!form.ok) return refuse(c, weak(form))
    const made = await relay.setUp(form.value, await hashPassword(form.value.password))
    if (!made.ok) return refuse(c, made)
    return startSession(relay, c, made.value.workspace, made.value.user)
  })

  app.post('/sign-in', async (c) => {
    const form = await readJson(c, signIn)
    if (!form.ok) return refuse(c, form)
    const { email, password } = form.value
    const address = addressOf(c)
    const person = `${address} ${email}`
    const retryAfter = perPerson.take(person) || perAddress.take(address)
    if (retryAfter > 0) return refuse(c, { reason: 'tooManyRequests', retryAfter })
    const { workspace } = relay
    const user = (await workspace?.store.userByEmail(email)) ?? null
    const isRight = await isPassword(user?.passwordHash ?? null, password)
    if (!workspace || !user || !isRight) return refuse(c, { reason: 'wrongCredentials' })
    perPerson.clear(person)
    // Not cleared: with one account of their own a guesser could go on for ever at all the others.
    perAddress.forgive(address)
    return startSession(relay, c, workspace, user.id)
  })

  app.post('/sign-out', async (c) => {
    const { workspace } = relay
    const session = getCookie(c, sessionCookie)
    if (workspace && session) {
      await workspace.sessions.invalidateSession(session)
      workspace.disconnect('signedOut', (owner) => owner.session === session)
      setSession(relay, c, workspace, null)
    }
    return c.json({})
  })

  app.get('/session', async (c) => {
    const found = await sessionOf(relay, getCookie(c, sessionCookie), 'renewing')
    if (!found.ok) return refuse(c, found)
    const { workspace, user, session, renewed } = found.value
    if (renewed) setSession(relay, c, workspace, session)
    const info = await sessionInfo(workspace, user)
    return info ? c.json(info) : refuse(c, { reason: 'blocked' })
  })

  app.post('/password', callers(relay, 'employee'), async (c) => {
    const { workspace, subject, session } = c.var.caller
    const form = await readJson(c, changePassword)
    if (!form.ok) return refuse(c, weak(form))
    const retryAfter = perPerson.take(subject.id)
    if (retryAfter > 0) return refuse(c, { reason: 'tooManyRequests', retryAfter })
    const user = await workspace.store.userById(subject.id)
    if (!user || !(await isPassword(user.passwordHash, form.value.current)))
      return refuse(c, { reason: 'wrongCredentials', field: 'current' })
    perPerson.clear(subject.id)
    await workspace.store.setPassword(user.id, await hashPassword(form.value.next))
    for (const other of await workspace.sessions.getUserSessions(user.id))
      if (other.id !== session) await workspace.sessions.invalidateSession(other.id)
    workspace.disconnect(
      'signedOut',
      (owner) => owner.user === user.id && owner.session !== session,
    )
    return c.json({})
  })

  return app
}

/** The one input of these forms whose fault has a reason of its own. */
export const weak = <T extends { reason: string; field?: string }>(failure: T) =>
  failure.field === 'password' || failure.field === 'next'
    ? { reason: 'weakPassword' as const, field: failure.field }
    : { ...failure, reason: 'invalidRequest' as const }
