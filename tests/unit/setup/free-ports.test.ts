import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { freePorts } from '../../lab/free-ports.ts'

const listenOn = async (port: number): Promise<number> => {
  const server = createServer()
  onTestFinished(() => void server.close())
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
  return address.port
}

test('a free port is not given twice, nor one that is listened on, nor one the system gives to others', async () => {
  const given = await freePorts(5)
  const taken = await freePorts(1)
  for (const port of taken) await listenOn(port)
  // Once around: all that are this worker's, but what somebody listens on.
  const others = await freePorts(1_150)
  expect(new Set([...given, ...taken]).size).toBe(6)
  expect(others).not.toContain(taken[0])
  const bySystem = await Promise.all(Array.from({ length: 20 }, () => listenOn(0)))
  expect(Math.min(...bySystem)).toBeGreaterThan(Math.max(...given, ...others))
})
