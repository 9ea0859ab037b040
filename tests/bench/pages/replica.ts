/** The replica without screens, as the benchmarks drive it from outside. */
import Dexie, { liveQuery } from 'dexie'
import { openReplica, type Replica } from '../../../client/replica/index.ts'
import { entriesOf } from '../../../client/replica/message-blocks.ts'
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
  const complete = now() - started
  const counts = await Promise.all(recordTypes.map((type) => rowsOf(base, type).count()))
  const messages = (await base.messageBlock.toArray()).flatMap(entriesOf).length
  const rows = counts.reduce((all, one) => all + one, messages)
  return { usable, complete, rows, bytes: await usage() }
}

const usage = async (): Promise<number> => (await navigator.storage.estimate()).usage ?? 0
/** Tables of what screens read. */
const tablesOf = () => [
  ...recordTypes.map((type) => rowsOf(opened().base, type).name),
  'messageBlock',
]

/** Rows written in one transaction, as the syncing worker does. */
const batch = 1_000

/** Writes the rows that the replica holds into another base with the same indexes and nothing else. */
const rawDexie = async () => {
  const source = opened().base
  const before = await usage()
  const rows = new Map<string, unknown[]>()
  for (const table of tablesOf()) rows.set(table, await source.table(table).toArray())
  const target = openBase('raw-dexie')
  await target.open()
  const started = now()
  for (const [table, list] of rows)
    for (let at = 0; at < list.length; at += batch)
      await target.table(table).bulkPut(list.slice(at, at + batch))
  const taken = now() - started
  const bytes = (await usage()) - before
  await target.delete()
  const json = [...rows.values()].flat().reduce<number>((all, row) => all + lengthOf(row), 0)
  return { taken, bytes, json }
}

const lengthOf = (row: unknown): number => new TextEncoder().encode(JSON.stringify(row)).length

/** The same with every message as a row of its own, as an application with Dexie alone would do it. */
const rawMessages = async (): Promise<number> => {
  const { base } = opened()
  const blocks = await base.messageBlock.toArray()
  const messages = blocks.flatMap(({ json, ...head }) =>
    entriesOf({ json }).map((entry) => ({
      ...entry,
      id: `${head.segment}/${entry.key}`,
      dialog: head.dialog,
      account: head.account,
    })),
  )
  const target = new Dexie('raw-messages')
  target.version(1).stores({ message: 'id, [dialog+at], [account+folder+at]' })
  await target.open()
  const started = now()
  for (let at = 0; at < messages.length; at += batch)
    await target.table('message').bulkPut(messages.slice(at, at + batch))
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

/** Sets a field of each client, as somebody who works with no network does. */
const edit = async (ids: string[], field: string, prefix: string): Promise<void> => {
  const writes = ids.map((id, i) => ({
    type: 'client' as const,
    id,
    patch: { [field]: `${prefix} ${i}` },
  }))
  const result = await opened().writeAll(writes)
  if (!result.ok) throw new Error(result.reason)
}

/**
 * Waits until the clients hold what was set in their names and in their notes and the relay has
 * confirmed this device's part, `patience` ms at most; how many of the changes are there. The base is
 * asked only once nothing waits to be sent, and for all rows only once the last one is right: what is
 * asked every 10 ms kept the base from what it waits for.
 */
const merged = async (
  ids: string[],
  [name, note]: readonly [name: string, note: string],
  patience: number,
): Promise<number> => {
  const { base, status } = opened()
  const held = async (from: number) => {
    const rows = await base.client.bulkGet(ids.slice(from))
    const names = rows.filter((row, i) => row?.name === `${name} ${from + i}`).length
    return names + rows.filter((row, i) => row?.note === `${note} ${from + i}`).length
  }
  for (const end = now() + patience; ; ) {
    const mayBeDone = status.value.waiting === 0 && (await held(ids.length - 1)) === 2
    if (mayBeDone || now() > end) {
      const all = await held(0)
      if (all === 2 * ids.length || now() > end) return all
    }
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** Name → when a row with it was read on this device. */
const seen: Record<string, number> = {}

/** Watches a client's row as a screen does. */
const watch = (id: string): void => {
  liveQuery(() => opened().base.client.get(id)).subscribe((row) => {
    if (row) seen[row.name] ??= now()
  })
}

const bench = {
  open,
  firstSync,
  rawDexie,
  rawMessages,
  rename,
  edit,
  merged,
  watch,
  seen: () => seen,
}
export type Bench = typeof bench

declare global {
  interface Window {
    bench: Bench
  }
}
window.bench = bench
