import { type ChildProcess, spawn } from 'node:child_process'
import { once as event } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { setUp } from '../../lab/device.ts'
import { startRelay } from '../../lab/relay.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

test('an effect happens once per cause, with workers that compete and are killed at any point', async () => {
  const relay = await startRelay()
  const directory = await mkdtemp(join(tmpdir(), 'interes-effects-'))
  const workers: ChildProcess[] = []
  onTestFinished(async () => {
    for (const worker of workers) worker.kill('SIGKILL')
    await relay.stop()
    await rm(directory, { recursive: true, force: true })
  })
  await setUp(relay.url)
  const file = join(directory, 'effects')
  const causes = Array.from({ length: 12 }, (_, index) => `cause${index}`)
  const work = async (order: string[], death: string) => {
    const args = ['--import', 'tsx', join('tests', 'integration', 'effects', 'worker.ts')]
    const worker = spawn(
      process.execPath,
      [...args, relay.url, relay.token, file, order.join(), death],
      { cwd: root, stdio: 'ignore' },
    )
    workers.push(worker)
    const [code, signal] = await event(worker, 'exit')
    return signal ?? code
  }
  // Each begins with the cause it dies at, so that it is its own; the last two share what is left.
  const ends = await Promise.all([
    work(causes, 'before:cause0'),
    work([...causes].reverse(), 'after:cause11'),
  ])
  expect(ends).toEqual(['SIGKILL', 'SIGKILL'])
  expect(await Promise.all([work(causes, ''), work([...causes].reverse(), '')])).toEqual([0, 0])
  const lines = (await readFile(file, 'utf8')).trim().split('\n')
  expect(lines.map((line) => line.split(' ')[0]).sort()).toEqual([...causes].sort())
})
