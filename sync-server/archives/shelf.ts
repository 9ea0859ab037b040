/**
 * Archives on the disk: `<id>.zip` with `<id>.json` that says whose it is, for some days. One is made
 * at a time. What a stopped process left half made is thrown away at the next start.
 */
import { createReadStream } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { type Clock, day } from '../../shared/clock.ts'
import { newId } from '../../shared/ids.ts'
import type { ArchiveInfo, NewArchive } from '../../shared/protocol/archives.ts'
import { fail, ok, type Result } from '../../shared/reasons.ts'
import type { Subject } from '../../shared/rights.ts'
import type { FileDisk } from '../files/disk.ts'
import type { Workspace } from '../workspace.ts'
import { makeArchive } from './make.ts'

/** Long enough to fetch it on Monday what was asked for on Friday; it is a copy of everything. */
const keptFor = 4 * day

export interface ArchiveShelf {
  list(): ArchiveInfo[]
  /** Begins a new one; or says which one is being made. */
  start(
    from: { workspace: Workspace; disk: FileDisk; subject: Subject },
    asked: NewArchive,
  ): ArchiveInfo
  /** The bytes, for its owner; `fetched` is noted. */
  fetch(
    id: string,
    user: string,
  ): Promise<Result<{ bytes: number; stream: ReadableStream<Uint8Array> }>>
  remove(id: string): Promise<void>
  /** Takes away what is over; with `all`, every one: something was erased that they hold. */
  tidy(all?: boolean): Promise<void>
  /** Resolves when nothing is being made any more. */
  stop(): Promise<void>
}

export const openArchiveShelf = async (
  folder: string,
  { clock, log }: { clock: Clock; log: Logger },
): Promise<ArchiveShelf> => {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const known = new Map<string, ArchiveInfo>()
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.json')) continue
    const info = JSON.parse(await readFile(join(folder, name), 'utf8')) as ArchiveInfo // written below
    known.set(info.id, info)
  }
  for (const name of await readdir(folder))
    if (!known.has(name.replace(/\.\w+$/, ''))) await rm(join(folder, name), { recursive: true })

  let stopped = false
  let working: Promise<void> = Promise.resolve()
  const zipOf = (id: string) => join(folder, `${id}.zip`)
  let keeping: Promise<void> = Promise.resolve()
  /** One after another: it may be fetched twice at once, and the last word of it must stand. */
  const keep = (info: ArchiveInfo): Promise<void> => {
    const kept = keeping.then(async () => {
      const draft = join(folder, `${info.id}.draft`)
      await writeFile(draft, JSON.stringify(info), { mode: 0o600 })
      await rename(draft, join(folder, `${info.id}.json`))
    })
    keeping = kept.catch(() => {})
    return kept
  }
  const rmBoth = async (id: string) => {
    for (const end of ['json', 'zip']) await rm(join(folder, `${id}.${end}`), { force: true })
  }
  const remove = async (id: string) => {
    if (known.delete(id)) await rmBoth(id)
  }

  const make = async (
    info: ArchiveInfo,
    { workspace, disk, subject }: Parameters<ArchiveShelf['start']>[0],
    language: NewArchive['language'],
  ) => {
    const part = join(folder, `${info.id}.part`)
    await mkdir(part, { mode: 0o700 })
    try {
      const { records, files, missing } = await makeArchive(
        {
          store: workspace.store,
          disk,
          subject,
          language,
          at: info.at,
          company: workspace.facts.name,
          folder: part,
          onProgress: (done) => {
            info.records = done
          },
          isOver: () => stopped || !known.has(info.id),
        },
        zipOf(info.id),
      )
      const { size: bytes } = await stat(zipOf(info.id))
      const ready = { bytes, files, missing, until: clock() + keptFor, fetched: [] }
      const made = { records, ready, state: 'ready' } as const
      await keep({ ...info, ...made })
      // Not before it is kept: whoever hears of it may ask for it at once.
      Object.assign(info, made)
      log.info({ archive: info.id, user: info.by, records, files, bytes }, 'archive is ready')
    } catch (error) {
      info.state = 'failed'
      await rm(zipOf(info.id), { force: true })
      log.error({ err: error, archive: info.id, user: info.by }, 'archive could not be made')
    } finally {
      await rm(part, { recursive: true, force: true })
      // Taken away while it was made.
      if (!known.has(info.id)) await rmBoth(info.id)
    }
  }

  return {
    list: () => [...known.values()].sort((a, b) => b.at - a.at),
    start: (from, { language }) => {
      const running = [...known.values()].find(({ state }) => state === 'running')
      if (running) return running
      const info: ArchiveInfo = {
        id: newId(),
        by: from.subject.id,
        at: clock(),
        state: 'running',
        records: 0,
      }
      known.set(info.id, info)
      log.info({ archive: info.id, user: info.by }, 'archive was asked for')
      working = make(info, from, language)
      return info
    },
    fetch: async (id, user) => {
      const info = known.get(id)
      if (!info?.ready || info.ready.until <= clock()) return fail('notFound')
      if (info.by !== user) return fail('forbidden')
      info.ready.fetched.push(clock())
      await keep(info)
      log.info({ archive: id, user }, 'archive was fetched')
      const chunks = createReadStream(zipOf(id))
      const stream = new ReadableStream<Uint8Array>({
        pull: async (controller) => {
          const { done, value } = await iterator.next()
          if (done) controller.close()
          else controller.enqueue(new Uint8Array(value))
        },
        cancel: () => {
          chunks.destroy()
        },
      })
      const iterator = chunks[Symbol.asyncIterator]()
      return ok({ bytes: info.ready.bytes, stream })
    },
    remove,
    tidy: async (all = false) => {
      for (const { id, ready, state } of [...known.values()])
        if (all || state === 'failed' || (ready && ready.until <= clock())) await remove(id)
    },
    stop: async () => {
      stopped = true
      await working
    },
  }
}
