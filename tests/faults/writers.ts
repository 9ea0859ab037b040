/**
 * Devices that write all the while something goes wrong. Each creates records and edits one of its
 * own, over and over; what was not acknowledged it sends again, as an outbox does. Afterwards the
 * relay's feed is compared with what was acknowledged.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Clock, systemClock } from '../../shared/clock.ts'
import { newId } from '../../shared/ids.ts'
import type { PushEntry } from '../../shared/protocol/push.ts'
import { isPassing, type Reason } from '../../shared/reasons.ts'
import { change } from '../../shared/records/change.ts'
import { anotherDevice, type NodeDevice, RelayError, signIn } from '../lab/device.ts'

const retryMs = 30
/** A real device waits half a minute for an answer; its patience is not what is tested here. */
const answerWithinMs = 8_000
/** Statuses of reasons that pass: 429, 500, 503, 504, 507. */
const isPassingStatus = (status: number) => status === 429 || status >= 500

interface Written {
  /** Records whose creation was acknowledged. */
  created: string[]
  /** The record that is edited again and again, and the last edit of it that was acknowledged. */
  edited: string
  edit: number
  /** Pushes that had to be sent again, by why. */
  again: Map<string, number>
}

export interface Writing {
  /** Changes acknowledged so far. */
  acknowledged(): number
  /** Resolves when so many more changes have been acknowledged; throws where that takes too long. */
  more(count: number, withinMs?: number): Promise<void>
  /** How often a push had to be sent again for this reason. */
  repeats(reason?: string): number
  /** Ends the devices; each has its last push acknowledged first. */
  stop(): Promise<void>
  /** Compares with the relay. Throws where something acknowledged is not there. */
  judge(url: string): Promise<string>
}

const nameOf = (edit: number) => `Правка ${edit}`

const entriesOf = (
  id: string,
  edited: string,
  state: Uint8Array | null,
  edit: number,
  managers: string[],
  writer: number,
  at: number,
) => {
  const patch = { kind: 'person', managers }
  const made = change('client', id, null, { ...patch, name: 'Новый' }, writer)
  const next = change('client', edited, state, { ...patch, name: nameOf(edit) }, writer)
  if (!made.ok || !made.value.update || !next.ok || !next.value.update)
    throw new Error('no change made')
  const entry = (n: number, record: string, update: Uint8Array): PushEntry => ({
    n,
    id: record,
    type: 'client',
    at,
    update,
  })
  return {
    entries: [entry(1, id, made.value.update), entry(2, edited, next.value.update)],
    state: next.value.state,
  }
}

/** Pushes until every entry is acknowledged; throws where one is refused for good. */
const pushUntilAnswered = async (
  device: NodeDevice,
  entries: PushEntry[],
  again: (why: string) => void,
): Promise<void> => {
  let left = entries
  for (;;) {
    try {
      const { outcomes } = await device.push(left, AbortSignal.timeout(answerWithinMs))
      const passing = new Map<number, Reason>()
      for (const outcome of outcomes) {
        if (outcome.ok) continue
        if (!isPassing(outcome.reason)) throw new Error(`refused: ${JSON.stringify(outcome)}`)
        passing.set(outcome.n, outcome.reason)
      }
      left = left.filter(({ n }) => passing.has(n))
      if (left.length === 0) return
      for (const reason of passing.values()) again(reason)
    } catch (error) {
      if (error instanceof RelayError && isPassingStatus(error.status)) again(`${error.status}`)
      else if (error instanceof DOMException) again('no answer')
      // What Node's fetch throws where the connection is refused or cut.
      else if (error instanceof TypeError) again('no connection')
      else throw error
    }
    await sleep(retryMs)
  }
}

/**
 * Starts `count` devices of a user that write to `url` until they are stopped.
 *
 * @param clock of the devices, for the times they give their changes.
 */
export const startWriting = (
  url: string,
  first: NodeDevice,
  count: number,
  clock: Clock = systemClock,
): Writing => {
  let stopped = false
  const all: Written[] = []
  const write = async (device: NodeDevice, written: Written): Promise<void> => {
    const writer = Math.floor(Math.random() * 2 ** 32)
    const managers = [device.session.user.id]
    let state: Uint8Array | null = null
    while (!stopped) {
      const id = newId()
      const edit = written.edit + 1
      const made = entriesOf(id, written.edited, state, edit, managers, writer, clock())
      await pushUntilAnswered(device, made.entries, (why) =>
        written.again.set(why, (written.again.get(why) ?? 0) + 1),
      )
      state = made.state
      written.created.push(id)
      written.edit = edit
    }
  }
  const working = Promise.all(
    Array.from({ length: count }, () => {
      const written: Written = { created: [], edited: newId(), edit: 0, again: new Map() }
      all.push(written)
      return write(anotherDevice(url, first), written)
    }),
  )
  // Looked at by whoever waits below; until then a failure is no unhandled one.
  working.catch(() => undefined)

  const acknowledged = () => all.reduce((sum, { edit }) => sum + 2 * edit, 0)
  const repeats = (reason?: string) => {
    let sum = 0
    for (const { again } of all)
      for (const [why, times] of again) if (reason === undefined || why === reason) sum += times
    return sum
  }
  return {
    acknowledged,
    repeats,
    more: async (wanted, withinMs = 60_000) => {
      const goal = acknowledged() + wanted
      const deadline = performance.now() + withinMs
      while (acknowledged() < goal) {
        if (performance.now() > deadline)
          throw new Error(
            `only ${acknowledged() + wanted - goal} of ${wanted} changes in ${withinMs} ms`,
          )
        await Promise.race([sleep(20), working])
      }
    },
    stop: async () => {
      stopped = true
      await working
    },
    judge: async (relayUrl) => {
      const names = new Map<string, string>()
      for await (const frame of (await signIn(relayUrl)).feed()) {
        if (frame.kind === 'caughtUp') break
        if (frame.kind === 'records')
          for (const { id, row } of frame.entries) names.set(id, String(row.name))
      }
      const created = all.flatMap((device) => device.created)
      const lost = created.filter((id) => !names.has(id)).length
      const behind = all.filter(({ edited, edit }) => names.get(edited) !== nameOf(edit)).length
      const summary = `${created.length} creations and ${acknowledged() / 2} edits acknowledged, ${repeats()} pushes sent again; lost ${lost} creations, ${behind} records behind`
      if (lost > 0 || behind > 0 || created.length === 0) throw new Error(summary)
      return summary
    },
  }
}
