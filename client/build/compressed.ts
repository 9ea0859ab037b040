/**
 * Lays `x.gz` beside every file of the build that compresses, for the relay to send (serveStatic's
 * `precompressed`). The service worker's list and the pack are made before and have none of them.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { extname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Plugin } from 'vite'

/** Fonts, pictures and the pack are compressed by themselves. */
const compressible = new Set(['.js', '.css', '.html', '.svg', '.webmanifest'])

const compressFile = async (file: string): Promise<void> => {
  const bytes = await readFile(file)
  const compressed = await promisify(gzip)(bytes, { level: 9 })
  if (compressed.length < bytes.length) await writeFile(`${file}.gz`, compressed)
}

export const compressed = (): Plugin => {
  let outDir: string
  return {
    name: 'compressed',
    configResolved: ({ root, build }) => {
      outDir = resolve(root, build.outDir)
    },
    closeBundle: {
      // The service worker is written in a `closeBundle`, too.
      order: 'post',
      sequential: true,
      handler: async (error) => {
        if (error) return
        const names = await readdir(outDir, { recursive: true })
        const files = names.filter((name) => compressible.has(extname(name)))
        await Promise.all(files.map((name) => compressFile(join(outDir, name))))
      },
    },
  }
}
