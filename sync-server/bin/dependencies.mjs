import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** @returns {Record<string, { version?: string, optional?: boolean, devOptional?: boolean }>} */
function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch (error) {
    if (error.code === 'ENOENT') return {}
    throw error
  }
}

/**
 * Names what package-lock.json asks for and node_modules lacks or has in another version.
 * Contents are compared, not file times: a clone, a checkout or a copy changes those at will.
 * npm keeps the list of what it really installed in node_modules/.package-lock.json.
 */
export function missingPackages(root) {
  const installed = packagesOf(join(root, 'node_modules/.package-lock.json'))
  return Object.entries(packagesOf(join(root, 'package-lock.json')))
    .filter(([path]) => path !== '')
    .filter(([path, wanted]) => {
      const present = installed[path]
      // Optional packages are mostly builds for other systems, and absent for good.
      if (!present) return !wanted.optional && !wanted.devOptional
      return present.version !== wanted.version
    })
    .map(([path]) => path)
}

/**
 * Brings node_modules to the state of package-lock.json. Returns whether it is there now.
 * Not `npm ci`: that refuses a lock file without the optional builds for other systems, and a
 * registry that does not hold them lets npm write no other. `--no-save` keeps to the lock file all the same.
 */
export function installDependencies(root) {
  const missing = missingPackages(root)
  if (missing.length === 0) return true
  console.log(`Installing ${missing.length} packages…`)
  const result = spawnSync('npm', ['install', '--no-save', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: 'inherit',
    // On Windows npm is a command file, which only a shell can start.
    shell: process.platform === 'win32',
    env: withoutProductionMode(process.env),
  })
  return result.status === 0 && missingPackages(root).length === 0
}

/** NODE_ENV=production makes npm leave out development packages, and the tests need those. */
function withoutProductionMode({ NODE_ENV, ...env }) {
  return env
}
