/**
 * Puts a backup in the place of a relay's data. The relay must not run.
 *
 *     archive ─► staging ─► checked, new epoch, letters in doubt ─► in place
 *
 * Nothing of what was is deleted: an old base is set aside, files are only added.
 */
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline as pipe } from 'node:stream/promises'
import Database from 'better-sqlite3'
import * as v from 'valibot'
import type { Clock } from '../../shared/clock.ts'
import { noFault } from '../commit/faults.ts'
import { openFileDisk } from '../files/disk.ts'
import { maxFileBytes } from '../files/door.ts'
import { openMetrics } from '../metrics.ts'
import { schemaVersion } from '../store/sqlite/schema.ts'
import { openSqlite } from '../store/sqlite.ts'
import { openWorkspace } from '../workspace.ts'
import {
  baseEntry,
  hashOfEntry,
  type Manifest,
  manifest,
  manifestEntry,
  readArchive,
} from './archive.ts'
import { baseFile, fingerprint, isSound, sha256Of, textOf } from './backup.ts'
import { doubtOutgoing } from './outgoing.ts'

export interface RestoreOptions {
  dataDir: string
  /** The archive. */
  file: string
  /** A base that is there is set aside. */
  force: boolean
  /** The key that the relay will run with; null where one will be made. */
  secretKey: Uint8Array | null
  clock: Clock
  newId: () => string
  random32: () => number
}

export type RestoreProblem =
  | 'noArchive'
  | 'notEmpty'
  | 'running'
  | 'damagedArchive'
  | 'damagedBase'
  | 'newerProgram'

export type RestoreOutcome =
  | {
      ok: true
      manifest: Manifest
      /** Where the base that was here is now. */
      setAside: string | null
      /** Hashes of files that did not come through. */
      damaged: string[]
      /** Waiting messages whose fate is to be found out. */
      doubted: number
      /** The passwords of accounts can be read with the key that is here. */
      keyFits: boolean
    }
  | { ok: false; problem: RestoreProblem }

export const restoreBackup = async (options: RestoreOptions): Promise<RestoreOutcome> => {
  const { dataDir, file, force, secretKey, clock } = options
  if (!existsSync(file)) return { ok: false, problem: 'noArchive' }
  const target = join(dataDir, baseFile)
  const replaces = existsSync(target)
  if (replaces && !force) return { ok: false, problem: 'notEmpty' }
  if (replaces && !isAtRest(target)) return { ok: false, problem: 'running' }
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const staging = await mkdtemp(join(dataDir, 'restore-'))
  try {
    const unpacked = await unpack(file, dataDir, join(staging, baseFile))
    if (!unpacked) return { ok: false, problem: 'damagedArchive' }
    const problem = await baseProblem(join(staging, baseFile), unpacked.manifest)
    if (problem) return { ok: false, problem }
    const doubted = await startEpoch(join(staging, baseFile), options)
    let setAside: string | null = null
    if (replaces) {
      setAside = `${target}.before-${clock()}`
      await rename(target, setAside)
    }
    await rename(join(staging, baseFile), target)
    return {
      ok: true,
      manifest: unpacked.manifest,
      setAside,
      damaged: unpacked.damaged,
      doubted,
      keyFits: secretKey !== null && fingerprint(secretKey) === unpacked.manifest.secretKey,
    }
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

/**
 * Whether nobody has the base open: only then can it leave the WAL, which also brings everything
 * into the one file that is set aside.
 */
const isAtRest = (file: string): boolean => {
  const db = new Database(file, { timeout: 0 })
  try {
    return db.pragma('journal_mode = DELETE', { simple: true }) === 'delete'
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY') return false
    throw error
  } finally {
    db.close()
  }
}

/** Null where the archive is cut or is none of ours. */
const unpack = async (
  file: string,
  dataDir: string,
  base: string,
): Promise<{ manifest: Manifest; damaged: string[] } | null> => {
  const disk = await openFileDisk(join(dataDir, 'files'))
  let note: unknown = null
  const arrived = new Set<string>()
  const damaged: string[] = []
  try {
    await readArchive(file, async (path, bytes) => {
      const hash = hashOfEntry(path)
      if (path === manifestEntry) note = JSON.parse(await textOf(bytes))
      else if (path === baseEntry)
        await pipe(Readable.from(bytes), createWriteStream(base, { mode: 0o600 }))
      else if (hash) {
        arrived.add(hash)
        if (!(await disk.put(hash, bytes, maxFileBytes)).ok) damaged.push(hash)
      }
    })
  } catch (error) {
    // A full disk is no fault of the archive.
    if (error instanceof Error && 'syscall' in error) throw error
    return null
  }
  if (!v.is(manifest, note) || arrived.size !== note.files.count) return null
  return { manifest: note, damaged }
}

const baseProblem = async (base: string, made: Manifest): Promise<RestoreProblem | null> => {
  const bytes = await stat(base).then(
    ({ size }) => size,
    () => -1, // the archive had none
  )
  if (bytes !== made.base.bytes) return 'damagedArchive'
  if ((await sha256Of(createReadStream(base))) !== made.base.sha256) return 'damagedArchive'
  const db = new Database(base, { readonly: true })
  try {
    if (!isSound(db)) return 'damagedBase'
    const schema = Number(db.pragma('user_version', { simple: true }))
    return schema > schemaVersion ? 'newerProgram' : null
  } finally {
    db.close()
  }
}

/** Begins a new epoch in a base, and returns how many waiting messages are in doubt. */
const startEpoch = async (
  base: string,
  { dataDir, clock, newId, random32 }: RestoreOptions,
): Promise<number> => {
  const store = openSqlite(base)
  try {
    const before = await store.workspace()
    if (!before) return 0
    await store.startEpoch(before.id, newId(), clock())
    const facts = await store.workspace()
    if (!facts) return 0
    const onError = (error: unknown) => {
      throw error
    }
    const disk = await openFileDisk(join(dataDir, 'files'))
    const deps = { store, disk, clock, fault: noFault, metrics: openMetrics(), random32, onError }
    const workspace = await openWorkspace(facts, deps)
    let doubted = 0
    for (const id of await waitingSegments(base)) {
      const written = await workspace.write('segment', id, (row) => {
        const patch = doubtOutgoing(row, clock())
        doubted += Object.keys(patch?.states ?? {}).length
        return patch
      })
      if (!written.ok) throw new Error(`A segment was refused: ${written.reason}`)
    }
    await workspace.pipeline.stop()
    return doubted
  } finally {
    await store.close()
  }
}

/** Segments that may hold a waiting message; `doubtOutgoing` looks closer. */
const waitingSegments = async (base: string): Promise<string[]> => {
  const db = new Database(base, { readonly: true })
  try {
    return db
      .prepare<[], { id: string }>(
        `SELECT id FROM document WHERE type = 'segment' AND instr(row, '"queued"') > 0`,
      )
      .all()
      .map(({ id }) => id)
  } finally {
    db.close()
  }
}
