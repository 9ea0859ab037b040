/**
 * From a letter in one device's document to another's, both in a live room with the stock
 * y-websocket provider, in a process of their own.
 *
 * argv: url, record id, cookie, edits, milliseconds between them. Prints JSON { taken: number[] }.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import WebSocket from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'

const [url = '', id = '', cookie = '', edits = '', pause = ''] = process.argv.slice(2)

class Socket extends WebSocket {
  constructor(address: string | URL, protocols?: string | string[]) {
    super(address, protocols, { headers: { cookie } })
  }
}

const open = async (): Promise<Y.Doc> => {
  const doc = new Y.Doc()
  const provider = new WebsocketProvider(`${url.replace('http', 'ws')}/live`, id, doc, {
    // The DOM's type of a constructor differs from that of `ws`, which y-websocket names in its own examples.
    WebSocketPolyfill: Socket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
  })
  await new Promise<void>((resolve) => provider.once('sync', () => resolve()))
  return doc
}

const [a, b] = [await open(), await open()]
const note = a.getText('note')
const seen = b.getText('note')
const start = note.length
const made: number[] = []
const taken: number[] = []
let isAll = () => {}
const all = new Promise<void>((resolve) => {
  isAll = resolve
})
seen.observe(() => {
  const now = performance.now()
  // Letters that came together are all here now.
  for (let n = taken.length; n < seen.length - start; n++) taken.push(now - (made[n] ?? Number.NaN))
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
