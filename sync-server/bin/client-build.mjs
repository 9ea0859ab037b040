import { spawnSync } from 'node:child_process'
import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

const builtPage = 'client/dist/index.html'
const sources = ['client', 'shared', 'package-lock.json']
const notSources = new Set(['dist', 'node_modules'])

function changedAt(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

/** The latest change under a path, in ms. Folders count too: theirs changes when a file is deleted. */
function latestChange(path) {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) return 0
  if (!stat.isDirectory()) return stat.mtimeMs
  return readdirSync(path)
    .filter((name) => !notSources.has(name))
    .reduce((latest, name) => Math.max(latest, latestChange(join(path, name))), stat.mtimeMs)
}

export function clientIsBuilt(root) {
  const built = changedAt(join(root, builtPage))
  return built > 0 && sources.every((source) => latestChange(join(root, source)) <= built)
}

/** Builds the PWA into client/dist unless that is newer than its sources. Returns whether it is there now. */
export function buildClient(root) {
  if (clientIsBuilt(root)) return true
  console.log('Building the client…')
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  const result = spawnSync(process.execPath, [vite, 'build', 'client', '--logLevel', 'warn'], {
    cwd: root,
    stdio: 'inherit',
  })
  if (result.status === 0) return true
  // A build that stopped half-way must not pass for a finished one at the next start.
  rmSync(join(root, builtPage), { force: true })
  return false
}
