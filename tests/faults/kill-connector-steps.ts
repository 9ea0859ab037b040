/**
 * `kill -9` of the connector at every step of sending a letter, between a real relay and a real
 * Postfix: no letter arrives twice, and none is lost without being said to be in doubt.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { faultPoints } from '../../connectors/mail/faults.ts'
import { newId } from '../../shared/ids.ts'
import type { MessageStatus } from '../../shared/records/segment.ts'
import { startWorld, type World } from '../integration/mail/world.ts'
import { isAlive, until } from '../lab/processes.ts'
import { startConnectors } from '../lab/relay.ts'
import { Skipped } from './skipped.ts'

/** A lease of 3 s, then the account's start, a login and a look into Sent. */
const withinMs = 60_000
/** Long enough for a careless connector to send again: it would try after a second. */
const carelessMs = 4_000

/** What may become of a letter whose sender was killed there: how many arrive, and what is told. */
const outcomes: Record<(typeof faultPoints)[number], { arrive: number; told: MessageStatus[] }> = {
  'before-claim': { arrive: 1, told: ['sent'] },
  'after-claim': { arrive: 0, told: ['unknown'] },
  'before-data': { arrive: 0, told: ['unknown'] },
  // The last bytes may have been in the dead process, or on the wire.
  'handed-over': { arrive: 1, told: ['unknown'] },
  accepted: { arrive: 1, told: ['unknown'] },
  settled: { arrive: 1, told: ['sent'] },
}

const write = async (world: World, account: string, subject: string): Promise<string> => {
  const dialog = newId()
  const peer = { address: world.lab.users.client.address }
  await world.write('dialog', dialog, { account, channel: 'mail', peer })
  return world.reply(dialog, account, { to: [peer], subject, text: 'Добрый день' })
}

export const killConnectorSteps = async (): Promise<string> => {
  if (process.getuid?.() !== 0) throw new Skipped('the mail servers need root')
  const world = await startWorld()
  const { lab, relay } = world
  const start = (fault?: string) =>
    startConnectors({
      relay,
      env: {
        NODE_EXTRA_CA_CERTS: lab.cert,
        CONNECTOR_LEASE_MS: '3000',
        ...(fault && { INTERES_FAULT: fault }),
      },
    })
  try {
    const { address, password } = lab.users.sales
    const account = await world.connect({ address, password })
    await world.connectors.terminate()
    const keys = new Map<string, string>()
    for (const point of faultPoints) {
      const dying = await start(point)
      const { pid } = dying
      keys.set(point, await write(world, account, point))
      await until(
        () => `did not die ${point}\n${dying.logs}`,
        () => !isAlive(pid) || undefined,
        withinMs,
      )
      await dying.stop()
      const next = await start()
      const stateOf = () => world.messages().find(({ key }) => key === keys.get(point))?.state
      await until(
        () => `${point}: ${JSON.stringify(stateOf())}\n${next.logs}`,
        () => ['sent', 'unknown'].includes(stateOf()?.status ?? '') || undefined,
        withinMs,
      )
      await next.stop()
    }
    // Whoever would send again has time to do so.
    const last = await start()
    await sleep(carelessMs)
    const arrived = await lab.inbox(lab.users.client)
    await last.stop()
    const wrong: string[] = []
    let twice = 0
    let lost = 0
    const told: string[] = []
    for (const point of faultPoints) {
      const count = arrived.filter(({ parsed }) => parsed.subject === point).length
      const status = world.messages().find(({ key }) => key === keys.get(point))?.state?.status
      told.push(`${point} ${count} ${status}`)
      if (count > 1) twice++
      if (count === 0 && status !== 'unknown') lost++
      const wanted = outcomes[point]
      const most = point === 'handed-over' ? count <= wanted.arrive : count === wanted.arrive
      if (!most || status === undefined || !wanted.told.includes(status))
        wrong.push(`${point}: ${count} arrived, told as ${status}`)
    }
    const summary = `${faultPoints.length} kills (arrived, told): ${told.join(', ')}; twice ${twice}, lost silently ${lost}`
    if (wrong.length > 0) throw new Error(`${summary}\n${wrong.join('\n')}`)
    return summary
  } finally {
    await world.stop()
  }
}
