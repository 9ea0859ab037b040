/**
 * 200 devices that come back at once after 8 hours, and 200 empty ones: time until all are caught
 * up, and the memory of the relay; beside it, one device alone.
 */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { setUp } from '../../lab/device.ts'
import { type Relay, startRelay } from '../../lab/relay.ts'
import { runJson } from '../processes.ts'
import type { Line } from '../report.ts'
import { seed } from '../seed.ts'

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

const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`

const measure = async (relay: Relay, what: string, head: number): Promise<Line[]> => {
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
  return [
    {
      what: `${devices} ${what}: all caught up`,
      measured: `${seconds(all.milliseconds)}, ${all.megabytes.toFixed(0)} MB sent`,
      beside: `one alone ${seconds(one.milliseconds)}`,
      ratio: all.milliseconds / one.milliseconds / devices,
      goal: '< 10 s',
    },
    ...(before && after
      ? [
          {
            what: `${devices} ${what}: most memory of the relay`,
            measured: `${after.most.toFixed(0)} MB`,
            beside: `before ${before.now.toFixed(0)} MB`,
            ratio: after.most / before.now,
            goal: '< 400 MB',
          },
        ]
      : []),
  ]
}

export const reconnect = async (): Promise<Line[]> => {
  const relay = await startRelay()
  try {
    const admin = await setUp(relay.url)
    const stored = await seed(relay, admin.session.user.id, 'M', true)
    return [
      ...(await measure(relay, 'devices after 8 hours', stored - changed)),
      ...(await measure(relay, 'empty devices (10,000 clients, 100,000 messages)', 0)),
    ]
  } finally {
    await relay.stop()
  }
}
