/** `GET /feed`, see `shared/protocol/feed.ts`. */
import { Hono } from 'hono'
import { minute } from '../../shared/clock.ts'
import type { Reason } from '../../shared/reasons.ts'
import { callers } from '../auth/caller.ts'
import { endOf, noteContact } from '../auth/devices.ts'
import { type Caller, type Env, refuse } from '../http/context.ts'
import type { Relay } from '../relay.ts'
import { feedStream } from './stream.ts'

/** A person has a few devices, and a page that reloads leaves its stream behind for a moment. */
const maxStreamsPerUser = 250
/** Who takes nothing for so long, ms, is cut and resumes with its cursor: a megabyte over 2G is a minute. */
const takenWithin = 2 * minute

export const feedDoor = (relay: Relay): Hono<Env> => {
  const app = new Hono<Env>()
  app.get('/', callers(relay, 'anyone'), async (c) => {
    const { caller } = c.var
    if (relay.stopping) return refuse(c, { reason: 'restarting' })
    const { workspace, subject, session, device } = caller
    if (session !== null && workspace.hub.openOf(subject.id) >= maxStreamsPerUser)
      return refuse(c, { reason: 'tooManyRequests', retryAfter: 10 })
    const head = count(c.req.query('head'))
    const below = count(c.req.query('below'))
    if (head === null || below === null) return refuse(c, { reason: 'invalidRequest' })
    const epoch = c.req.query('epoch') ?? ''
    // Seqs of another epoch mean nothing here: the device learns the new one and begins anew.
    const isOurs = epoch === '' || epoch === workspace.facts.epoch
    const types = c.req.query('types')
    const agent = c.req.header('user-agent') ?? ''
    const note = () => noteContact(caller, agent, relay.clock())
    await note()
    const gone = new AbortController()
    const frames = feedStream({
      gone: gone.signal,
      workspace: workspace.facts,
      store: workspace.store,
      hub: workspace.hub,
      backlog: workspace.backlog,
      clock: relay.clock,
      subject: () =>
        subject.kind === 'service' ? subject : workspace.directory.subjectOf(subject.id),
      stillAllowed: () => stillAllowed(caller, relay.clock()),
      session,
      device: device === '' ? null : device,
      types: types === undefined ? null : new Set(types.split(',')),
      cursor: isOurs ? { head, below } : { head: 0, below: 0 },
    })
    relay.metrics.feedStreams.inc()
    const body = toStream(frames, () => {
      gone.abort()
      note().catch((error: unknown) => relay.log.error({ err: error }, 'contact not noted'))
      relay.metrics.feedStreams.dec()
    })
    // Proxies that gather an answer before they pass it on would gather this one for ever.
    return c.body(body, 200, {
      'content-type': 'application/octet-stream',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    })
  })
  return app
}

const count = (value: string | undefined): number | null => {
  const number = Number(value ?? 0)
  return Number.isSafeInteger(number) && number >= 0 ? number : null
}

/** Looks at the session without renewing it: only an answer can carry the renewed cookie. */
const stillAllowed = async (
  { workspace, session, device }: Caller,
  now: number,
): Promise<Reason | null> => {
  if (session === null) return null
  const kept = await workspace.store.session(session)
  if (kept && kept.expiresAt > now) return null
  return (await endOf(workspace, device)) ?? 'signedOut'
}

/** A byte stream that asks the generator for the next frame only when the last one was taken. */
const toStream = (frames: AsyncGenerator<Uint8Array>, closed: () => void) => {
  let isOpen = true
  const close = () => {
    if (isOpen) closed()
    isOpen = false
  }
  let untaken: NodeJS.Timeout | undefined
  const source: UnderlyingDefaultSource<Uint8Array> = {
    pull: async (controller) => {
      clearTimeout(untaken)
      try {
        const { done, value } = await frames.next()
        if (!done) {
          untaken = setTimeout(() => {
            close()
            controller.error(new Error('The reader of this feed does not read'))
            void frames.return(undefined)
          }, takenWithin)
          return controller.enqueue(value)
        }
        close()
        controller.close()
      } catch (error) {
        close()
        controller.error(error)
      }
    },
    cancel: async () => {
      clearTimeout(untaken)
      close()
      await frames.return(undefined)
    },
  }
  // Nothing is made ahead: 200 streams would each hold what a slow network does not take yet.
  return new ReadableStream(source, { highWaterMark: 0 })
}
