/**
 * `kill -9` of the relay under 20 writing devices, ten times: a change that was acknowledged is
 * there afterwards, always. Each device creates records and edits one of its own, over and over;
 * what was not acknowledged it sends again, as an outbox does.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '../../shared/ids.ts'
import type { PushEntry } from '../../shared/protocol/push.ts'
import { change } from '../../shared/records/change.ts'
import { anotherDevice, type NodeDevice, RelayError, setUp, signIn } from '../lab/device.ts'
import { startRelay } from '../lab/relay.ts'

const devices = 20
const kills = 10
/** Long enough for hundreds of commits between two kills. */
const betweenKillsMs = 700
const retryMs = 30

interface Written {
  /** Records whose creation was acknowledged. */
  created: string[]
  /** The record that is edited again and again, and the last edit of it that was acknowledged. */
  edited: string
  edit: number
}

const nameOf = (edit: number) => `Правка ${edit}`

/** Pushes until an answer comes; only a dead relay is a reason to try again. */
const pushUntilAnswered = async (device: NodeDevice, entries: PushEntry[]): Promise<void> => {
  for (;;) {
    try {
      const { outcomes } = await device.push(entries)
      const refused = outcomes.find(({ ok }) => !ok)
      if (refused) throw new Error(`refused: ${JSON.stringify(refused)}`)
      return
    } catch (error) {
      const passing =
        error instanceof TypeError || (error instanceof RelayError && error.status === 503)
      if (!passing) throw error
      await sleep(retryMs)
    }
  }
}

const write = async (device: NodeDevice, stopped: () => boolean): Promise<Written> => {
  const writer = Math.floor(Math.random() * 2 ** 32)
  const managers = [device.session.user.id]
  const written: Written = { created: [], edited: newId(), edit: 0 }
  let state: Uint8Array | null = null
  let n = 0
  while (!stopped()) {
    const id = newId()
    const made = change('client', id, null, { kind: 'person', name: 'Новый', managers }, writer)
    const next = written.edit + 1
    const edit = change(
      'client',
      written.edited,
      state,
      { kind: 'person', name: nameOf(next), managers },
      writer,
    )
    if (!made.ok || !made.value.update || !edit.ok || !edit.value.update)
      throw new Error('no change made')
    const entry = (record: string, update: Uint8Array): PushEntry => ({
      n: ++n,
      id: record,
      type: 'client',
      at: Date.now(),
      update,
    })
    await pushUntilAnswered(device, [
      entry(id, made.value.update),
      entry(written.edited, edit.value.update),
    ])
    state = edit.value.state
    written.created.push(id)
    written.edit = next
  }
  return written
}

export const killRelay = async (): Promise<string> => {
  const relay = await startRelay()
  try {
    const first = await setUp(relay.url)
    let stop = false
    const writing = Promise.all(
      Array.from({ length: devices }, () => write(anotherDevice(relay.url, first), () => stop)),
    )
    for (let kill = 0; kill < kills; kill++) {
      await Promise.race([sleep(betweenKillsMs), writing])
      await relay.kill9()
      await relay.restart()
    }
    await sleep(betweenKillsMs)
    stop = true
    const written = await writing

    await relay.kill9()
    await relay.restart()
    const names = new Map<string, string>()
    for await (const frame of (await signIn(relay.url)).feed()) {
      if (frame.kind === 'caughtUp') break
      if (frame.kind === 'records')
        for (const { id, row } of frame.entries) names.set(id, String(row.name))
    }
    const created = written.flatMap((device) => device.created)
    const lost = created.filter((id) => !names.has(id))
    const edits = written.reduce((all, { edit }) => all + edit, 0)
    const stale = written.filter(({ edited, edit }) => names.get(edited) !== nameOf(edit))
    const summary = `${created.length} creations and ${edits} edits acknowledged over ${kills + 1} kills; lost ${lost.length} creations, ${stale.length} records behind`
    if (lost.length > 0 || stale.length > 0 || created.length < devices * kills)
      throw new Error(summary)
    return summary
  } finally {
    await relay.stop()
  }
}
