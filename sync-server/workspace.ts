/** A company's part of the relay: its store and everything that works on it. */
import { setImmediate } from 'node:timers/promises'
import type { Clock } from '../shared/clock.ts'
import type { Reason } from '../shared/reasons.ts'
import type { Patch } from '../shared/records/change.ts'
import type { RecordType } from '../shared/records/index.ts'
import { service } from '../shared/rights.ts'
import { openSessions, type Sessions } from './auth/sessions.ts'
import { takeCensus } from './census.ts'
import type { Fault } from './commit/faults.ts'
import type { LatePatch } from './commit/judgement.ts'
import { type Pipeline, type Proposal, pipeline } from './commit/pipeline.ts'
import { type JobBoard, jobBoard } from './connector/jobs.ts'
import { type Directory, openDirectory } from './directory.ts'
import { type EraseDeps, type Erasure, erase } from './erase/erase.ts'
import { purgeNotices, purgeTrash } from './erase/purge.ts'
import { type ErrandJob, errandJob } from './errands/run.ts'
import { type Backlog, backlogFrames } from './feed/backlog.ts'
import { feedHub, type Hub, type StreamOwner } from './feed/hub.ts'
import type { FileDisk } from './files/disk.ts'
import { isPhoto } from './files/photo.ts'
import { type Bell, bell } from './hooks/bell.ts'
import { type Rooms, rooms } from './live/rooms.ts'
import { dialogsOfDecided } from './merges/decided.ts'
import { settleMerges } from './merges/settle.ts'
import type { Metrics } from './metrics.ts'
import { privateValues } from './private-values.ts'
import { reaudit } from './reaudit.ts'
import type { Store, WorkspaceFacts, WorkspaceStore } from './store/store.ts'

export interface Workspace {
  facts: WorkspaceFacts
  store: WorkspaceStore
  pipeline: Pipeline
  directory: Directory
  sessions: Sessions
  hub: Hub
  backlog: Backlog
  rooms: Rooms
  jobs: JobBoard
  hookBell: Bell
  /** Tasks that segments of clients ask for. */
  errands: ErrandJob
  /** A change made by the relay itself, `turn` where it belongs to what somebody proposed. */
  write(
    type: RecordType,
    id: string,
    patch: Patch | LatePatch,
    turn?: Pick<Proposal, 'turnOf' | 'together'>,
  ): ReturnType<Pipeline['propose']>
  /** Takes a record out of everything for good. */
  erase(disk: FileDisk, erasure: Erasure): ReturnType<typeof erase>
  /** Erases what lay in the trash long enough; returns how many records. `holder` names the process. */
  purgeTrash(disk: FileDisk, holder: string): Promise<number>
  /** Erases notices that are old enough; returns how many. */
  purgeNotices(): Promise<number>
  /** Counts all records for `/metrics`; gives up when `isOver` says so. */
  count(isOver: () => boolean): Promise<void>
  /** Ends streams and rooms, such as those of a session that is over. */
  disconnect(reason: Reason, filter: (owner: StreamOwner) => boolean): void
  /** From then on nothing happens by the clock. */
  stopClock(): void
}

/** How late a deputy may get or lose the work of an absent colleague, ms. */
const tickEvery = 500

export interface WorkspaceDeps {
  store: Store
  clock: Clock
  fault: Fault
  metrics: Metrics
  /** Where bytes of files are read. */
  disk: Pick<FileDisk, 'read'>
  /** A random unsigned 32-bit number. */
  random32: () => number
  onError: (error: unknown) => void
}

export const openWorkspace = async (
  facts: WorkspaceFacts,
  deps: WorkspaceDeps,
): Promise<Workspace> => {
  const { clock, fault, metrics, disk, random32, onError } = deps
  const store = deps.store.of(facts.id)
  let directory: Directory | null = null
  const commits = pipeline({
    store,
    clock,
    fault,
    onError,
    writer: random32(),
    meter: metrics.commits,
    isPhoto: (hash) => isPhoto(store, disk, hash),
    readers: (who, kind, row) => directory?.readersOf(who, kind, row) ?? [],
  })
  const write: Workspace['write'] = (type, id, patch, turn) =>
    commits.propose({
      ...turn,
      id,
      type,
      change: patch,
      subject: service('relay'),
      device: 'relay',
      madeAt: clock(),
    })
  await reaudit({ store, pipeline: commits, write })
  const opened = await openDirectory(store, clock)
  directory = opened
  const hub = feedHub()
  const live = rooms({ pipeline: commits, subjectOf: opened.subjectOf, clock })
  const sessions = openSessions(store, clock)

  const disconnect: Workspace['disconnect'] = (reason, filter) => {
    hub.end(reason, filter)
    live.end(reason, filter)
  }

  // In this order: rights first, then those who are told by them.
  commits.observe(opened.take)
  commits.observe((changes) => {
    for (const { type, row } of changes) {
      if (type !== 'employee' || opened.subjectOf(row.id)) continue
      disconnect('blocked', ({ user }) => user === row.id)
      store.deleteSessionsOf(row.id).catch(onError)
    }
  })
  commits.observe(live.take)
  commits.observe(hub.publish)

  // What begins or ends by the clock alone (F283).
  const ticking = setInterval(() => {
    if (!opened.tick()) return
    live.checkRights()
    hub.nudge()
  }, tickEvery)
  ticking.unref()

  commits.observe(
    settleMerges({
      read: commits.read,
      write,
      clock,
      later: (act, after) => setTimeout(act, after).unref(),
      onError,
    }),
  )

  commits.observe(dialogsOfDecided({ read: commits.read, write, onError }))

  const values = privateValues({ store, read: commits.read, write, directory, onError })
  commits.observe(values.take)
  await values.arrange()

  const errands = errandJob({ store, directory: opened, pipeline: commits, write, clock, random32 })
  commits.observe(errands.take)

  const backlog = backlogFrames(store)
  const erasing: Omit<EraseDeps, 'disk'> = {
    store,
    pipeline: commits,
    clock,
    tell: (ids, seq) => {
      backlog.clear()
      hub.publishErasure(ids, seq)
      live.endRecords('gone', ids)
    },
  }
  return {
    facts,
    store,
    pipeline: commits,
    directory: opened,
    sessions,
    hub,
    backlog,
    rooms: live,
    jobs: jobBoard(clock),
    hookBell: bell(),
    errands,
    write,
    erase: (disk, erasure) => erase({ ...erasing, disk }, erasure),
    purgeTrash: (disk, holder) => purgeTrash({ ...erasing, disk }, holder),
    purgeNotices: () => purgeNotices({ ...erasing }),
    count: async (isOver) => {
      const census = await takeCensus(store, clock, async () => {
        await setImmediate()
        return !isOver()
      })
      if (census) metrics.census(census)
    },
    disconnect,
    stopClock: () => clearInterval(ticking),
  }
}
