// The same as ../../live.ts with @hocuspocus/provider.
// argv: port, edits, milliseconds between them. Prints JSON { taken: number[] }.
import { setTimeout as sleep } from 'node:timers/promises'
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import WebSocket from 'ws'
import * as Y from 'yjs'

const [port, edits, pause] = process.argv.slice(2)

const open = async () => {
  const document = new Y.Doc()
  const websocketProvider = new HocuspocusProviderWebsocket({
    url: `ws://127.0.0.1:${port}`,
    WebSocketPolyfill: WebSocket,
  })
  const provider = new HocuspocusProvider({ websocketProvider, name: 'live', document })
  provider.attach()
  await new Promise((resolve) => provider.on('synced', resolve))
  return document
}

const [a, b] = [await open(), await open()]
const note = a.getText('note')
const seen = b.getText('note')
const made = []
const taken = []
let isAll = () => {}
const all = new Promise((resolve) => {
  isAll = resolve
})
seen.observe(() => {
  const now = performance.now()
  for (let n = taken.length; n < seen.length; n++) taken.push(now - made[n])
  if (taken.length === Number(edits)) isAll()
})
for (let n = 0; n < Number(edits); n++) {
  made.push(performance.now())
  note.insert(note.length, 'я')
  await sleep(Number(pause))
}
await all
console.log(JSON.stringify({ taken }))
process.exit(0)
