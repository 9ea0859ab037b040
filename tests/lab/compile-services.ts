/**
 * Compiles relay and connectors once a run, before the first test: started from TypeScript each of
 * the hundred processes would spend a second of a core on it.
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
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'inline',
  })
  process.env.COMPILED_SERVICES = dir
}
