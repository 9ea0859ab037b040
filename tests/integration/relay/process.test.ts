import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import { readFrames } from '../../../shared/protocol/feed.ts'
import { gunzip } from '../../../shared/protocol/gzip.ts'
import { encodePush, type PushAnswer } from '../../../shared/protocol/push.ts'
import { change } from '../../../shared/records/change.ts'
import { defaultEntries } from '../../../shared/records/first-entries.ts'
import { faultPoints } from '../../../sync-server/commit/faults.ts'
import { startRelay } from '../../lab/relay.ts'
import { company, cookieOf, newClient, newWriter, rowsOf } from '../../unit/relay/lab.ts'

const setUp = async (url: string): Promise<string> =>
  cookieOf(await fetch(`${url}/api/setup`, { method: 'POST', body: JSON.stringify(company) }))

const signIn = async (url: string): Promise<string> =>
  cookieOf(
    await fetch(`${url}/api/sign-in`, {
      method: 'POST',
      body: JSON.stringify({ email: company.email, password: company.password }),
    }),
  )

const dataDir = async () => {
  const directory = await mkdtemp(join(tmpdir(), 'interes-process-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  return directory
}

const entryOf = (id: string) => {
  const made = change('client', id, null, newClient, newWriter())
  if (!made.ok || !made.value.update) throw new Error('no change')
  return { n: 1, id, type: 'client', at: 1, update: made.value.update }
}

const push = (url: string, cookie: string, entry: ReturnType<typeof entryOf>) =>
  fetch(`${url}/push`, {
    method: 'POST',
    headers: { cookie },
    body: encodePush([entry]) as Uint8Array<ArrayBuffer>, // made in this process, never shared
  })

async function* bytesOf(body: ReadableStream<Uint8Array>) {
  const source = body.getReader()
  for (;;) {
    const { done, value } = await source.read()
    if (done) return
    yield value
  }
}

const everything = async (url: string, cookie: string) => {
  const { body } = await fetch(`${url}/feed`, { headers: { cookie } })
  if (!body) throw new Error('no body')
  const frames = []
  for await (const frame of readFrames(bytesOf(body), gunzip)) {
    frames.push(frame)
    if (frame.kind === 'caughtUp') break
  }
  return rowsOf(frames)
}

/**
 * Changes acknowledged before the one at which the process dies. The administrator's record is one
 * more, and the first entries of the directories are one group more.
 */
const acknowledged = 5

describe.each(faultPoints)('killed %s', (point) => {
  test('the relay keeps what it acknowledged, and takes the rest again', async () => {
    const directory = await dataDir()
    const passed = acknowledged + 2
    const dying = await startRelay({
      dataDir: directory,
      env: { INTERES_FAULT: `${point}:${passed + 1}` },
    })
    onTestFinished(() => dying.stop())
    const cookie = await setUp(dying.url)
    const ids: string[] = []
    for (let i = 0; i < acknowledged; i++) {
      const entry = entryOf(newId())
      const answer = (await (await push(dying.url, cookie, entry)).json()) as PushAnswer
      expect(answer.outcomes[0]?.ok).toBe(true)
      ids.push(entry.id)
    }
    const last = entryOf(newId())
    await expect(push(dying.url, cookie, last)).rejects.toThrow()

    const relay = await startRelay({ dataDir: directory })
    onTestFinished(() => relay.stop())
    const again = await signIn(relay.url)
    const kept = await everything(relay.url, again)
    expect(ids.every((id) => kept.has(id))).toBe(true)
    expect(kept.has(last.id)).toBe(point !== 'before-commit')
    const answer = (await (await push(relay.url, again, last)).json()) as PushAnswer
    // One seq more than all that was there, whether it was new or not.
    const there = acknowledged + 1 + defaultEntries.length
    expect(answer.outcomes).toEqual([{ n: 1, ok: true, seq: there + 1 }])
    expect((await everything(relay.url, again)).has(last.id)).toBe(true)
  })
})

test('SIGTERM ends streams with a word and exits with 0, and what it answered is kept', async () => {
  const relay = await startRelay()
  onTestFinished(() => relay.stop())
  const cookie = await setUp(relay.url)
  const { body } = await fetch(`${relay.url}/feed`, { headers: { cookie } })
  if (!body) throw new Error('no body')
  const frames = readFrames(bytesOf(body), gunzip)
  await frames.next()

  const ids = Array.from({ length: 50 }, newId)
  const answered = ids.map(async (id) => {
    const answer = (await (await push(relay.url, cookie, entryOf(id))).json()) as PushAnswer
    return answer.outcomes[0]?.ok === true ? id : null
  })
  await Promise.any(answered)
  expect(await relay.terminate()).toBe(0)
  const settled = await Promise.allSettled(answered)
  const kept = settled.flatMap((one) =>
    one.status === 'fulfilled' && one.value ? [one.value] : [],
  )
  let last: unknown
  for await (const frame of frames) last = frame
  expect(last).toEqual({ kind: 'end', reason: 'restarting' })

  await relay.restart()
  const rows = await everything(relay.url, await signIn(relay.url))
  expect(kept.length).toBeGreaterThan(0)
  expect(kept.filter((id) => !rows.has(id))).toEqual([])
})
