/**
 * A network that breaks every connection every second, for pushes and for the feed: a device that
 * follows the feed through it, resuming where it was, ends up with what the relay has.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { anotherDevice, type NodeDevice, setUp } from '../lab/device.ts'
import { until } from '../lab/processes.ts'
import { startRelay } from '../lab/relay.ts'
import { pipe } from './wires.ts'
import { startWriting } from './writers.ts'

const devices = 10
const betweenCutsMs = 1_000

/** Follows the feed, and goes on at its cursor after each break. */
const follow = (device: NodeDevice, stop: AbortSignal) => {
  const names = new Map<string, unknown>()
  let cursor = { head: 0, below: 0 }
  let resumed = 0
  const running = (async () => {
    while (!stop.aborted) {
      try {
        for await (const frame of device.feed(cursor, stop)) {
          if (frame.kind === 'records' || frame.kind === 'changes')
            for (const { id, row } of frame.entries) names.set(id, row.name)
          if ('cursor' in frame) cursor = frame.cursor
        }
      } catch (error) {
        // Cut, or asked for while the wire was broken. Anything else is a fault of this test.
        if (!(error instanceof TypeError) && !stop.aborted) throw error
        resumed++
        await sleep(20)
      }
    }
  })()
  return { names, running, resumed: () => resumed }
}

/** @param cuts how often all connections are broken. */
export const cutStreams = async (cuts = 15): Promise<string> => {
  const relay = await startRelay()
  const wire = await pipe(relay.url)
  const stop = new AbortController()
  try {
    const first = await setUp(relay.url)
    const writing = startWriting(wire.url, first, devices)
    const follower = follow(anotherDevice(wire.url, first), stop.signal)
    let broken = 0
    for (let cut = 0; cut < cuts; cut++) {
      await sleep(betweenCutsMs)
      broken += wire.cut()
    }
    await writing.more(2 * devices)
    await writing.stop()
    const summary = await writing.judge(relay.url)
    const wanted = new Map<string, unknown>()
    for await (const frame of first.feed()) {
      if (frame.kind === 'caughtUp') break
      if (frame.kind === 'records')
        for (const { id, row } of frame.entries) wanted.set(id, row.name)
    }
    await until(
      () => `the follower has ${follower.names.size} of ${wanted.size} records`,
      () => [...wanted].every(([id, name]) => follower.names.get(id) === name) || undefined,
      20_000,
    )
    stop.abort()
    await follower.running
    return `${broken} connections cut in ${cuts} times, the feed resumed ${follower.resumed()} times with all ${wanted.size} records; ${summary}`
  } finally {
    stop.abort()
    await wire.close()
    await relay.stop()
  }
}
