/**
 * Acknowledged edits a second from 50 devices on one relay process over SQLite, and how many of
 * them are gone after `kill -9`; the same work on Hocuspocus with its SQLite extension.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setUp, signIn } from '../../lab/device.ts'
import { freePorts } from '../../lab/free-ports.ts'
import { startRelay } from '../../lab/relay.ts'
import { runJson } from '../processes.ts'
import type { Line } from '../report.ts'

const devices = 50
const duration = 8_000
/** Edits that a device has on their way at a time: one who types, one who imports. */
const batches = [1, 10]

const here = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0)

const ours = async (batch: number) => {
  const relay = await startRelay()
  await setUp(relay.url)
  const load = await runJson<{ ids: string[]; acknowledged: number[]; seconds: number }>([
    '--import',
    'tsx',
    here('load.ts'),
    relay.url,
    ...[devices, duration, batch].map(String),
  ])
  await relay.kill9()
  await relay.restart()
  const stored = new Map<string, number>()
  for await (const frame of (await signIn(relay.url)).feed()) {
    if (frame.kind === 'caughtUp') break
    if (frame.kind !== 'records') continue
    for (const { id, row } of frame.entries)
      stored.set(id, Number(/\d+/.exec(String(row.name))?.[0]))
  }
  await relay.stop()
  const lost = load.ids.map((id, i) =>
    Math.max(0, (load.acknowledged[i] ?? 0) - (stored.get(id) ?? 0)),
  )
  return { perSecond: sum(load.acknowledged) / load.seconds, lost: sum(lost) }
}

const hocuspocusServer = async (port: number, database: string): Promise<ChildProcess> => {
  const server = fork(here('hocuspocus/server.mjs'), [String(port), database])
  await once(server, 'message')
  return server
}

const hocuspocus = async (batch: number) => {
  const folder = await mkdtemp(join(tmpdir(), 'bench-hocuspocus-'))
  const [port = 0] = await freePorts(1)
  const url = `ws://127.0.0.1:${port}`
  const load = (...more: string[]) => [
    here('hocuspocus/load.mjs'),
    url,
    ...[devices, duration, batch].map(String),
    ...more,
  ]
  let server = await hocuspocusServer(port, join(folder, 'db.sqlite'))
  const { acknowledged, seconds } = await runJson<{ acknowledged: number[]; seconds: number }>(
    load(),
  )
  server.kill('SIGKILL')
  await once(server, 'exit')
  server = await hocuspocusServer(port, join(folder, 'db.sqlite'))
  const { found } = await runJson<{ found: number[] }>(load('read'))
  server.kill('SIGKILL')
  await once(server, 'exit')
  await rm(folder, { recursive: true })
  const lost = acknowledged.map((edit, i) => Math.max(0, edit - (found[i] ?? 0)))
  return { perSecond: sum(acknowledged) / seconds, lost: sum(lost) }
}

export const acknowledged = async (): Promise<Line[]> => {
  const lines: Line[] = []
  for (const batch of batches) {
    const [mine, theirs] = [await ours(batch), await hocuspocus(batch)]
    lines.push(
      {
        what: `acknowledged edits a second, ${devices} devices, ${batch} at a time`,
        measured: mine.perSecond.toFixed(0),
        beside: `Hocuspocus ${theirs.perSecond.toFixed(0)}`,
        ratio: mine.perSecond / theirs.perSecond,
        goal: '> 3,000',
      },
      {
        what: 'of them lost by kill -9 at the end',
        measured: String(mine.lost),
        beside: `Hocuspocus ${theirs.lost}`,
        goal: '0',
      },
    )
  }
  return lines
}
