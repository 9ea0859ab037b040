/** The importing worker: everything that takes long, so that the page never waits. */
import { systemClock } from '../../shared/clock.ts'
import { openChannel } from '../replica/channel.ts'
import { openBase } from '../replica/tables.ts'
import { createSession, type Progress, type Session } from './session.ts'

/** Page → worker. Each call is answered by its number. */
export type Call = { n: number; name: keyof Session; values: unknown[] } | { open: string }
/** Worker → page. */
export type Answer = { n: number; value: unknown } | { n: number; error: string } | Progress

let session: Promise<Session> | null = null

const open = async (name: string): Promise<Session> => {
  const base = openBase(name)
  const channel = openChannel(name)
  await base.open()
  const made = createSession({
    base,
    clock: systemClock,
    onProgress: (progress) => postMessage(progress),
  })
  // Sent once all is stored: pushing meanwhile would fight for the disk.
  const sent = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work
    } finally {
      channel.send({ kind: 'outbox' })
    }
  }
  return {
    ...made,
    load: (...values) => sent(made.load(...values)),
    undo: (...values) => sent(made.undo(...values)),
  }
}

const answer = async ({ n, name, values }: Extract<Call, { n: number }>): Promise<void> => {
  if (!session) throw new Error('open comes first')
  try {
    // The other side is `importer.ts`, which is typed by the same `Session`.
    const work = (await session)[name] as (...given: unknown[]) => Promise<unknown>
    postMessage({ n, value: await work(...values) })
  } catch (error) {
    console.error(error)
    postMessage({ n, error: String(error) })
  }
}

addEventListener('message', ({ data }: MessageEvent<Call>) => {
  if ('open' in data) session = open(data.open)
  else void answer(data)
})
