import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import type { Committed } from '../../../sync-server/commit/judgement.ts'
import { feedHub } from '../../../sync-server/feed/hub.ts'

const change = (seq: number, device: string): Committed => ({
  seq,
  id: newId(),
  type: 'client',
  update: new Uint8Array(1),
  state: new Uint8Array(1),
  row: { id: newId(), type: 'client' },
  rowJson: '{}',
  changeJson: '{}',
  fields: [],
  audienceBefore: null,
  audience: ['all'],
  device,
})

describe('of a change', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  /** What a device hears, and when, ms from now. */
  const listen = () => {
    const hub = feedHub()
    const heard: Record<string, [at: number, seqs: number[]][]> = {}
    const began = Date.now()
    const open = (device: string) => {
      const inbox = hub.open({ user: 'anna', session: device, device })
      const told: [number, number[]][] = []
      heard[device] = told
      const loop = async () => {
        for (;;) {
          await inbox.wait(60_000)
          const seqs = inbox.take().flatMap(({ changes }) => changes.map(({ seq }) => seq))
          if (seqs.length === 0) return
          told.push([Date.now() - began, seqs])
        }
      }
      void loop()
    }
    open('phone')
    open('laptop')
    return { hub, heard }
  }

  test('other devices hear at once, and the one that made it a moment later, of several together', async () => {
    const { hub, heard } = listen()
    hub.publish([change(1, 'phone')])
    await vi.advanceTimersByTimeAsync(20)
    hub.publish([change(2, 'phone')])
    await vi.advanceTimersByTimeAsync(100)
    hub.publish([change(3, 'phone')])
    await vi.advanceTimersByTimeAsync(100)
    expect(heard).toEqual({
      phone: [
        [50, [1, 2]],
        [170, [3]],
      ],
      laptop: [
        [0, [1]],
        [20, [2]],
        [120, [3]],
      ],
    })
  })

  test('the one that made it hears at once together with what others did', async () => {
    const { hub, heard } = listen()
    hub.publish([change(1, 'phone')])
    await vi.advanceTimersByTimeAsync(20)
    hub.publish([change(2, 'laptop')])
    await vi.advanceTimersByTimeAsync(0)
    hub.publish([change(3, 'phone'), change(4, 'relay')])
    await vi.advanceTimersByTimeAsync(100)
    expect(heard.phone).toEqual([
      [20, [1, 2]],
      [20, [3, 4]],
    ])
  })
})
