import { spawnSync } from 'node:child_process'

export const mailPackages = [
  'dovecot-imapd',
  'dovecot-lmtpd',
  'dovecot-sieve',
  'postfix',
  'openssl',
]
export const browserPackages = ['chromium']

function isInstalled(name) {
  const result = spawnSync('dpkg-query', ['--status', name])
  return result.status === 0 && /^Status: .* installed$/m.test(result.stdout.toString())
}

/**
 * Installs the Debian packages that are missing. Returns undefined when all are there, else what
 * stands in the way, in words.
 */
export function installDebianPackages(names) {
  const missing = names.filter((name) => !isInstalled(name))
  if (missing.length === 0) return undefined
  const install = ['install', '-y', '--no-install-recommends', ...missing]
  if (process.getuid?.() !== 0) {
    return `Missing: ${missing.join(', ')}. Run as root: apt-get update && apt-get ${install.join(' ')}`
  }
  console.log(`Installing ${missing.join(', ')}…`)
  for (const args of [['update'], install]) {
    const result = spawnSync('apt-get', args, {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
    if (result.error) return `apt-get could not be started: ${result.error.message}`
    if (result.status !== 0) return `apt-get ${args.join(' ')} failed, see above`
  }
  return undefined
}
