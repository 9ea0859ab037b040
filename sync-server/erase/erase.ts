/**
 * Erasing: the content of a record goes from the base, its history and files, and from every device;
 * its id stays, so that a device that was away cannot bring it back.
 *
 *     exclusively in the pipeline: what belongs to it ─► store.erase ─► streams, rooms ─► files
 *
 * Nothing else writes records meanwhile, so that no message can arrive between looking and erasing.
 */
import type { Clock } from '../../shared/clock.ts'
import { derivedId, segmentId } from '../../shared/ids.ts'
import { fail, ok, type Result } from '../../shared/reasons.ts'
import { declarationOf, isRecordType } from '../../shared/records/index.ts'
import type { Pipeline } from '../commit/pipeline.ts'
import type { FileDisk } from '../files/disk.ts'
import { mergedRecords } from '../merges/resolve.ts'
import type { WorkspaceStore } from '../store/store.ts'

/** Written down about one contact by hand: twenty a day for a year, many times over. */
const maxInteractions = 100_000

/** What goes with a client or a person, beside what was written down about them by hand. */
export interface Scope {
  /** Contact persons of a client. */
  persons: boolean
  /** Their dialogs with all messages and files. What was planned with them goes always. */
  messages: boolean
  /** Interests of them, with their sums: their names and descriptions say who somebody is. */
  interests: boolean
  /** Contracts with them, with their files. */
  contracts: boolean
}

export interface EraseDeps {
  store: WorkspaceStore
  pipeline: Pipeline
  disk: FileDisk
  clock: Clock
  /** Tells open streams and rooms. */
  tell: (ids: string[], seq: number) => void
}

export interface Erasure {
  id: string
  scope: Scope
  /** Who wants it: an employee, or `relay` for what lay in the trash long enough. */
  user: string
  /** Asked right before, when nothing can change any more. */
  isWanted: (row: Record<string, unknown>) => boolean
}

/** Erases a record. Fails with `gone`, or `forbidden` where it is of no erasable type or not wanted. */
export const erase = async (deps: EraseDeps, erasure: Erasure): Promise<Result<string[]>> => {
  const { store, pipeline, disk, clock, tell } = deps
  const { id, scope, user, isWanted } = erasure
  const outcome = await pipeline.exclusively(async (drop): Promise<Result<string[]>> => {
    const document = await pipeline.read(id)
    if (!document) return fail('gone')
    const { type, row } = document
    if (!isRecordType(type) || !declarationOf(type).trash || !isWanted(row))
      return fail('forbidden')
    const ids = await belongings(deps, await mergedRecords(pipeline.read, id), scope)
    drop(ids)
    const seq = await store.erase(ids, clock(), user)
    tell(ids, seq)
    return ok(ids)
  })
  if (outcome.ok) await removeFiles(store, disk)
  return outcome
}

/** Of a client its own, of a person those that name no client: others are somebody else's. */
const dealsOf = async (
  { store, pipeline }: Pick<EraseDeps, 'store' | 'pipeline'>,
  type: 'interest' | 'contract',
  people: readonly string[],
): Promise<string[]> => {
  const named = await Promise.all(people.map((id) => store.referring(type, id)))
  const found: string[] = []
  for (const id of new Set(named.flat())) {
    const row = (await pipeline.read(id))?.row
    if (people.includes(String(row?.client ?? row?.person))) found.push(id)
  }
  return found
}

const belongings = async (
  { store, pipeline }: EraseDeps,
  records: readonly string[],
  scope: Scope,
): Promise<string[]> => {
  const persons = scope.persons
    ? await Promise.all(records.map((id) => store.referring('person', id)))
    : []
  const people = [...new Set([...records, ...persons.flat()])]
  const written = await Promise.all(
    people.map((id) => store.lookup('contact', id, maxInteractions)),
  )
  const deals = [
    ...(scope.interests ? await dealsOf({ store, pipeline }, 'interest', people) : []),
    ...(scope.contracts ? await dealsOf({ store, pipeline }, 'contract', people) : []),
  ]
  const planned = await Promise.all([...people, ...deals].map((id) => store.referring('task', id)))
  const contacts = [
    ...new Set([...people, ...deals, ...written.flat().map(({ id }) => id), ...planned.flat()]),
  ]
  if (!scope.messages) return withPrivateValues(store, contacts)
  const dialogs = new Set<string>()
  for (const contact of people)
    for (const dialog of await store.referring('dialog', contact)) dialogs.add(dialog)
  const parts = [...dialogs].flatMap((dialog) => [
    ...months.map((month) => segmentId(dialog, month)),
    derivedId('appeal', dialog),
  ])
  return withPrivateValues(store, [...contacts, ...dialogs, ...(await store.existing(parts))])
}

/** A record has one for each field that not everyone may see: fewer than there are fields. */
const maxPrivateValues = 1_000

const withPrivateValues = async (store: WorkspaceStore, ids: string[]): Promise<string[]> => {
  const values = await Promise.all(ids.map((id) => store.lookup('record', id, maxPrivateValues)))
  return [...ids, ...values.flat().map(({ id }) => id)]
}

/**
 * The first of every month that a message can have (see `moment`): trying the ids of all segments a
 * dialog could have takes milliseconds, reading every row for its dialog takes seconds.
 */
const months: number[] = Array.from({ length: (2100 - 1970) * 12 + 1 }, (_, month) =>
  Date.UTC(1970, month),
)

/** Takes files from the disk that nothing names any more, those of an earlier, cut off run too. */
export const removeFiles = async (store: WorkspaceStore, disk: FileDisk): Promise<void> => {
  for (const hash of await store.doomedFiles()) {
    // Somebody brought the same bytes again meanwhile.
    if (!(await store.file(hash))) await disk.remove(hash)
    await store.fileGone(hash)
  }
}
