/**
 * The archive of a backup: a gzipped tar that any program opens.
 *
 *     relay.sqlite         the base, at one moment
 *     files/ab/ab12…       attachments and letters' HTML, by SHA-256
 *     backup.json          what is in it; comes last, so that a cut archive has none
 *
 * Secrets are not in it: who finds a backup must not get the passwords of the mailboxes with it.
 */
import { createReadStream } from 'node:fs'
import { create, Parser, type ReadEntry } from 'tar'
import * as v from 'valibot'
import { fileHash } from '../../shared/records/segment.ts'

export const baseEntry = 'relay.sqlite'
export const manifestEntry = 'backup.json'
const filePath = /^files\/[0-9a-f]{2}\/([0-9a-f]{64})$/

export const fileEntry = (hash: string): string => `files/${hash.slice(0, 2)}/${hash}`

/** The hash of the file that an entry holds; null for other entries. */
export const hashOfEntry = (path: string): string | null => filePath.exec(path)?.[1] ?? null

const count = v.pipe(v.number(), v.integer(), v.minValue(0))

export const manifest = v.object({
  format: v.literal(1),
  /** ms */
  madeAt: count,
  workspace: v.object({ id: v.string(), name: v.string(), epoch: v.string(), seq: count }),
  base: v.object({ bytes: count, sha256: v.string() }),
  records: v.record(v.string(), count),
  users: count,
  files: v.object({ count, bytes: count, missing: v.array(fileHash) }),
  /** Says whether a key is the one that the passwords of accounts are encrypted with. */
  secretKey: v.string(),
})
export type Manifest = v.InferOutput<typeof manifest>

/** Level 4 packs a base nearly as well as 9 in a third of the time; files are mostly packed already. */
const gzipLevel = 4

/** Packs files of the disk, each under the name it has in the archive. */
export const packArchive = (
  file: string,
  entries: { path: string; from: string }[],
): Promise<void> => {
  const pathByFile = new Map(entries.map(({ path, from }) => [from, path]))
  return create(
    {
      file,
      gzip: { level: gzipLevel },
      portable: true,
      strict: true,
      preservePaths: true,
      onWriteEntry: (entry) => {
        entry.path = pathByFile.get(entry.path) ?? entry.path
      },
    },
    entries.map(({ from }) => from),
  )
}

/**
 * Reads an archive through. `take` must read the bytes of its entry to the end.
 * Throws on what is no archive, or is cut.
 */
export const readArchive = async (
  file: string,
  take: (path: string, bytes: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<void> => {
  const taken: Promise<void>[] = []
  // Not `list`: that lets the bytes of an entry go by when nobody reads them in the same turn.
  const parser = new Parser({
    strict: true,
    // Its guard against bombs: a base of empty pages packs better than any honest archive of files.
    maxDecompressionRatio: Number.POSITIVE_INFINITY,
    onReadEntry: (entry: ReadEntry) => {
      if (entry.type !== 'File') return entry.resume()
      const done = take(entry.path, entry)
      // What is refused is thrown below; until then the entries after it must flow.
      done.catch(() => entry.resume())
      taken.push(done)
    },
  })
  await new Promise<void>((resolve, reject) => {
    parser.on('end', resolve)
    parser.on('error', reject)
    createReadStream(file).on('error', reject).pipe(parser)
  })
  await Promise.all(taken)
}
