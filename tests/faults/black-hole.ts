/** A network that is up, takes everything and delivers nothing, for longer than a device waits. */
import { setTimeout as sleep } from 'node:timers/promises'
import { setUp } from '../lab/device.ts'
import { startRelay } from '../lab/relay.ts'
import { pipe } from './wires.ts'
import { startWriting } from './writers.ts'

const devices = 10
const holes = 3
/** The devices of writers.ts wait 8 s for an answer. */
const holeMs = 10_000

export const blackHole = async (): Promise<string> => {
  const relay = await startRelay()
  const wire = await pipe(relay.url)
  try {
    const writing = startWriting(wire.url, await setUp(relay.url), devices)
    for (let hole = 0; hole < holes; hole++) {
      await writing.more(20 * devices)
      wire.swallow(true)
      await sleep(holeMs)
      wire.swallow(false)
    }
    await writing.more(20 * devices)
    await writing.stop()
    const unanswered = writing.repeats('no answer')
    if (unanswered === 0) throw new Error('no device noticed that nothing is answered')
    return `${holes} holes of ${holeMs / 1000} s, ${unanswered} pushes without an answer; ${await writing.judge(relay.url)}`
  } finally {
    await wire.close()
    await relay.stop()
  }
}
