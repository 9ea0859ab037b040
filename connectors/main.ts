/** The connector process. Configuration by environment, see the table in README. */
import { randomUUID } from 'node:crypto'
import { Resolver } from 'node:dns/promises'
import pino from 'pino'
import { second, systemClock } from '../shared/clock.ts'
import { faultFrom, noFault } from '../shared/faults.ts'
import { startHost } from './host/host.ts'
import { connectRelay } from './host/relay.ts'
import { createFinder } from './mail/discovery/finder.ts'
import { faultPoints } from './mail/faults.ts'
import { mailChannel } from './mail/index.ts'
import { letterParser } from './mail/letter/parser.ts'
import { createNetwork } from './mail/network.ts'

/** After a crash another process takes over this much later; while it runs this many are renewed a minute. */
const defaultLeaseTtl = 10 * second

const {
  RELAY_URL,
  CONNECTOR_TOKEN,
  CONNECTOR_ALLOW_PRIVATE,
  CONNECTOR_LEASE_MS,
  INTERES_FAULT,
  LOG_LEVEL,
} = process.env
if (!RELAY_URL || !CONNECTOR_TOKEN) {
  console.error(
    'RELAY_URL and CONNECTOR_TOKEN are required: the relay to work for, and its service token.',
  )
  process.exit(1)
}

const log = pino({ level: LOG_LEVEL || 'info', name: 'connectors' })
const holder = randomUUID()
const network = createNetwork({ allowPrivate: CONNECTOR_ALLOW_PRIVATE === '1' })
const parser = letterParser({
  onBroken: (cause) => log.error({ cause }, 'The parsing thread was replaced'),
})
const host = startHost({
  relay: connectRelay({ url: RELAY_URL, token: CONNECTOR_TOKEN, holder }),
  kinds: {
    mail: mailChannel({
      network,
      finder: createFinder(network, new Resolver({ timeout: 3 * second, tries: 2 })),
      parser,
      fault: INTERES_FAULT
        ? faultFrom(faultPoints, INTERES_FAULT, () => process.kill(process.pid, 'SIGKILL'))
        : noFault,
    }),
  },
  holder,
  clock: systemClock,
  random: Math.random,
  log,
  leaseTtl: Number(CONNECTOR_LEASE_MS) || defaultLeaseTtl,
})
log.info({ relay: RELAY_URL, holder }, 'Connectors started')

let stopping = false
const stop = async (signal: string) => {
  if (stopping) return
  stopping = true
  log.info({ signal }, 'Stopping: a letter on its way is finished first')
  await host.stop()
  await parser.close()
  process.exit(0)
}
process.on('SIGTERM', () => void stop('SIGTERM'))
process.on('SIGINT', () => void stop('SIGINT'))
