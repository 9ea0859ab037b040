/** The relay's clock, and the devices', jump by a day forward and back under writing devices. */
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { day } from '../../shared/clock.ts'
import { setUp } from '../lab/device.ts'
import { startRelay } from '../lab/relay.ts'
import { startWriting } from './writers.ts'

const devices = 10
const jumps = [day, -day, 0, -day, day, 0]
/** Enough for a few looks at the clock, and for some hundred commits. */
const changesBetween = 200

export const clocks = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'interes-clock-'))
  const file = join(folder, 'offset')
  const relaysClock = async (offset: number) => {
    // Renamed into place: the relay must not read half of it.
    await writeFile(`${file}-next`, String(offset))
    await rename(`${file}-next`, file)
  }
  await relaysClock(0)
  const shifted = fileURLToPath(new URL('shifted-clock.mjs', import.meta.url))
  const env = { INTERES_CLOCK_FILE: file, NODE_OPTIONS: `--import ${shifted}` }
  const relay = await startRelay({ env })
  try {
    const first = await setUp(relay.url)
    let devicesOffset = 0
    const writing = startWriting(relay.url, first, devices, () => Date.now() + devicesOffset)
    await writing.more(changesBetween)
    for (const offset of jumps) {
      await relaysClock(offset)
      await writing.more(changesBetween)
    }
    await relaysClock(0)
    for (const offset of jumps) {
      devicesOffset = offset
      await writing.more(changesBetween)
    }
    // A restart with the clock a day back: what it stamped before lies in its future.
    await relaysClock(-day)
    await relay.kill9()
    await relay.restart()
    await writing.more(changesBetween)
    await writing.stop()
    return `${jumps.length} jumps of the relay's clock, ${jumps.length} of the devices'; ${await writing.judge(relay.url)}`
  } finally {
    await relay.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
