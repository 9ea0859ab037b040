/**
 * Makes the pack of the program (program/pack.ts) of what the service worker precaches, and names it in the
 * precache's manifest with its hash. Only files whose names hold a hash of their contents go in: pages
 * have headers of their own, and the others are few.
 */
import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { extname, join, resolve } from 'node:path'
import type { Plugin } from 'vite'
import type { VitePWAOptions } from 'vite-plugin-pwa'
import { packName, packParts } from '../program/pack.ts'

type ManifestTransform = NonNullable<VitePWAOptions['injectManifest']['manifestTransforms']>[number]

/** As the relay sends them. */
const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
}

export const programPack = (): { plugin: Plugin; transform: ManifestTransform } => {
  let outDir: string
  return {
    plugin: {
      name: 'program-pack',
      configResolved: ({ root, build }) => {
        outDir = resolve(root, build.outDir)
      },
    },
    transform: async (manifest) => {
      const parts = manifest
        .filter(({ revision }) => revision === null)
        .map(async ({ url }) => {
          const type = types[extname(url)]
          if (!type) throw new Error(`what type is ${url}?`)
          return { url, type, bytes: await readFile(join(outDir, url)) }
        })
      const pack = await packParts(await Promise.all(parts))
      const hash = createHash('sha256').update(pack)
      const url = packName(hash.copy().digest('base64url').slice(0, 8))
      await writeFile(join(outDir, url), pack)
      const integrity = `sha256-${hash.digest('base64')}`
      return { manifest: [...manifest, { url, revision: null, integrity, size: pack.length }] }
    },
  }
}
