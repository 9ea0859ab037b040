/** Another version of the client: a real build of the product's sources with some constants changed. */
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'vite'

export interface Changed {
  /** File, from the root of the repository. */
  file: string
  from: RegExp
  to: string
}

const root = fileURLToPath(new URL('../..', import.meta.url))

const changing = (changes: readonly Changed[], done: Set<Changed>): Plugin => ({
  name: 'another-version',
  enforce: 'pre',
  transform: (code, id) => {
    let changed = code
    for (const change of changes) {
      if (!id.startsWith(root + change.file) || !change.from.test(changed)) continue
      changed = changed.replace(change.from, change.to)
      done.add(change)
    }
    return changed === code ? null : { code: changed, map: null }
  },
})

/** Builds into `outDir`; throws where a constant to change was not found. */
export const buildClient = async (outDir: string, changes: readonly Changed[]): Promise<void> => {
  const done = new Set<Changed>()
  await build({
    configFile: `${root}client/vite.config.ts`,
    logLevel: 'error',
    plugins: [changing(changes, done)],
    worker: { format: 'es', plugins: () => [changing(changes, done)] },
    build: { outDir, emptyOutDir: true },
  })
  const missed = changes.filter((change) => !done.has(change))
  if (missed.length > 0) throw new Error(`not found: ${missed.map(({ file }) => file).join(', ')}`)
}
