/** A network that duplicates pushes, loses their answers, and delivers some late, behind newer ones. */
import { setUp } from '../lab/device.ts'
import { startRelay } from '../lab/relay.ts'
import { ghosts } from './wires.ts'
import { startWriting } from './writers.ts'

const devices = 10

/** @param changes acknowledged before the network is well again. */
export const ghostPushes = async (changes = 1_500): Promise<string> => {
  const relay = await startRelay()
  const wire = await ghosts(relay.url, Math.random)
  let closed = false
  try {
    const writing = startWriting(wire.url, await setUp(relay.url), devices)
    await writing.more(changes, 120_000)
    await writing.stop()
    // The last of the late ones arrive.
    await wire.close()
    closed = true
    const { twice, late } = wire.counts()
    return `${twice} pushes delivered twice, ${late} late and out of order; ${await writing.judge(relay.url)}`
  } finally {
    if (!closed) await wire.close()
    await relay.stop()
  }
}
