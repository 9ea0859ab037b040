import { spawn } from 'node:child_process'
import { createHash, randomInt } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import { change } from '../../../shared/records/change.ts'
import { makeBackup } from '../../../sync-server/backup/backup.ts'
import { restoreBackup } from '../../../sync-server/backup/restore.ts'
import { type NodeDevice, setUp, signIn } from '../../lab/device.ts'
import { type Relay, startRelay } from '../../lab/relay.ts'

const temporary = async () => {
  const directory = await mkdtemp(join(tmpdir(), 'interes-backup-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  return directory
}

/** Runs `npm run backup` or `npm run restore` as an administrator would. */
const run = async (command: 'backup' | 'restore', dataDir: string, ...args: string[]) => {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', `sync-server/backup/${command}-command.ts`, ...args],
    {
      env: {
        ...process.env,
        DATA_DIR: dataDir,
        SECRET_KEY: Buffer.alloc(32, 1).toString('base64'),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const [code] = await once(child, 'close')
  return { code: Number(code), said }
}

/** Creates clients one after another until stopped; returns the ids of those acknowledged. */
const writing = (device: NodeDevice) => {
  const writer = Math.floor(Math.random() * 2 ** 32)
  const acknowledged: string[] = []
  let stopped = false
  const over = (async () => {
    while (!stopped) {
      const id = newId()
      const patch = { kind: 'person', name: 'Новый', managers: [device.session.user.id] }
      const made = change('client', id, null, patch, writer)
      if (!made.ok || !made.value.update) throw new Error('no change made')
      const entry = { n: 1, id, type: 'client', at: 1, update: made.value.update }
      const { outcomes } = await device.push([entry])
      if (outcomes[0]?.ok) acknowledged.push(id)
    }
  })()
  return {
    acknowledged,
    stop: async () => {
      stopped = true
      await over
    },
  }
}

/** Ids of all records that a device is given. */
const everything = async (device: NodeDevice): Promise<Set<string>> => {
  const ids = new Set<string>()
  const gone = new AbortController()
  for await (const frame of device.feed(undefined, gone.signal)) {
    if (frame.kind === 'records') for (const { id } of frame.entries) ids.add(id)
    if (frame.kind === 'caughtUp') break
  }
  gone.abort()
  return ids
}

const text = 'смета на лютики'
const hash = createHash('sha256').update(text).digest('hex')

const putFile = async (relay: Relay, { cookie }: NodeDevice) => {
  const answer = await fetch(`${relay.url}/files/${hash}`, {
    method: 'PUT',
    headers: { cookie, origin: relay.url, 'content-type': 'text/plain' },
    body: text,
  })
  expect(answer.status).toBe(200)
}

describe('a backup', () => {
  let before: string[]
  let archive: string
  let relay: Relay

  beforeAll(async () => {
    const directory = await mkdtemp(join(tmpdir(), 'interes-backup-'))
    archive = join(directory, 'monday.tar.gz')
    relay = await startRelay()
    const anna = await setUp(relay.url)
    await putFile(relay, anna)
    const load = writing(anna)
    while (load.acknowledged.length < 50) await new Promise((resolve) => setTimeout(resolve, 20))
    before = [...load.acknowledged]
    const made = await run('backup', relay.dataDir, archive)
    await load.stop()
    expect(made).toMatchObject({ code: 0, said: expect.stringContaining('base sound') })
    // It went on meanwhile: the relay was not held up.
    expect(load.acknowledged.length).toBeGreaterThan(before.length)
    return async () => {
      await relay.stop()
      await rm(directory, { recursive: true, force: true })
    }
  })

  const restoreInto = (dataDir: string, file = archive, force = false) =>
    restoreBackup({
      dataDir,
      file,
      force,
      secretKey: null,
      clock: Date.now,
      newId,
      random32: () => randomInt(2 ** 32),
    })

  test('made while devices write holds all that was acknowledged before it, and begins an epoch', async () => {
    const dataDir = await temporary()
    const restored = await run('restore', dataDir, archive)
    expect(restored).toMatchObject({ code: 0 })
    expect(restored.said).toContain('Files:    1, 0.0 MB')
    const second = await startRelay({ dataDir })
    onTestFinished(() => second.stop())
    const [old, now] = [await signIn(relay.url), await signIn(second.url)]
    const ids = await everything(now)
    expect(before.filter((id) => !ids.has(id))).toEqual([])
    const file = await fetch(`${second.url}/files/${hash}`, { headers: { cookie: now.cookie } })
    expect(await file.text()).toBe(text)
    expect(now.session.workspace.id).toBe(old.session.workspace.id)
    expect(now.session.workspace.epoch).not.toBe(old.session.workspace.epoch)
  })

  test('is not restored over a base without a word, nor under a relay that runs', async () => {
    expect(await run('restore', relay.dataDir, archive)).toMatchObject({
      code: 1,
      said: expect.stringContaining('--force'),
    })
    const underRelay = await restoreInto(relay.dataDir, archive, true)
    expect(underRelay).toEqual({ ok: false, problem: 'running' })
    const dataDir = await temporary()
    expect(await restoreInto(dataDir)).toMatchObject({ ok: true, setAside: null })
    expect(await restoreInto(dataDir)).toEqual({ ok: false, problem: 'notEmpty' })
    expect(await restoreInto(dataDir, archive, true)).toMatchObject({ ok: true, damaged: [] })
    expect((await readdir(dataDir)).filter((name) => name.includes('.before-'))).toHaveLength(1)
  })

  test('is not taken for one when it is cut or is something else', async () => {
    const dataDir = await temporary()
    const cut = join(dataDir, 'cut.tar.gz')
    const bytes = await readFile(archive)
    await writeFile(cut, bytes)
    await truncate(cut, bytes.length - 200)
    const other = join(dataDir, 'other.tar.gz')
    await writeFile(other, 'not an archive')
    for (const file of [cut, other]) {
      expect(await restoreInto(dataDir, file)).toEqual({ ok: false, problem: 'damagedArchive' })
      expect(await readdir(dataDir)).not.toContain('relay.sqlite')
    }
  })

  test('says when a file is missing or not what its name says, and overwrites nothing', async () => {
    const directory = await temporary()
    const make = (name: string) =>
      makeBackup({
        dataDir: relay.dataDir,
        file: join(directory, name),
        secretKey: null,
        clock: Date.now,
      })
    const path = join(relay.dataDir, 'files', hash.slice(0, 2), hash)
    await writeFile(path, 'смета на ромашки')
    expect(await make('tuesday.tar.gz')).toMatchObject({ ok: true, damaged: [hash] })
    expect(await make('tuesday.tar.gz')).toEqual({ ok: false, problem: 'exists' })
    await rm(path)
    expect(await make('wednesday.tar.gz')).toMatchObject({
      ok: true,
      manifest: { files: { count: 0, missing: [hash] } },
    })
  })
})
