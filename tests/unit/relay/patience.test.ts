import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import { feedHub } from '../../../sync-server/feed/hub.ts'
import { allowance } from '../../../sync-server/http/allowance.ts'
import { intake } from '../../../sync-server/http/intake.ts'
import { newClient, openLab } from './lab.ts'

const megabyte = 1024 * 1024

describe('the relay waits', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('for a body only as long as a slow line takes', async () => {
    const { app, anna } = await openLab()
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new Uint8Array([1])),
    })
    // `duplex` is asked for by Node and not known to the types of the browser's fetch.
    const request: RequestInit & { duplex: 'half' } = {
      method: 'POST',
      headers: anna.headers,
      body,
      duplex: 'half',
    }
    const answered = app.request('/push', request)
    // 8 MB at 16 KB a second are 512 s, and 20 to begin.
    await vi.advanceTimersByTimeAsync(500_000)
    expect(await Promise.race([answered, 'waiting'])).toBe('waiting')
    await vi.advanceTimersByTimeAsync(32_001)
    const answer = await answered
    expect(answer.status).toBe(504)
    expect(await answer.json()).toEqual({ reason: 'timedOut' })
    expect(answer.headers.get('connection')).toBe('close')
  })

  test('two minutes for a device to take a frame of its feed, then cuts it', async () => {
    const { app, anna, relay } = await openLab()
    await anna.write('client', newId(), newClient)
    const { body } = await app.request('/feed', { headers: anna.headers })
    const source = body?.getReader()
    expect((await source?.read())?.done).toBe(false)
    expect(relay.workspace?.hub.size()).toBe(1)
    await vi.advanceTimersByTimeAsync(119_000)
    expect((await source?.read())?.done).toBe(false)
    await vi.advanceTimersByTimeAsync(120_001)
    await expect(source?.read()).rejects.toThrow('does not read')
    expect(relay.workspace?.hub.size()).toBe(0)
  })
})

test('what waits for a stream is let go of by its bytes, too', () => {
  const hub = feedHub()
  const inbox = hub.open({ user: 'anna', session: 'one', device: null })
  const publish = (seq: number) =>
    hub.publish([
      {
        seq,
        id: newId(),
        type: 'client',
        update: new Uint8Array(10),
        state: new Uint8Array(5 * megabyte),
        row: { id: newId(), type: 'client' },
        rowJson: '{}',
        changeJson: '{}',
        fields: [],
        audienceBefore: null,
        audience: ['all'],
        device: 'phone',
      },
    ])
  for (const seq of [1, 2, 3]) publish(seq)
  expect(inbox.overflowed).toBe(false)
  publish(4)
  expect(inbox.overflowed).toBe(true)
  expect(inbox.take()).toEqual([])
})

test('an allowance is spent and comes back with time, also when the clock is set back', () => {
  let now = 1_000_000
  const { spend } = allowance(10, 2, () => now)
  expect(spend(10)).toBe(0)
  expect(spend(1)).toBe(500)
  now += 500
  expect(spend(1)).toBe(500)
  now -= 86_400_000
  expect(spend(1)).toBe(1000)
  now += 60_000
  // Never more than the burst.
  expect(spend(10)).toBe(0)
  expect(spend(2)).toBe(1000)
})

test('bodies of one user share an allowance, and give it back', () => {
  const { take } = intake()
  const held = Array.from({ length: 4 }, () => take('mallory', 8 * megabyte))
  expect(held.every(({ ok }) => ok)).toBe(true)
  expect(take('mallory', 1)).toMatchObject({ ok: false, reason: 'tooManyRequests' })
  expect(take('anna', 8 * megabyte).ok).toBe(true)
  for (const one of held) if (one.ok) one.value.end()
  const unsaid = take('mallory', 0)
  expect(take('mallory', 31 * megabyte).ok).toBe(true)
  if (!unsaid.ok) throw new Error('not let in')
  expect(unsaid.value.grow(megabyte).ok).toBe(true)
  expect(unsaid.value.grow(1)).toMatchObject({ ok: false, reason: 'tooManyRequests' })
})

test('bodies of all together have a limit too', () => {
  const { take } = intake()
  for (let user = 0; user < 6; user++) expect(take(`user ${user}`, 32 * megabyte).ok).toBe(true)
  expect(take('one more', megabyte)).toMatchObject({ ok: false, reason: 'overloaded' })
})
