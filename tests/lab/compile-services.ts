/**
 * Compiles relay and connectors once a run, before the first test: started from TypeScript each of
 * the hundred processes would spend a second of a core on it, and half of what is left on looking up
 * and reading the files of their packages one by one.
 */
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('../..', import.meta.url))
const dir = 'node_modules/.cache/interes-services'

export default async (): Promise<void> => {
  await build({
    absWorkingDir: root,
    entryPoints: {
      'sync-server/main': 'sync-server/main.ts',
      'connectors/main': 'connectors/main.ts',
      // Looked for beside the program that starts it.
      'connectors/thread': 'connectors/mail/letter/thread.ts',
    },
    outdir: dir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // Compiled for the machine themselves, or looked for by `ws` whether they are there.
    external: ['better-sqlite3', '@node-rs/argon2', 'bufferutil', 'utf-8-validate'],
    // Packages that are CommonJS ask for Node's own modules by it.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'linked',
    sourcesContent: false,
  })
  process.env.COMPILED_SERVICES = dir
}
