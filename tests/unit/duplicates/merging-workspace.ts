/** A relay that settles merges, and devices of an administrator that are sometimes apart. */
import { type Subject, service, tokensOf } from '../../../shared/rights.ts'
import { dialogsOfDecided } from '../../../sync-server/merges/decided.ts'
import { settleMerges } from '../../../sync-server/merges/settle.ts'
import type { Workspace } from '../../../sync-server/workspace.ts'
import {
  type SimulatedDevice,
  startSimulatedDevice,
  startSimulatedRelay,
} from '../replica/simulated-workspace.ts'
import { account, anna, devicesCount } from './merge-steps.ts'

const administrator: Subject = {
  kind: 'employee',
  id: anna,
  administrator: true,
  tokens: tokensOf({ id: anna, administrator: true }, [{ id: account, access: 'all' }]),
}

export const startMergingWorkspace = async () => {
  const relay = await startSimulatedRelay()
  let late: (() => void)[] = []
  let working: Promise<unknown>[] = []
  const write: Workspace['write'] = (type, id, change) => {
    const subject = service('relay')
    const done = relay.pipeline.propose({ id, type, change, subject, device: '', madeAt: 0 })
    working.push(done)
    return done
  }
  const { read } = relay.pipeline
  const onError = (error: unknown) => {
    throw error
  }
  const later = (act: () => void) => late.push(act)
  relay.pipeline.observe(settleMerges({ read, write, clock: () => 0, later, onError }))
  relay.pipeline.observe(dialogsOfDecided({ read, write, onError }))
  const devices: SimulatedDevice[] = []
  const subjects = { here: administrator, there: administrator }
  for (let n = 0; n < devicesCount; n++) devices.push(await startSimulatedDevice(relay, subjects))

  /** Everything is sent, received and settled. */
  const quieten = async () => {
    for (let round = 0; round < 12; round++) {
      for (const one of devices) {
        while ((await one.push('arrives')).kind === 'more');
        await one.receive(Number.POSITIVE_INFINITY)
      }
      // What the relay settles is begun by its observers, a few turns after a commit.
      for (let turn = 0; turn < 20; turn++) {
        await new Promise((resolve) => setImmediate(resolve))
        const running = working
        working = []
        await Promise.all(running)
      }
      const due = late
      late = []
      for (const act of due) act()
    }
  }
  const close = async () => {
    for (const one of devices) await one.close()
    await relay.close()
  }
  return { relay, devices, write, quieten, close }
}
