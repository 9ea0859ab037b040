/** The parsing thread: one letter in, one parsed letter out. Killed from outside when it takes too long. */
import { parentPort } from 'node:worker_threads'
import { parseLetter } from './parse.ts'

const port = parentPort
if (port === null) throw new Error('thread.ts runs only as a worker thread')

port.on('message', async (raw: Uint8Array) => {
  // Copied, not moved: several files may be views of one buffer.
  port.postMessage(await parseLetter(raw))
})
