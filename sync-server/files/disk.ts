/**
 * Bytes of files, by their SHA-256: `files/ab/ab12…`. A file appears under its name only when it is
 * whole, has that hash and is on the disk; half a file is a nameless temporary one.
 */
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fail, ok, type Result } from '../../shared/reasons.ts'

export interface FileDisk {
  /** Takes bytes that must have this hash. Resolves with their number once they are on the disk. */
  put(hash: string, bytes: AsyncIterable<Uint8Array>, limit: number): Promise<Result<number>>
  has(hash: string): Promise<boolean>
  /** Takes the bytes away; nothing happens where there are none. */
  remove(hash: string): Promise<void>
  /** The bytes from `start` to `end`, both included. */
  read(hash: string, start: number, end: number): ReadableStream<Uint8Array>
}

const partSuffix = '.part'

/** Opens the folder, and clears away what a killed process left half written. */
export const openFileDisk = async (directory: string): Promise<FileDisk> => {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  for (const name of await readdir(directory))
    if (name.endsWith(partSuffix)) await rm(join(directory, name), { force: true })
  const pathOf = (hash: string) => join(directory, hash.slice(0, 2), hash)
  const exists = (path: string) =>
    stat(path).then(
      () => true,
      () => false, // not there, which is the answer
    )
  return {
    put: async (hash, bytes, limit) => {
      const path = pathOf(hash)
      await mkdir(dirname(path), { recursive: true })
      const temporary = join(directory, randomUUID() + partSuffix)
      const file = await open(temporary, 'wx', 0o600)
      const digest = createHash('sha256')
      let size = 0
      try {
        for await (const chunk of bytes) {
          size += chunk.length
          if (size > limit) return fail('tooLarge')
          digest.update(chunk)
          await file.write(chunk)
        }
        if (digest.digest('hex') !== hash) return fail('invalidRequest', 'hash')
        await file.sync()
        await rename(temporary, path)
        // The name is durable only with its folder.
        const folder = await open(dirname(path), 'r')
        await folder.sync().finally(() => folder.close())
        return ok(size)
      } finally {
        await file.close()
        await rm(temporary, { force: true })
      }
    },
    has: (hash) => exists(pathOf(hash)),
    remove: (hash) => rm(pathOf(hash), { force: true }),
    read: (hash, start, end) => {
      const stream = createReadStream(pathOf(hash), { start, end })
      const chunks = stream[Symbol.asyncIterator]()
      return new ReadableStream<Uint8Array>({
        pull: async (controller) => {
          const { done, value } = await chunks.next()
          if (done) controller.close()
          else controller.enqueue(new Uint8Array(value))
        },
        cancel: () => {
          stream.destroy()
        },
      })
    },
  }
}
