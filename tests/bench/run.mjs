// `npm run bench [scenario…]`: installs what the product is measured against, then measures.
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
// Apart from our own sources: RxDB brings another Dexie, and a page must not hold two.
const others = `${here}others/`
const run = (command, args, cwd) => {
  const { status } = spawnSync(command, args, { cwd, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

const root = fileURLToPath(new URL('../..', import.meta.url))
if (!existsSync(`${root}node_modules`)) run('npm', ['install', '--no-save'], root)
// npm's own list of what it installed is older than ours where something was added since.
const written = (file) => (existsSync(others + file) ? statSync(others + file).mtimeMs : 0)
if (written('node_modules/.package-lock.json') < written('package.json'))
  run('npm', ['install', '--no-save', '--no-audit', '--no-fund'], others)
run('npx', ['vite', 'build', 'client', '--logLevel', 'warn'], root)
run('node', ['--import', 'tsx', `${here}main.ts`, ...process.argv.slice(2)], root)
