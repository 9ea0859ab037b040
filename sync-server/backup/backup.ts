/**
 * A backup of a relay that may be at work meanwhile:
 *
 *     base at one moment ─► checked ─► files that it names ─► packed ─► read through ─► in place
 *
 * The base comes first: a file is on the disk before the base names it, and never goes.
 */
import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { mkdtemp, open, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import Database from 'better-sqlite3'
import * as v from 'valibot'
import type { Clock } from '../../shared/clock.ts'
import {
  baseEntry,
  fileEntry,
  hashOfEntry,
  type Manifest,
  manifest,
  manifestEntry,
  packArchive,
  readArchive,
} from './archive.ts'

export const baseFile = 'relay.sqlite'

export interface BackupOptions {
  dataDir: string
  /** The archive to make. */
  file: string
  /** Null where there is none yet. */
  secretKey: Uint8Array | null
  clock: Clock
}

export type BackupProblem = 'noBase' | 'noCompany' | 'exists' | 'damagedBase' | 'damagedArchive'

export type BackupOutcome =
  | {
      ok: true
      manifest: Manifest
      /** Hashes of files that are on the disk but are not what their names say. */
      damaged: string[]
    }
  | { ok: false; problem: BackupProblem }

export const makeBackup = async (options: BackupOptions): Promise<BackupOutcome> => {
  const { dataDir, secretKey, clock } = options
  const file = resolve(options.file)
  const source = join(dataDir, baseFile)
  if (!existsSync(source)) return { ok: false, problem: 'noBase' }
  if (existsSync(file)) return { ok: false, problem: 'exists' }
  // Beside the archive: where that has room, the base has.
  const staging = await mkdtemp(join(dirname(file), `.${basename(file)}-`))
  try {
    const madeAt = clock()
    const copy = join(staging, baseEntry)
    copyBase(source, copy)
    const facts = factsOf(copy)
    if (!facts) return { ok: false, problem: 'damagedBase' }
    if (!facts.workspace) return { ok: false, problem: 'noCompany' }
    const found = await presentFiles(dataDir, facts.hashes)
    const made: Manifest = {
      format: 1,
      madeAt,
      workspace: facts.workspace,
      base: { bytes: (await stat(copy)).size, sha256: await sha256Of(createReadStream(copy)) },
      records: facts.records,
      users: facts.users,
      files: { count: found.present.length, bytes: found.bytes, missing: found.missing },
      secretKey: secretKey ? fingerprint(secretKey) : '',
    }
    const note = join(staging, manifestEntry)
    await writeFile(note, `${JSON.stringify(made, null, 2)}\n`)
    const packed = join(staging, 'archive')
    await packArchive(packed, [
      { path: baseEntry, from: copy },
      ...found.present.map(({ hash, path }) => ({ path: fileEntry(hash), from: path })),
      { path: manifestEntry, from: note },
    ])
    const damaged = await damagedFiles(packed, made)
    if (!damaged) return { ok: false, problem: 'damagedArchive' }
    await settleOnDisk(packed, file)
    return { ok: true, manifest: made, damaged }
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

/** Another process holds the lock for the time of a commit, ms. */
const busyTimeout = 10_000

/** One read transaction: sees one moment, waits for nobody and lets nobody wait. */
const copyBase = (source: string, copy: string): void => {
  const db = new Database(source, { readonly: true, timeout: busyTimeout })
  try {
    db.prepare('VACUUM INTO ?').run(copy)
  } finally {
    db.close()
  }
}

interface Facts {
  workspace: Manifest['workspace'] | null
  records: Record<string, number>
  users: number
  hashes: string[]
}

/** What is in a copy of the base; null where SQLite finds it damaged. */
const factsOf = (copy: string): Facts | null => {
  const db = new Database(copy, { readonly: true })
  try {
    if (!isSound(db)) return null
    const all = <Row>(sql: string) => db.prepare<[], Row>(sql).all()
    const [workspace] = all<Manifest['workspace']>('SELECT id, name, epoch, seq FROM workspace')
    const types = all<{ type: string; n: number }>(
      'SELECT type, count(*) AS n FROM document GROUP BY type ORDER BY type',
    )
    return {
      workspace: workspace ?? null,
      records: Object.fromEntries(types.map(({ type, n }) => [type, n])),
      users: all<{ n: number }>('SELECT count(*) AS n FROM user')[0]?.n ?? 0,
      hashes: all<{ hash: string }>('SELECT hash FROM file ORDER BY hash').map(({ hash }) => hash),
    }
  } finally {
    db.close()
  }
}

export const isSound = (db: Database.Database): boolean =>
  db.pragma('integrity_check', { simple: true }) === 'ok'

const presentFiles = async (dataDir: string, hashes: string[]) => {
  const present: { hash: string; path: string }[] = []
  const missing: string[] = []
  let bytes = 0
  for (const hash of hashes) {
    const path = join(dataDir, fileEntry(hash))
    const size = await stat(path).then(
      ({ size }) => size,
      () => null, // not there, which is told
    )
    if (size === null) missing.push(hash)
    else {
      present.push({ hash, path })
      bytes += size
    }
  }
  return { present, missing, bytes }
}

export const sha256Of = async (bytes: AsyncIterable<Uint8Array>): Promise<string> => {
  const digest = createHash('sha256')
  for await (const chunk of bytes) digest.update(chunk)
  return digest.digest('hex')
}

/** Tells keys apart and gives nothing of them away: they are 32 random bytes. */
export const fingerprint = (key: Uint8Array): string =>
  createHash('sha256').update(key).digest('hex').slice(0, 16)

/** Reads the archive as a restore would. Null where the base or the note did not come through. */
const damagedFiles = async (file: string, made: Manifest): Promise<string[] | null> => {
  const damaged: string[] = []
  let base = ''
  let files = 0
  let note: unknown = null
  await readArchive(file, async (path, bytes) => {
    const hash = hashOfEntry(path)
    if (path === manifestEntry) note = JSON.parse(await textOf(bytes))
    else if (path === baseEntry) base = await sha256Of(bytes)
    else if (hash) {
      files++
      if ((await sha256Of(bytes)) !== hash) damaged.push(hash)
    }
  })
  const isWhole = v.is(manifest, note) && base === made.base.sha256 && files === made.files.count
  return isWhole ? damaged : null
}

export const textOf = async (bytes: AsyncIterable<Uint8Array>): Promise<string> => {
  const chunks: Uint8Array[] = []
  for await (const chunk of bytes) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

/** The name appears only when the bytes are on the disk, and is durable with its folder. */
const settleOnDisk = async (packed: string, file: string): Promise<void> => {
  const handle = await open(packed, 'r')
  await handle.sync().finally(() => handle.close())
  await rename(packed, file)
  const folder = await open(dirname(file), 'r')
  await folder.sync().finally(() => folder.close())
}
