/** Floods of one employee against the others: `floods.test.ts`, each measured against a calm relay. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Throws where a flood was not held off; its figures are on the screen. */
export const floods = async (): Promise<string> => {
  const run = spawn(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      ...['run', '--config', 'tests/vitest.config.ts', '--project', 'floods'],
    ],
    { cwd: root, stdio: 'inherit' },
  )
  const [code] = await once(run, 'exit')
  if (code !== 0) throw new Error('an employee who floods the relay harms the others')
  return 'nine floods: the others go on editing, the relay keeps its memory'
}
