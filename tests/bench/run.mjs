// `npm run bench [scenario…]`: installs what the product is measured against, then measures.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const run = (command, args, cwd) => {
  const { status } = spawnSync(command, args, { cwd, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

const root = fileURLToPath(new URL('../..', import.meta.url))
if (!existsSync(`${root}node_modules`)) run('npm', ['install', '--no-save'], root)
if (!existsSync(`${here}node_modules`)) run('npm', ['install', '--no-save'], here)
run('npx', ['vite', 'build', 'client', '--logLevel', 'warn'], root)
run('node', ['--import', 'tsx', `${here}main.ts`, ...process.argv.slice(2)], root)
