import { randomInt } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pino from 'pino'
import { systemClock } from '../shared/clock.ts'
import { faultFrom, noFault } from '../shared/faults.ts'
import { newId } from '../shared/ids.ts'
import { defaultEntries } from '../shared/records/first-entries.ts'
import { vault } from './accounts/vault.ts'
import { openArchiveShelf } from './archives/shelf.ts'
import { faultPoints } from './commit/faults.ts'
import { dadata } from './companies/dadata.ts'
import { readConfig } from './config.ts'
import { openFileDisk } from './files/disk.ts'
import { openMetrics } from './metrics.ts'
import { createFindPicture } from './pictures/find-picture.ts'
import { createOutside } from './pictures/outside.ts'
import { openRelay } from './relay.ts'
import { listen } from './server.ts'
import { openSqlite } from './store/sqlite.ts'

const config = readConfig(process.env)
const log = pino({ level: config.logLevel })
const clientDir = config.clientDir ?? fileURLToPath(new URL('../client/dist', import.meta.url))

const relay = await openRelay({
  store: openSqlite(join(config.dataDir, 'relay.sqlite')),
  disk: await openFileDisk(join(config.dataDir, 'files')),
  archives: await openArchiveShelf(join(config.dataDir, 'archives'), { clock: systemClock, log }),
  vault: vault(config.secretKey),
  findCompanies: dadata(config.dadataUrl),
  findPicture: config.linkPictures ? createFindPicture(createOutside()) : null,
  clock: systemClock,
  log,
  metrics: openMetrics(),
  fault: config.fault
    ? faultFrom(faultPoints, config.fault, () => process.kill(process.pid, 'SIGKILL'))
    : noFault,
  connectorToken: config.connectorToken,
  publicUrl: config.publicUrl,
  clientDir: existsSync(clientDir) ? clientDir : null,
  minimumProgram: config.minimumProgram,
  firstEntries: defaultEntries,
  newId,
  random32: () => randomInt(2 ** 32),
})
const server = await listen(relay, config.port, config.host)
log.info({ url: server.url, dataDir: config.dataDir }, 'listening')

let stopping = false
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.on(signal, () => {
    if (stopping) return
    stopping = true
    log.info({ signal }, 'stopping')
    server.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'could not stop cleanly')
        process.exit(1)
      },
    )
  })
