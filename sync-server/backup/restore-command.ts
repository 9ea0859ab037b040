/** `npm run restore -- <file> [--force]`: the relay must not run. Ends with 1 where something is wrong. */
import { randomInt } from 'node:crypto'
import { resolve } from 'node:path'
import { systemClock } from '../../shared/clock.ts'
import { newId } from '../../shared/ids.ts'
import { readSecretKey } from '../config.ts'
import { restoreBackup } from './restore.ts'
import { describe, problems, say, troubles } from './words.ts'

const force = process.argv.includes('--force')
const [file] = process.argv.slice(2).filter((argument) => argument !== '--force')
if (!file) {
  console.error('From what? npm run restore -- <file.tar.gz> [--force]')
  process.exit(2)
}
const dataDir = resolve(process.env.DATA_DIR || './data')
const restored = await restoreBackup({
  dataDir,
  file: resolve(file),
  force,
  secretKey: readSecretKey(process.env, dataDir),
  clock: systemClock,
  newId,
  random32: () => randomInt(2 ** 32),
})
if (!restored.ok) {
  console.error(problems[restored.problem])
  process.exit(1)
}
const { manifest, damaged, doubted, setAside, keyFits } = restored
const lost = troubles(manifest.files.missing, damaged)
say([
  ...describe(manifest),
  ...lost,
  `Restored: ${dataDir}`,
  ...(setAside ? [`Set aside: ${setAside}`] : []),
  ...(doubted > 0
    ? [`In doubt: ${doubted} letters that waited; those not found in Sent are for people to decide`]
    : []),
  ...(keyFits
    ? []
    : [
        'The secret key of the backup is not here: put it into DATA_DIR/secret.key before the start,',
        'or enter the passwords of the mailboxes anew.',
      ]),
  'Start the relay: devices that know more than the backup bring it up to date.',
])
process.exit(lost.length === 0 ? 0 : 1)
