// Two devices with a document for each record edit them apart and come together, as
// ../../scenarios/merge.ts does it. argv: port, documents. Prints JSON { milliseconds, held }.
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import WebSocket from 'ws'
import * as Y from 'yjs'

const [port, documents] = process.argv.slice(2)
const count = Number(documents)

const open = async () => {
  const websocketProvider = new HocuspocusProviderWebsocket({
    url: `ws://127.0.0.1:${port}`,
    WebSocketPolyfill: WebSocket,
    // Comes back at once, as ours does when the network is there again.
    delay: 20,
    minDelay: 20,
    jitter: false,
  })
  const records = await Promise.all(
    Array.from({ length: count }, async (_, i) => {
      const document = new Y.Doc()
      const provider = new HocuspocusProvider({ websocketProvider, name: `record-${i}`, document })
      provider.attach()
      await new Promise((resolve) => provider.on('synced', resolve))
      return document
    }),
  )
  return { websocketProvider, records }
}

const devices = [await open(), await open()]
for (const { websocketProvider } of devices) websocketProvider.disconnect()
await new Promise((resolve) => setTimeout(resolve, 500))
for (const [i, document] of devices[0].records.entries()) document.getMap('f').set('name', `А ${i}`)
for (const [i, document] of devices[1].records.entries()) document.getMap('f').set('note', `Б ${i}`)

const held = () =>
  devices.map(
    ({ records }) =>
      records.filter((document, i) => document.getMap('f').get('name') === `А ${i}`).length +
      records.filter((document, i) => document.getMap('f').get('note') === `Б ${i}`).length,
  )
const started = performance.now()
for (const { websocketProvider } of devices) websocketProvider.connect()
while (held().some((n) => n < 2 * count) && performance.now() - started < 60_000)
  await new Promise((resolve) => setTimeout(resolve, 10))
console.log(
  JSON.stringify({ milliseconds: performance.now() - started, held: Math.min(...held()) }),
)
process.exit(0)
