/**
 * Many devices editing at once, in a process of their own. Each edits one client of its own, some
 * edits at a time in one push as its outbox would, and goes on when the relay has confirmed them.
 *
 * argv: url, devices, milliseconds, edits at a time. Prints JSON { ids, acknowledged, seconds }.
 */
import { newId } from '../../shared/ids.ts'
import type { PushEntry } from '../../shared/protocol/push.ts'
import { change } from '../../shared/records/change.ts'
import { anotherDevice, signIn } from '../lab/device.ts'

const [url = '', devices = '', duration = '', batch = ''] = process.argv.slice(2)

const first = await signIn(url)
const opened = Array.from({ length: Number(devices) }, () => anotherDevice(url, first))
const ids = opened.map(() => newId())
const acknowledged = opened.map(() => 0)
const started = performance.now()
const end = started + Number(duration)
await Promise.all(
  opened.map(async (device, i) => {
    const id = ids[i] ?? ''
    const writer = Math.floor(Math.random() * 2 ** 32)
    let state: Uint8Array | null = null
    let edit = 0
    let n = 0
    while (performance.now() < end) {
      const entries: PushEntry[] = []
      for (let left = Number(batch); left > 0; left--) {
        const patch = {
          kind: 'person',
          name: `Правка ${++edit}`,
          managers: [device.session.user.id],
        }
        const made = change('client', id, state, patch, writer)
        if (!made.ok || !made.value.update) throw new Error('an edit that is not one')
        state = made.value.state
        entries.push({ n: ++n, id, type: 'client', at: Date.now(), update: made.value.update })
      }
      const { outcomes } = await device.push(entries)
      const refused = outcomes.find(({ ok }) => !ok)
      if (refused) throw new Error(JSON.stringify(refused))
      acknowledged[i] = edit
    }
  }),
)
console.log(JSON.stringify({ ids, acknowledged, seconds: (performance.now() - started) / 1000 }))
process.exit(0)
