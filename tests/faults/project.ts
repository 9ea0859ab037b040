/** Faults that are written as tests, each a project of `tests/vitest.config.ts`. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Runs `node <args>` in the repository; what it says is on the screen. Answers its exit code. */
export const runNode = async (...args: string[]): Promise<number | null> => {
  const [code] = await once(spawn(process.execPath, args, { cwd: root, stdio: 'inherit' }), 'exit')
  return code
}

export const runProject = (name: string): Promise<number | null> =>
  runNode(
    'node_modules/vitest/vitest.mjs',
    ...['run', '--config', 'tests/vitest.config.ts', '--project', name],
  )
