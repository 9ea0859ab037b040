/**
 * 200 devices that come back at once after 8 hours, and 200 empty ones: time until all are caught
 * up, and the memory of the relay; beside it, one device alone.
 */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { NodeDevice } from '../../lab/device.ts'
import type { Relay } from '../../lab/relay.ts'
import { atMost, type Size, sizes } from '../data.ts'
import { seconds, thousands } from '../figures.ts'
import { runJson } from '../processes.ts'
import type { Tell } from '../report.ts'
import { seededRelay } from '../seeded.ts'

const devices = 200
/** Records that an office of 200 changes in 8 hours. */
const changed = 2_000

const load = fileURLToPath(new URL('../reconnect.ts', import.meta.url))

/** Megabytes: most that the process has held since its start (VmHWM), and holds now (VmRSS). */
const memory = async (pid: number): Promise<{ most: number; now: number } | null> => {
  // Linux only; elsewhere the lines of memory are left out.
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => null)
  if (status === null) return null
  const field = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024
  return { most: field('VmHWM'), now: field('VmRSS') }
}

const measure = async (relay: Relay, what: string, head: number, tell: Tell): Promise<void> => {
  // A relay of its own for each line: what it held before is not counted.
  await relay.restart()
  const before = await memory(relay.pid)
  const open = (count: number) =>
    runJson<{ milliseconds: number; megabytes: number }>([
      ...['--import', 'tsx', load, relay.url],
      ...[count, head].map(String),
    ])
  const all = await open(devices)
  const after = await memory(relay.pid)
  const one = await open(1)
  tell({
    what: `${devices} ${what}: all caught up`,
    measured: `${seconds(all.milliseconds)}, ${all.megabytes.toFixed(0)} MB sent`,
    beside: `one alone ${seconds(one.milliseconds)}`,
    ratio: all.milliseconds / one.milliseconds / devices,
    goal: '< 10 s',
    met: all.milliseconds < 10_000,
  })
  if (before && after)
    tell({
      what: `${devices} ${what}: most memory of the relay`,
      measured: `${after.most.toFixed(0)} MB`,
      beside: `before ${before.now.toFixed(0)} MB`,
      ratio: after.most / before.now,
      goal: '< 400 MB',
      met: after.most < 400,
    })
}

export const reconnect = async (most: Size, tell: Tell): Promise<void> => {
  const size = atMost('M', most)
  const { relay, admin } = await seededRelay(size, true)
  try {
    const stored = await headOf(admin)
    const missed = Math.min(changed, Math.floor(stored / 2))
    await measure(relay, 'devices after 8 hours', stored - missed, tell)
    const messages = sizes[size] * 10
    const what = `empty devices (${thousands(sizes[size])} clients, ${thousands(messages)} messages)`
    await measure(relay, what, 0, tell)
  } finally {
    await relay.stop()
  }
}

/** Newest seq of the relay. */
const headOf = async (device: NodeDevice): Promise<number> => {
  for await (const frame of device.feed({ head: 0, below: 0 }))
    if (frame.kind === 'hello') {
      return frame.hello.head
    }
  throw new Error('the feed did not begin with its hello')
}
