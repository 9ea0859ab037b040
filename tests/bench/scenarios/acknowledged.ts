/**
 * Acknowledged edits a second from 50 devices on one relay process over SQLite, and how many of
 * them are gone after `kill -9`; the same work on Hocuspocus with its SQLite extension and on PouchDB's
 * server with LevelDB, and the bare commits of SQLite.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { setUp, signIn } from '../../lab/device.ts'
import { freePorts } from '../../lab/free-ports.ts'
import { startRelay } from '../../lab/relay.ts'
import type { Size } from '../data.ts'
import { sum, thousands } from '../figures.ts'
import { runJson } from '../processes.ts'
import type { Line, Tell } from '../report.ts'

const devices = 50
const duration = 6_000
/** Edits that a device has on their way at a time: one who types, one who imports. */
const batches = [1, 10]

/** About what the state of an edited record weighs here. */
const stateBytes = 200

const here = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))

const outcome = (acknowledged: number[], seconds: number, lost: number[]) => ({
  perSecond: sum(acknowledged) / seconds,
  confirmed: sum(acknowledged),
  lost: sum(lost),
})

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
  return outcome(load.acknowledged, load.seconds, lost)
}

/** The same on a server and with a load of another product, which say the same things. */
const other = async (folder: string, batch: number) => {
  const directory = await mkdtemp(join(tmpdir(), `bench-${folder}-`))
  const [port = 0] = await freePorts(1)
  const start = async (): Promise<ChildProcess> => {
    const server = fork(here(`others/${folder}/server.mjs`), [
      String(port),
      join(directory, 'base'),
    ])
    await once(server, 'message')
    return server
  }
  const kill9 = async (server: ChildProcess) => {
    const ended = once(server, 'exit')
    server.kill('SIGKILL')
    await ended
  }
  const load = (...more: string[]) => [
    here(`others/${folder}/load.mjs`),
    String(port),
    ...[devices, duration, batch].map(String),
    ...more,
  ]
  let server = await start()
  const { acknowledged, seconds } = await runJson<{ acknowledged: number[]; seconds: number }>(
    load(),
  )
  await kill9(server)
  server = await start()
  const { found } = await runJson<{ found: number[] }>(load('read'))
  await kill9(server)
  await rm(directory, { recursive: true })
  const lost = acknowledged.map((edit, i) => Math.max(0, edit - (found[i] ?? 0)))
  return outcome(acknowledged, seconds, lost)
}

const hocuspocus = (batch: number) => other('hocuspocus', batch)
const pouchdb = (batch: number) => other('pouchdb', batch)

/** The plainest durable commit: one row, one transaction, synced to the disk before the next. */
const rawSqlite = async (): Promise<number> => {
  const folder = await mkdtemp(join(tmpdir(), 'bench-sqlite-'))
  const db = new Database(join(folder, 'raw.sqlite'))
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.exec('CREATE TABLE record (id INTEGER PRIMARY KEY, state BLOB NOT NULL)')
  const put = db.prepare('INSERT OR REPLACE INTO record (id, state) VALUES (?, ?)')
  const state = new Uint8Array(stateBytes).fill(1)
  const started = performance.now()
  let edits = 0
  while (performance.now() - started < duration / 4) put.run(edits++ % devices, state)
  const perSecond = (edits / (performance.now() - started)) * 1000
  db.close()
  await rm(folder, { recursive: true })
  return perSecond
}

export const acknowledged = async (_most: Size, tell: Tell): Promise<void> => {
  const sqlite = await rawSqlite()
  let lost = 0
  for (const batch of batches) {
    const [mine, hocus, pouch] = [await ours(batch), await hocuspocus(batch), await pouchdb(batch)]
    lost += mine.lost
    const what = `acknowledged edits a second, ${devices} devices, ${batch} at a time`
    const rate = (label: string, theirs: number, goal: Pick<Line, 'goal' | 'met'>) =>
      tell({
        what: `${what}, beside ${label}`,
        measured: thousands(mine.perSecond),
        beside: `${label} ${thousands(theirs)}`,
        ratio: mine.perSecond / theirs,
        ...goal,
      })
    rate('Hocuspocus', hocus.perSecond, { goal: '> 3,000', met: mine.perSecond > 3_000 })
    rate('PouchDB server', pouch.perSecond, { goal: '' })
    rate('raw SQLite, one commit each', sqlite, { goal: '' })
    tell({
      what: `of them lost by kill -9, ${batch} at a time`,
      measured: `${mine.lost} of ${thousands(mine.confirmed)}`,
      beside: `Hocuspocus ${thousands(hocus.lost)} of ${thousands(hocus.confirmed)}, PouchDB ${thousands(pouch.lost)} of ${thousands(pouch.confirmed)}`,
      goal: '0',
      met: mine.lost === 0,
    })
  }
  if (lost > 0) throw new Error(`${lost} acknowledged edits were lost`)
}
