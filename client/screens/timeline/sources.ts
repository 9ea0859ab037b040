/** Where the entries of a contact's timeline come from: rows of the replica, and the kept history. */
import { contractMoments } from '../../../shared/contracts.ts'
import type { HistoryEntry } from '../../../shared/protocol/api.ts'
import {
  type BlockSpan,
  blockSpans,
  identitiesOf,
  messagesOfBlocks,
  type ReplicaBase,
  type StoredRow,
} from '../../replica/index.ts'
import { dialogsOf, personsOf } from '../clients/client-queries.ts'
import { tasksOf } from '../tasks/task-queries.ts'
import { changeEntry, isRead, matcher, type TimelineEntry, type TimelineFilter } from './entries.ts'
import type { Source } from './pages.ts'

export interface TimelineOf {
  table: 'client' | 'person'
  id: string
}

type Matches = (entry: TimelineEntry) => boolean

/** Tables whose changes may change a timeline. */
export const timelineTables = [
  'messageBlock',
  'dialog',
  'interaction',
  'task',
  'interest',
  'contract',
  'person',
]

/** Blocks of messages read at once: 200 messages, parsed within a frame of a busy machine. */
const blocksAtOnce = 2

const messageSource =
  (base: ReplicaBase, spans: readonly BlockSpan[], matches: Matches): Source =>
  async ({ before, since, count }) => {
    const wanted = spans.filter(({ key, until }) => key[1] < before && until > since)
    const found: TimelineEntry[] = []
    for (let start = 0; start < wanted.length; start += blocksAtOnce) {
      const step = wanted.slice(start, start + blocksAtOnce)
      for (const message of await messagesOfBlocks(
        base,
        step.map(({ key }) => key),
      )) {
        const { id, at } = message
        const entry: TimelineEntry = { kind: 'message', key: id, at, message }
        if (at < before && at >= since && matches(entry)) found.push(entry)
      }
      // What is not read yet is older than the first of it can be.
      const reached = wanted[start + blocksAtOnce]?.until
      if (reached === undefined) break
      const entries = found.filter(({ at }) => at >= reached)
      if (entries.length >= count) return { entries, reached }
    }
    return { entries: found, reached: since }
  }

/** Rows of one contact read at once. */
const rowsAtOnce = 100

const interactionSource =
  (base: ReplicaBase, contacts: readonly string[], matches: Matches): Source =>
  async (stretch) => {
    const told = await Promise.all(
      contacts.map((contact) => interactionsOf(base, contact, stretch, matches)),
    )
    const reached = Math.max(stretch.since, ...told.map((one) => one.reached))
    // One that two of them took part in is one.
    const byId = new Map(told.flatMap(({ entries }) => entries.map((entry) => [entry.key, entry])))
    return { entries: [...byId.values()].filter(({ at }) => at >= reached), reached }
  }

const interactionsOf = async (
  base: ReplicaBase,
  contact: string,
  { before, since, count }: Parameters<Source>[0],
  matches: Matches,
) => {
  const entries: TimelineEntry[] = []
  const take = (rows: readonly StoredRow<'interaction'>[]) => {
    for (const interaction of rows) {
      const { id, at } = interaction
      const entry: TimelineEntry = { kind: 'interaction', key: id, at, interaction }
      if (matches(entry)) entries.push(entry)
    }
  }
  const places = base.interaction.where('places')
  for (let end = before; ; ) {
    const rows = await places
      .between([contact, since], [contact, end], true, false)
      .reverse()
      .limit(rowsAtOnce)
      .toArray()
    const last = rows.at(-1)
    if (!last || rows.length < rowsAtOnce) {
      take(rows)
      return { entries, reached: since }
    }
    // Those of the last one's very moment are read whole, or the step could cut between them.
    take(rows.filter(({ at }) => at > last.at))
    take(await base.interaction.where('places').equals([contact, last.at]).toArray())
    if (entries.length >= count) return { entries, reached: last.at }
    end = last.at
  }
}

/** Of entries that are few enough to be held whole. */
const heldSource =
  (entries: readonly TimelineEntry[], matches: Matches): Source =>
  async ({ before, since }) => ({
    entries: entries.filter((entry) => entry.at < before && entry.at >= since && matches(entry)),
    reached: since,
  })

/** A task stands where it was closed, or else where it was planned. */
const taskEntries = async (
  base: ReplicaBase,
  { table, id }: TimelineOf,
): Promise<TimelineEntry[]> =>
  (await tasksOf(base, table, id)).map((task) => ({
    kind: 'task',
    key: task.id,
    at: task.done?.at ?? task.createdAt ?? 0,
    task,
  }))

/** An Interest stands where it was won or lost, or else where it began. */
const interestEntries = async (
  base: ReplicaBase,
  table: TimelineOf['table'],
  identities: readonly string[],
): Promise<TimelineEntry[]> =>
  (await base.interest.where(table).anyOf(identities).toArray())
    .filter(({ deletedAt }) => deletedAt === undefined)
    .map((interest) => ({
      kind: 'interest',
      key: interest.id,
      at: interest.closedAt ?? interest.createdAt ?? 0,
      interest,
    }))

/** A contract stands where it was made, and where it was signed and ended. */
const contractEntries = async (
  base: ReplicaBase,
  table: TimelineOf['table'],
  identities: readonly string[],
): Promise<TimelineEntry[]> =>
  (await base.contract.where(table).anyOf(identities).toArray())
    .filter(({ deletedAt }) => deletedAt === undefined)
    .flatMap((contract) =>
      contractMoments(contract).map(
        ({ moment, at }): TimelineEntry => ({
          kind: 'contract',
          key: `${contract.id} ${moment}`,
          at,
          contract,
          moment,
        }),
      ),
    )

/** The sources as they are now: dialogs and people come and go, so they are opened anew after a change. */
export const openSources = async (
  base: ReplicaBase,
  { table, id }: TimelineOf,
  filter: TimelineFilter,
  history: readonly HistoryEntry[],
): Promise<Source[]> => {
  const persons = table === 'client' ? await personsOf(base, id) : []
  const identities = await identitiesOf(base, table, id)
  const contacts = [...identities, ...persons.map((person) => person.id)]
  const byAddress = new Map(
    persons.flatMap((person) =>
      person.emails.map(({ value }) => [value.toLowerCase(), person.id] as const),
    ),
  )
  const matches = matcher(filter, byAddress)
  const sources: Source[] = []
  if (isRead('message', filter)) {
    const dialogs = await dialogsOf(base, table === 'client' ? { client: id } : { person: id })
    const living = dialogs.filter(({ deletedAt }) => deletedAt === undefined)
    const spans = await blockSpans(
      base,
      living.map((dialog) => dialog.id),
    )
    sources.push(messageSource(base, spans, matches))
  }
  if (isRead('interaction', filter)) sources.push(interactionSource(base, contacts, matches))
  if (isRead('task', filter))
    sources.push(heldSource(await taskEntries(base, { table, id }), matches))
  if (isRead('interest', filter))
    sources.push(heldSource(await interestEntries(base, table, identities), matches))
  if (isRead('contract', filter))
    sources.push(heldSource(await contractEntries(base, table, identities), matches))
  if (isRead('change', filter))
    sources.push(
      heldSource(
        history.flatMap((one) => changeEntry(one) ?? []),
        matches,
      ),
    )
  return sources
}
