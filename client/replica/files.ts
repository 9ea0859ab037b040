/**
 * Files of records on this device: own ones until they are sent, others as a cache. Content is
 * named by its SHA-256, so that the same file is kept once whatever it is called.
 */
import { type Clock, day } from '../../shared/clock.ts'
import { fail, isReason, ok, type Result } from '../../shared/reasons.ts'
import type { FileRef } from '../../shared/records/segment.ts'
import { withRoom } from './room.ts'
import type { ReplicaBase } from './tables.ts'

/** Cached files beyond this are dropped, the least recently used first: a phone has little room. */
const cacheBytes = 200 * 1024 * 1024

/** Larger ones are refused by the relay and by most mail providers. */
export const maxFileBytes = 50 * 1024 * 1024

/** A file that nothing waiting names is kept this long for a draft that may, ms. */
const draftLife = 30 * day

export interface FileDeps {
  base: ReplicaBase
  fetch: typeof fetch
  clock: Clock
}

const hex = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** SHA-256 as lower-case hex. */
export const hashOf = async (blob: Blob): Promise<string> => {
  const bytes = await blob.arrayBuffer()
  // Only secure addresses have crypto.subtle; on http://192.168.… in an office it is computed here.
  if (crypto.subtle) return hex(await crypto.subtle.digest('SHA-256', bytes))
  const { sha256 } = await import('@noble/hashes/sha2.js')
  return hex(sha256(new Uint8Array(bytes)).buffer as ArrayBuffer) // the library makes its own buffer
}

/** Keeps a file on the device until the record that names it is sent. Fails with `tooLarge`. */
export const putFile = async (
  { base, clock }: FileDeps,
  blob: Blob,
  name: string,
): Promise<Result<FileRef>> => {
  if (blob.size > maxFileBytes) return fail('tooLarge')
  const hash = await hashOf(blob)
  const type = blob.type || 'application/octet-stream'
  const file = { hash, blob, name, type, size: blob.size, lastUsed: clock(), unsent: 1 as const }
  await base.files.put(file)
  return ok({ hash, name, size: blob.size, type })
}

/** A file's content: from the device, else from the relay and then kept. Fails with `unreachable` offline. */
export const readFile = async (deps: FileDeps, hash: string): Promise<Result<Blob>> => {
  const { base, clock } = deps
  const here = await base.files.get(hash)
  if (here) {
    await base.files.update(hash, { lastUsed: clock() })
    return ok(here.blob)
  }
  const generation = await base.meta.get('generation')
  let blob: Blob
  try {
    // Kept below, where it can be forgotten: the browser's own cache has the bytes for a year.
    const answer = await deps.fetch(`/files/${hash}`, { cache: 'no-store' })
    if (!answer.ok) {
      const { reason }: { reason?: unknown } = await answer.json().catch(() => ({}))
      return fail(isReason(reason) ? reason : 'notFound')
    }
    blob = await answer.blob()
  } catch {
    // fetch throws where there is no network, and while the body is cut: the same to the user.
    return fail('unreachable')
  }
  const { type, size } = blob
  const file = { hash, blob, name: '', type, size, lastUsed: clock(), unsent: 0 as const }
  // On a full disk it is shown all the same, and fetched again next time.
  const kept = await withRoom(deps, async () => {
    await base.transaction('rw', base.files, base.meta, async () => {
      // What was forgotten while the file was on its way must not come back with it.
      if ((await base.meta.get('generation')) === generation) await base.files.put(file)
    })
    return ok(null)
  })
  if (kept.ok) await dropUnused(base)
  return ok(blob)
}

/** Which of the cached files go so that the rest fits. Pure. */
export const filesToDrop = (
  files: readonly { hash: string; size: number; lastUsed: number; unsent: 0 | 1 }[],
  limit: number,
): string[] => {
  const newestFirst = files.filter(({ unsent }) => unsent === 0)
  newestFirst.sort((a, b) => b.lastUsed - a.lastUsed)
  let total = 0
  return newestFirst.flatMap(({ hash, size }) => {
    total += size
    return total > limit ? [hash] : []
  })
}

const dropUnused = async (base: ReplicaBase): Promise<void> => {
  const drop = filesToDrop(await base.files.toArray(), cacheBytes)
  if (drop.length > 0) await base.files.bulkDelete(drop)
}

/** Lets go of own files that were never sent: taken out of a letter, or their change was discarded. */
export const releaseFiles = async ({ base, clock }: FileDeps): Promise<void> => {
  await base.transaction('rw', [base.files, base.outbox, base.rejected], async () => {
    const [waiting, rejected] = await Promise.all([base.outbox.toArray(), base.rejected.toArray()])
    const named = new Set([...waiting, ...rejected].flatMap(({ files }) => files))
    const oldest = clock() - draftLife
    await base.files
      .where('lastUsed')
      .below(oldest)
      .filter(({ hash, unsent }) => unsent === 1 && !named.has(hash))
      .modify({ unsent: 0 })
  })
}
