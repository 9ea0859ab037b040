/** The replica without screens, as the benchmarks drive it from outside. */
import { liveQuery } from 'dexie'
import { openReplica, type Replica } from '../../../client/replica/index.ts'
import { openBase, rowsOf } from '../../../client/replica/tables.ts'
import type { SessionInfo } from '../../../shared/protocol/api.ts'
import { recordTypes } from '../../../shared/records/index.ts'

/** Milliseconds on a clock that all pages of this machine share. */
const now = () => performance.timeOrigin + performance.now()

let replica: Replica | null = null
const opened = (): Replica => {
  if (!replica) throw new Error('open() comes first')
  return replica
}

const open = async (session: SessionInfo): Promise<void> => {
  replica = await openReplica(session)
}

/** Rows that fill the first screen of the list. */
const firstScreen = 50

/** Opens an empty replica and waits until everything is here. Milliseconds from the start. */
const firstSync = async (session: SessionInfo) => {
  const started = now()
  await open(session)
  const { base, status } = opened()
  let usable = 0
  while (!status.value.complete) {
    if (!usable && (await base.client.count()) >= firstScreen) usable = now() - started
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  return { usable, complete: now() - started, clients: await base.client.count() }
}

/** Rows written in one transaction, as the syncing worker does. */
const batch = 1_000

/** Writes the rows that the replica holds into another base with the same indexes and nothing else. */
const rawDexie = async (): Promise<number> => {
  const source = opened().base
  const tables = [...recordTypes.map((type) => rowsOf(source, type).name), 'messageBlock']
  const rows = new Map<string, unknown[]>()
  for (const table of tables) rows.set(table, await source.table(table).toArray())
  const target = openBase('raw-dexie')
  await target.open()
  const started = now()
  for (const [table, list] of rows)
    for (let at = 0; at < list.length; at += batch)
      await target.table(table).bulkPut(list.slice(at, at + batch))
  const taken = now() - started
  await target.delete()
  return taken
}

const rename = async (id: string, name: string): Promise<number> => {
  const at = now()
  const result = await opened().write('client', id, { name })
  if (!result.ok) throw new Error(result.reason)
  return at
}

/** Name → when a row with it was read on this device. */
const seen: Record<string, number> = {}

/** Watches a client's row as a screen does. */
const watch = (id: string): void => {
  liveQuery(() => opened().base.client.get(id)).subscribe((row) => {
    if (row) seen[row.name] ??= now()
  })
}

const bench = { open, firstSync, rawDexie, rename, watch, seen: () => seen }
export type Bench = typeof bench

declare global {
  interface Window {
    bench: Bench
  }
}
window.bench = bench
