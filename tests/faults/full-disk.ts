/** The relay's disk runs full under writing devices, and has room again. Needs root, for a small disk. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setUp } from '../lab/device.ts'
import { run, until } from '../lab/processes.ts'
import { startRelay } from '../lab/relay.ts'
import { Skipped } from './skipped.ts'
import { startWriting } from './writers.ts'

const devices = 10
const diskMb = 48
const megabyte = 1024 * 1024

/** @param times how often the disk runs full; the last time the relay is killed while it is. */
export const fullDisk = async (times = 2): Promise<string> => {
  if (process.getuid?.() !== 0) throw new Skipped('only root can make a small disk')
  const dataDir = await mkdtemp(join(tmpdir(), 'interes-disk-'))
  await run('mount', ['-t', 'tmpfs', '-o', `size=${diskMb}m`, 'tmpfs', dataDir])
  const ballast = join(dataDir, 'ballast')
  /** All that is left of the disk, to the last kilobyte. */
  const fill = async () => {
    for (let size = diskMb * megabyte; size >= 1024; size /= 2)
      for (let part = 0; ; part++) {
        try {
          await writeFile(`${ballast}-${size}-${part}`, Buffer.alloc(size))
        } catch (error) {
          if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
          await rm(`${ballast}-${size}-${part}`, { force: true })
          break
        }
      }
  }
  const empty = () => run('find', [dataDir, '-name', 'ballast-*', '-delete'])
  try {
    const relay = await startRelay({ dataDir })
    try {
      const writing = startWriting(relay.url, await setUp(relay.url), devices)
      for (let time = 1; time <= times; time++) {
        await writing.more(2 * devices)
        const before = writing.repeats('storageFull')
        await fill()
        await until(
          'the disk is full, and nobody says so',
          () => writing.repeats('storageFull') - before >= devices || undefined,
          30_000,
        )
        // The second time the relay dies while its disk is full.
        if (time === times) await relay.kill9()
        await empty()
        if (time === times) await relay.restart()
      }
      await writing.more(2 * devices)
      await writing.stop()
      const told = writing.repeats('storageFull')
      return `full ${times} times, told ${told} times; ${await writing.judge(relay.url)}`
    } finally {
      await relay.stop()
    }
  } finally {
    await run('umount', [dataDir])
    await rm(dataDir, { recursive: true, force: true })
  }
}
