// The same work as ../load.ts, done with @hocuspocus/provider: each device edits a document of its
// own, some edits at a time, and goes on when the server has confirmed them.
// argv: port, devices, milliseconds, edits at a time. Prints JSON { acknowledged: number[] }.
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import WebSocket from 'ws'
import * as Y from 'yjs'

const [port, devices, duration, batch] = process.argv.slice(2)
const url = `ws://127.0.0.1:${port}`

const open = async (name) => {
  const document = new Y.Doc()
  const websocketProvider = new HocuspocusProviderWebsocket({ url, WebSocketPolyfill: WebSocket })
  const provider = new HocuspocusProvider({ websocketProvider, name, document })
  provider.attach()
  await new Promise((resolve) => provider.on('synced', resolve))
  return { document, provider, websocketProvider }
}

if (process.argv[6] === 'read') {
  const found = []
  for (let i = 0; i < Number(devices); i++) {
    const { document, provider, websocketProvider } = await open(`device-${i}`)
    found.push(Number(document.getMap('f').get('edit') ?? 0))
    provider.destroy()
    websocketProvider.destroy()
  }
  console.log(JSON.stringify({ found }))
  process.exit(0)
}

const opened = await Promise.all(
  Array.from({ length: Number(devices) }, (_, i) => open(`device-${i}`)),
)
const acknowledged = new Array(opened.length).fill(0)
const started = performance.now()
const end = started + Number(duration)
await Promise.all(
  opened.map(async ({ document, provider }, i) => {
    const fields = document.getMap('f')
    let edit = 0
    let wake = () => {}
    provider.on('unsyncedChanges', () => wake())
    while (performance.now() < end) {
      for (let n = 0; n < Number(batch); n++) fields.set('edit', ++edit)
      while (provider.unsyncedChanges > 0)
        await new Promise((resolve) => {
          wake = resolve
        })
      acknowledged[i] = edit
    }
  }),
)
console.log(JSON.stringify({ acknowledged, seconds: (performance.now() - started) / 1000 }))
process.exit(0)
