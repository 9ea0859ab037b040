/**
 * Another process holds the lock of the base: for some seconds, which the relay waits, and for longer
 * than it waits, where it must refuse with a reason that passes.
 */
import { once } from 'node:events'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { setUp } from '../lab/device.ts'
import { startRelay } from '../lab/relay.ts'
import { startWriting } from './writers.ts'

const devices = 10
/** The relay waits 5 s for the lock, see sync-server/store/sqlite.ts. */
const shortLockMs = 3_000
const longLockMs = 12_000

/** In a thread, so that the devices of this process go on meanwhile. */
const lock = async (file: string, ms: number): Promise<void> => {
  const worker = new Worker(
    `const { workerData } = require('node:worker_threads')
     const Database = require('better-sqlite3')
     const base = new Database(workerData.file, { timeout: 20000 })
     base.exec('BEGIN EXCLUSIVE')
     setTimeout(() => { base.exec('COMMIT'); base.close() }, workerData.ms)`,
    { eval: true, workerData: { file, ms } },
  )
  const [code] = await once(worker, 'exit')
  if (code !== 0) throw new Error(`the lock ended with ${code}`)
}

export const lockedBase = async (): Promise<string> => {
  const relay = await startRelay()
  const file = join(relay.dataDir, 'relay.sqlite')
  try {
    const writing = startWriting(relay.url, await setUp(relay.url), devices)
    await writing.more(2 * devices)
    await lock(file, shortLockMs)
    await writing.more(2 * devices)
    const refusedBefore = writing.repeats('overloaded')
    await lock(file, longLockMs)
    await writing.more(2 * devices)
    const refused = writing.repeats('overloaded') - refusedBefore
    if (refused === 0) throw new Error('nothing was refused by a lock longer than the wait')
    await writing.stop()
    return `locked ${shortLockMs / 1000} and ${longLockMs / 1000} s; ${refused} changes put off; ${await writing.judge(relay.url)}`
  } finally {
    await relay.stop()
  }
}
