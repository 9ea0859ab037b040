/** Who is asking: an employee by the session's cookie, a service by its token. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { isId } from '../../shared/ids.ts'
import { deviceHeader, programHeader } from '../../shared/protocol/program.ts'
import { fail, ok, type Reason, type Result } from '../../shared/reasons.ts'
import { service } from '../../shared/rights.ts'
import { type Caller, type Env, type RelayContext, refuse } from '../http/context.ts'
import { isOwnRequest } from '../http/origin.ts'
import type { Relay } from '../relay.ts'
import type { Workspace } from '../workspace.ts'
import { endOf } from './devices.ts'
import { sessionCookie } from './sessions.ts'

const digest = (text: string) => createHash('sha256').update(text).digest()

/** Compares digests: they have one length, and the time says nothing about the token. */
export const isToken = (given: string, expected: string): boolean =>
  timingSafeEqual(digest(given), digest(expected))

export const isSecure = (relay: Relay, c: RelayContext): boolean =>
  relay.publicUrl?.startsWith('https:') === true ||
  c.req.header('x-forwarded-proto') === 'https' ||
  c.req.url.startsWith('https:')

/** Sets or renews the cookie of a session; without one it is taken away. */
export const setSession = (
  relay: Relay,
  c: RelayContext,
  workspace: Workspace,
  id: string | null,
) => {
  const { sessions } = workspace
  const { name, value, attributes } =
    id === null ? sessions.createBlankSessionCookie() : sessions.createSessionCookie(id)
  const { maxAge, expires } = attributes
  setCookie(c, name, value, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: isSecure(relay, c),
    ...(maxAge !== undefined && { maxAge }),
    ...(expires && { expires }),
  })
}

export interface SessionOf {
  workspace: Workspace
  session: string
  user: string
  renewed: boolean
  subject: Caller['subject']
}

/**
 * The session that a cookie names, where it is good and its user may work. `renewing` may make it
 * live longer, which the answer must then tell the browser: a web socket's cannot.
 */
export const sessionOf = async (
  relay: Relay,
  cookie: string | undefined,
  how: 'renewing' | 'looking',
): Promise<Result<SessionOf>> => {
  const { workspace } = relay
  if (!workspace || !cookie) return fail('signedOut')
  const found = how === 'renewing' ? await renewed(workspace, cookie) : await looked(relay, cookie)
  if (!found) return fail('signedOut')
  const subject = workspace.directory.subjectOf(found.user)
  return subject ? ok({ workspace, session: cookie, ...found, subject }) : fail('blocked')
}

const renewed = async ({ sessions }: Workspace, id: string) => {
  const { session } = await sessions.validateSession(id)
  return session && { user: session.userId, renewed: session.fresh }
}

const looked = async ({ workspace, clock }: Relay, id: string) => {
  const session = await workspace?.store.session(id)
  return session && session.expiresAt > clock() ? { user: session.user, renewed: false } : null
}

type Who = 'employee' | 'administrator' | 'service' | 'anyone'

const identify = async (relay: Relay, c: RelayContext): Promise<Result<Caller>> => {
  const device = c.req.header(deviceHeader) ?? ''
  if (device !== '' && !isId(device)) return fail('invalidRequest', deviceHeader)
  const bearer = c.req.header('authorization')?.match(/^Bearer (.+)$/)?.[1]
  if (bearer !== undefined) {
    const { workspace } = relay
    if (!isToken(bearer, relay.connectorToken)) return fail('signedOut')
    // Before the first-run form there is nothing to connect; connectors ask again.
    if (!workspace) return fail('connectorsAway')
    return ok({ workspace, subject: service('connector'), session: null, device })
  }
  if (!['GET', 'HEAD'].includes(c.req.method)) {
    if (!isOwnRequest(c, relay.publicUrl)) return fail('badOrigin')
  }
  const found = await sessionOf(relay, getCookie(c, sessionCookie), 'renewing')
  if (!found.ok) {
    const { workspace } = relay
    const ended = found.reason === 'signedOut' && workspace && (await endOf(workspace, device))
    return ended ? fail(ended) : found
  }
  const { workspace, session, subject, renewed } = found.value
  // Signed in again before it deleted what it held: it has to do that first.
  const ended = await endOf(workspace, device, subject.id)
  if (ended) return fail(ended)
  if (renewed) setSession(relay, c, workspace, session)
  return ok({ workspace, subject, session, device })
}

/** Whether the program that asks is older than the relay can live with; `said`: its protocol version. */
export const isTooOld = ({ minimumProgram }: Relay, said: string | null | undefined): boolean =>
  // Other programs than ours say nothing: they are held to what they send.
  !(Number(said ?? minimumProgram) >= minimumProgram)

/**
 * Lets through who may use a door and says in `c.var.caller` who it is.
 *
 * @example app.get('/feed', callers(relay, 'anyone'), …)   // `anyone` who is signed in or a service
 */
export const callers =
  (relay: Relay, who: Who): MiddlewareHandler<Env> =>
  async (c, next) => {
    if (isTooOld(relay, c.req.header(programHeader))) return refuse(c, { reason: 'programTooOld' })
    const caller = await identify(relay, c)
    if (!caller.ok) return refuse(c, caller)
    const { subject } = caller.value
    const refused = refusalOf(who, subject)
    if (refused) return refuse(c, { reason: refused })
    c.set('caller', caller.value)
    await next()
  }

const refusalOf = (who: Who, subject: Caller['subject']): Reason | null => {
  if (who === 'anyone') return null
  if (who === 'service') return subject.kind === 'service' ? null : 'forbidden'
  if (subject.kind !== 'employee') return 'forbidden'
  return who === 'administrator' && !subject.administrator ? 'forbidden' : null
}
