import { once } from 'node:events'
import { createServer } from 'node:net'

/**
 * Below the ports that systems give to who asks for any (Linux: from 32768, gVisor: from 16000), above
 * 10080, which browsers refuse. Between being found free and being listened on a port is nobody's, and a
 * server that is restarted lets go of its own: nothing else of a run may come upon it meanwhile.
 */
const first = 11_000
/** The workers of a run keep apart: each has ports of its own. */
const perWorker = 1_200
const workers = 4

const worker = Number(process.env.VITEST_POOL_ID ?? 0) % workers
// Files of a worker may load this anew, and other runs on this machine have the same ports.
let next = Math.floor(Math.random() * perWorker)

/**
 * Ports of 127.0.0.1 that nobody listens on. For servers that cannot listen on 0 and say what they got.
 */
export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = []
  for (let tried = 0; ports.length < count; tried++) {
    if (tried === perWorker) throw new Error('Every port of this worker is listened on')
    const port = first + worker * perWorker + (next++ % perWorker)
    if (await isFree(port)) ports.push(port)
  }
  return ports
}

const isFree = async (port: number): Promise<boolean> => {
  const server = createServer()
  server.listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch {
    // Somebody listens on it (EADDRINUSE), or it is kept from us: the next one then.
    return false
  }
  server.close()
  await once(server, 'close')
  return true
}
