/**
 * Many devices editing at once, in a process of their own. Each edits one client of its own, some
 * edits at a time in one push as its outbox would, and goes on when the relay has confirmed them.
 *
 * Real devices have processors of their own. These share one, so they are cheap: a document that
 * stays open and requests by `node:http`. With `fetch`, and a document decoded for each edit, fifty
 * of them took nearly twice the processor time of the relay that they were to measure.
 *
 * argv: url, devices, milliseconds, edits at a time. Prints JSON { ids, acknowledged, seconds }.
 */
import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { newId } from '../../shared/ids.ts'
import { deviceHeader, programHeader, protocolVersion } from '../../shared/protocol/program.ts'
import { encodePush, type PushAnswer, type PushEntry } from '../../shared/protocol/push.ts'
import { applyPatch } from '../../shared/records/change.ts'
import { openDoc } from '../../shared/records/projection.ts'
import { signIn } from '../lab/device.ts'

const [url = '', devices = '', duration = '', batch = ''] = process.argv.slice(2)

const { cookie, session } = await signIn(url)
const agent = new Agent({ keepAlive: true })
const push = (device: string, entries: PushEntry[]): Promise<PushAnswer> =>
  new Promise((resolve, reject) => {
    const body = encodePush(entries)
    const headers = {
      cookie,
      origin: url,
      [deviceHeader]: device,
      [programHeader]: protocolVersion,
      'content-type': 'application/octet-stream',
      'content-length': body.length,
    }
    const asked = request(`${url}/push`, { method: 'POST', agent, headers }, (answer) => {
      text(answer).then((said) => resolve(JSON.parse(said) as PushAnswer), reject) // the relay's own answer
    })
    asked.on('error', reject)
    asked.end(body)
  })

const opened = Array.from({ length: Number(devices) }, () => ({ id: newId(), device: newId() }))
const acknowledged = opened.map(() => 0)
const started = performance.now()
const end = started + Number(duration)
await Promise.all(
  opened.map(async ({ id, device }, i) => {
    const doc = openDoc(id, null, Math.floor(Math.random() * 2 ** 32))
    let entries: PushEntry[] = []
    let n = 0
    doc.on('update', (update: Uint8Array) => {
      entries.push({ n: ++n, id, type: 'client', at: Date.now(), update })
    })
    let edit = 0
    while (performance.now() < end) {
      entries = []
      for (let left = Number(batch); left > 0; left--) {
        const name = `Правка ${++edit}`
        applyPatch(doc, 'client', { kind: 'person', name, managers: [session.user.id] })
      }
      const { outcomes } = await push(device, entries)
      const refused = outcomes?.find(({ ok }) => !ok)
      if (refused || outcomes?.length !== Number(batch)) throw new Error(JSON.stringify(outcomes))
      acknowledged[i] = edit
    }
  }),
)
const ids = opened.map(({ id }) => id)
console.log(JSON.stringify({ ids, acknowledged, seconds: (performance.now() - started) / 1000 }))
process.exit(0)
