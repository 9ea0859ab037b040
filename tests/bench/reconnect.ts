/**
 * Many devices that open the feed at once, in a process of their own. Frames are not unpacked: the
 * relay is what is measured.
 *
 * argv: url, devices, head. Prints JSON { milliseconds, megabytes } once all are caught up.
 */
import { randomUUID } from 'node:crypto'
import { readFrames } from '../../shared/protocol/feed.ts'
import { deviceHeader, programHeader, protocolVersion } from '../../shared/protocol/program.ts'
import { signIn } from '../lab/device.ts'

const [url = '', devices = '', head = ''] = process.argv.slice(2)
const { cookie } = await signIn(url)

/** Stands for the entries of a frame: none. */
const noEntries = new Uint8Array([0])
let bytes = 0
const counted = async function* (stream: ReadableStream<Uint8Array>) {
  for await (const chunk of stream) {
    bytes += chunk.length
    yield chunk
  }
}

const catchUp = async (): Promise<AbortController> => {
  const connection = new AbortController()
  const response = await fetch(`${url}/feed?head=${head}&below=0`, {
    headers: { cookie, [deviceHeader]: randomUUID(), [programHeader]: String(protocolVersion) },
    signal: connection.signal,
  })
  if (!response.ok || !response.body) throw new Error(`feed: ${response.status}`)
  const frames = readFrames(counted(response.body), () => noEntries)
  for (;;) {
    const { done, value } = await frames.next()
    if (done) throw new Error('the feed ended before the device was caught up')
    if (value.kind === 'caughtUp') return connection
  }
}

const started = performance.now()
const open = await Promise.all(Array.from({ length: Number(devices) }, catchUp))
const milliseconds = performance.now() - started
for (const connection of open) connection.abort()
console.log(JSON.stringify({ milliseconds, megabytes: bytes / 1e6 }))
process.exit(0)
