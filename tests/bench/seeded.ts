/** A relay that holds generated data. A run seeds each kind once and copies it after that. */

import { existsSync } from 'node:fs'
import { cp, mkdtemp, rename } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type NodeDevice, setUp, signIn } from '../lab/device.ts'
import { type Relay, startRelay } from '../lab/relay.ts'
import type { Size } from './data.ts'
import { seed } from './seed.ts'

export interface Seeded {
  relay: Relay
  admin: NodeDevice
}

/** Stop the relay after use; its data lies among the temporary files of the scenario. */
export const seededRelay = async (size: Size, withDialogs: boolean): Promise<Seeded> => {
  const kept = join(process.env.BENCH_SEEDED ?? tmpdir(), `${size}-${withDialogs}`)
  const dataDir = await mkdtemp(join(tmpdir(), 'seeded-'))
  if (existsSync(kept)) {
    await cp(kept, dataDir, { recursive: true })
    const relay = await startRelay({ dataDir })
    return { relay, admin: await signIn(relay.url) }
  }
  const relay = await startRelay({ dataDir })
  const admin = await setUp(relay.url)
  await seed(relay, admin.session.user.id, size, withDialogs)
  // Ended politely it leaves one file without a log, which can be copied.
  await relay.terminate()
  const copy = `${dataDir}-copy`
  await cp(dataDir, copy, { recursive: true })
  await relay.restart()
  if (process.env.BENCH_SEEDED) await rename(copy, kept)
  return { relay, admin }
}
