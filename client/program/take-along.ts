/**
 * What a service worker does when it is installed: takes every file of the program along that the device
 * does not have yet. One file that cannot be had fails all of it; what came until then stays, so that the
 * next try fetches the rest only.
 */
import type { Part } from './pack.ts'

/** At once: more only wait in the browser, where a server speaks HTTP/1.1 it opens six connections. */
const atOnce = 12

/**
 * From this share of missing parts on the pack is fetched instead of them. A change of what all parts use
 * renames about two thirds of them: one by one they are more bytes than the whole pack, which is compressed
 * together, and more than a hundred requests.
 */
const packShare = 0.5

export interface Program {
  /** Address → key in the cache, of every file. */
  files: ReadonlyMap<string, string>
  /** Addresses of those that are in the pack. */
  packed: ReadonlySet<string>
  cache: {
    keys(): Promise<readonly { url: string }[]>
    put(key: string, response: Response): Promise<void>
  }
  /** Checked by its hash. Rejects where it is not to be had. */
  fetchPack(): Promise<{ headers: Headers; parts: readonly Part[] }>
  /** Fetches and keeps one file; rejects where either fails. */
  fetchFile(url: string, key: string): Promise<void>
}

/** Of the pack's own bytes: they say nothing of a part. The others are what the relay sends with every answer. */
const ofTheBytes = [
  'accept-ranges',
  'content-encoding',
  'content-length',
  'etag',
  'last-modified',
  'vary',
]

/** Runs `work` for each, some at once; begins nothing more once one has failed. */
const each = async <T>(items: Iterable<T>, work: (item: T) => Promise<void>): Promise<void> => {
  const rest = [...items].values()
  let hasFailed = false
  const worker = async () => {
    for (const item of rest) {
      if (hasFailed) return
      await work(item).catch((error: unknown) => {
        hasFailed = true
        throw error
      })
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

export const takeAlong = async (program: Program): Promise<void> => {
  const { files, packed, cache, fetchPack, fetchFile } = program
  const kept = new Set((await cache.keys()).map(({ url }) => url))
  const missing = new Map([...files].filter(([, key]) => !kept.has(key)))
  const isPacked = ([url]: readonly [string, string]) => packed.has(url)
  if ([...missing].filter(isPacked).length > packed.size * packShare) {
    const { headers, parts } = await fetchPack()
    const wanted = parts.filter(({ url }) => missing.has(url))
    await each(wanted, async ({ url, type, bytes }) => {
      const own = new Headers(headers)
      for (const name of ofTheBytes) own.delete(name)
      own.set('content-type', type)
      const body = bytes as Uint8Array<ArrayBuffer> // never a shared buffer here
      await cache.put(files.get(url) ?? url, new Response(body, { headers: own }))
      missing.delete(url)
    })
  }
  await each(missing, ([url, key]) => fetchFile(url, key))
}
