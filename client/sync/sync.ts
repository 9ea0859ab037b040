/**
 * The syncing engine of a replica; runs in the worker of the one tab that holds the lock.
 *
 *     receive   feed ──► base          one connection at a time, again and again
 *     send      outbox ──► /push       woken by every new change
 *     upload    files ──► /files       beside `send`, so that a large file holds back only its record
 */
import type { Clock } from '../../shared/clock.ts'
import type { Reason } from '../../shared/reasons.ts'
import type { ReplicaChannel } from '../replica/channel.ts'
import { isFull, makeRoom } from '../replica/room.ts'
import type { Connection, SyncReport } from '../replica/status.ts'
import type { ReplicaBase } from '../replica/tables.ts'
import { backoff } from './backoff.ts'
import { createBell } from './bell.ts'
import { runFeed } from './feed.ts'
import { type PushDeps, type PushEnd, pushOnce, uploadOnce } from './push.ts'
import { toldChanges } from './told-changes.ts'

/** A device with no room is tried again this often, ms, and whenever its user asks. */
const lookForRoomEvery = 60_000

export interface SyncDeps {
  base: ReplicaBase
  channel: ReplicaChannel
  fetch: typeof fetch
  clock: Clock
  random: () => number
  draw: () => number
  device: string
}

/** Runs until the signal ends it; what was begun is then given up at the next safe point. */
export const runSync = async (deps: SyncDeps, until: AbortSignal): Promise<void> => {
  const ending = new AbortController()
  const signal = AbortSignal.any([until, ending.signal])
  const { base, channel } = deps
  const waiting = toldChanges()
  const bells = { receive: createBell(), send: createBell(), upload: createBell() }
  let report: SyncReport = { connection: { kind: 'connecting' }, progress: null }
  let networkUp = true
  let caughtUp = false
  let reconnect = new AbortController()

  const tell = (change: Partial<SyncReport>) => {
    report = { ...report, ...change }
    channel.send({ kind: 'report', report })
  }
  const connectionIs = (connection: Connection) => {
    if (connection.kind !== report.connection.kind || connection.kind === 'stopped')
      tell({ connection })
  }
  const stop = (reason: Reason) => connectionIs({ kind: 'stopped', reason })
  const isStopped = () => report.connection.kind === 'stopped'
  const wake = () => {
    if (isStopped()) connectionIs({ kind: 'connecting' })
    reconnect.abort()
    waiting.tell()
    for (const bell of Object.values(bells)) bell.ring()
  }
  /** Something may wait that nobody told. */
  const lookForChanges = () => {
    waiting.tell()
    bells.send.ring()
  }

  const stopListening = channel.listen((message) => {
    switch (message.kind) {
      case 'outbox':
        waiting.tell(message.entries)
        bells.send.ring()
        if (message.entries?.every(({ files }) => files.length === 0) !== true) bells.upload.ring()
        return
      case 'ask':
        return channel.send({ kind: 'report', report })
      case 'wake':
        return wake()
      case 'network':
        networkUp = message.up
        if (networkUp) return report.connection.kind === 'online' ? undefined : wake()
        if (!isStopped()) connectionIs({ kind: 'offline' })
        return reconnect.abort()
      case 'report':
        return
    }
  })
  tell({})
  // An emptied base must not go on with the stream of the one before it, which has told most already.
  const onClosed = () => {
    waiting.tell()
    reconnect.abort()
  }
  base.on('close', onClosed)

  const receive = async () => {
    for (let failures = 0; !signal.aborted; ) {
      if (isStopped()) {
        await bells.receive.wait(signal)
        continue
      }
      reconnect = new AbortController()
      caughtUp = false
      const end = await runFeed(
        {
          ...deps,
          onOnline: () => {
            failures = 0
            connectionIs({ kind: 'online' })
            lookForChanges()
            bells.upload.ring()
          },
          onProgress: (progress) => tell({ progress }),
          onOutbox: lookForChanges,
          onCaughtUp: () => {
            caughtUp = true
            lookForChanges()
          },
        },
        AbortSignal.any([signal, reconnect.signal]),
      )
      if (signal.aborted) return
      if (end.kind === 'stopped') stop(end.reason)
      if (end.kind === 'full') {
        if (await makeRoom(base, deps.clock)) continue
        connectionIs({ kind: 'full' })
        await bells.receive.wait(signal, lookForRoomEvery)
        continue
      }
      if (end.kind !== 'lost') continue
      // Asked to reconnect: that is no failure.
      if (reconnect.signal.aborted && networkUp) continue
      connectionIs({ kind: 'offline' })
      await bells.receive.wait(signal, backoff(failures++, deps.random))
    }
  }

  const drain = async (
    bell: typeof bells.send,
    once: (deps: PushDeps, signal: AbortSignal) => Promise<PushEnd>,
  ) => {
    for (let failures = 0; !signal.aborted; ) {
      if (isStopped()) {
        await bell.wait(signal)
        continue
      }
      const end = await orFull(once({ ...deps, waiting, caughtUp: () => caughtUp }, signal))
      if (signal.aborted) return
      if (end.kind === 'more') {
        failures = 0
        // A change whose files are up may go.
        if (bell === bells.upload) lookForChanges()
      } else if (end.kind === 'empty') await bell.wait(signal)
      else if (end.kind === 'stopped') stop(end.reason)
      else await bell.wait(signal, backoff(failures++, deps.random))
    }
  }

  /** What the relay stored is pushed again where its answer could not be kept, and answers the same. */
  const orFull = async (pushing: Promise<PushEnd>): Promise<PushEnd> => {
    try {
      return await pushing
    } catch (error) {
      if (!isFull(error)) throw error
      return (await makeRoom(base, deps.clock)) ? { kind: 'more' } : { kind: 'lost' }
    }
  }

  const loops = [receive(), drain(bells.send, pushOnce), drain(bells.upload, uploadOnce)]
  try {
    await Promise.all(loops)
  } finally {
    // Where one failed (a lost base), no other may go on beside the engine that follows this one.
    ending.abort()
    await Promise.allSettled(loops)
    stopListening()
    base.on.close.unsubscribe(onClosed)
  }
}
