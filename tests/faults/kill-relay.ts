/** `kill -9` of the relay at any moment under 20 writing devices, ten times. */
import { setTimeout as sleep } from 'node:timers/promises'
import { setUp } from '../lab/device.ts'
import { startRelay } from '../lab/relay.ts'
import { startWriting } from './writers.ts'

const devices = 20
const kills = 10
/** Long enough for hundreds of commits between two kills. */
const betweenKillsMs = 700

export const killRelay = async (): Promise<string> => {
  const relay = await startRelay()
  try {
    const writing = startWriting(relay.url, await setUp(relay.url), devices)
    for (let kill = 0; kill < kills; kill++) {
      await writing.more(2 * devices)
      await sleep(betweenKillsMs)
      await relay.kill9()
      await relay.restart()
    }
    await writing.more(2 * devices)
    await writing.stop()
    await relay.kill9()
    await relay.restart()
    return `${kills + 1} kills; ${await writing.judge(relay.url)}`
  } finally {
    await relay.stop()
  }
}
