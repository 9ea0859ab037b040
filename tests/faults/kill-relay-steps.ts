/** `kill -9` of the relay at every step of the commit path, under 10 writing devices. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { faultPoints } from '../../sync-server/commit/faults.ts'
import { setUp } from '../lab/device.ts'
import { freePorts } from '../lab/free-ports.ts'
import { isAlive, until } from '../lab/processes.ts'
import { startRelay } from '../lab/relay.ts'
import { startWriting } from './writers.ts'

const devices = 10
const rounds = 3
/** Groups of changes that the relay commits before it dies. */
const groupsBefore = 20
const dieWithinMs = 30_000

export const killRelaySteps = async (): Promise<string> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'interes-faults-'))
  const [port = 0] = await freePorts(1)
  const start = (env: Record<string, string> = {}) => startRelay({ dataDir, port, env })
  let relay = await start()
  let kills = 0
  try {
    const writing = startWriting(relay.url, await setUp(relay.url), devices)
    for (let round = 0; round < rounds; round++)
      for (const point of faultPoints) {
        await writing.more(2 * devices)
        await relay.stop()
        relay = await start({ INTERES_FAULT: `${point}:${groupsBefore}` })
        const { pid } = relay
        await until(`did not die ${point}`, () => !isAlive(pid) || undefined, dieWithinMs)
        kills++
        relay = await start()
      }
    await writing.more(2 * devices)
    await writing.stop()
    return `${kills} kills at ${faultPoints.join(', ')}; ${await writing.judge(relay.url)}`
  } finally {
    await relay.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}
