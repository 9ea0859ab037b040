/** `npm run backup -- <file>`: may run while the relay works. Ends with 1 where something is wrong. */
import { resolve } from 'node:path'
import { systemClock } from '../../shared/clock.ts'
import { readSecretKey } from '../config.ts'
import { makeBackup } from './backup.ts'
import { describe, problems, say, troubles } from './words.ts'

const [file] = process.argv.slice(2)
if (!file) {
  console.error('Where to? npm run backup -- <file.tar.gz>')
  process.exit(2)
}
const dataDir = resolve(process.env.DATA_DIR || './data')
const secretKey = readSecretKey(process.env, dataDir)
const made = await makeBackup({ dataDir, file, secretKey, clock: systemClock })
if (!made.ok) {
  console.error(problems[made.problem])
  process.exit(1)
}
const lost = troubles(made.manifest.files.missing, made.damaged)
say([
  ...describe(made.manifest),
  ...lost,
  `Checked:  base sound, archive read through, ${lost.length} files missing or damaged`,
  `Written:  ${resolve(file)}`,
  'Not in it: the secret key (DATA_DIR/secret.key or SECRET_KEY). Keep a copy of it elsewhere:',
  'without it the passwords of the mailboxes must be entered anew.',
])
process.exit(lost.length === 0 ? 0 : 1)
