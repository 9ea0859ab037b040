import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { listen } from '../../../sync-server/server.ts'
import { shortest } from '../../lab/shortest.ts'
import { openTestRelay } from './lab.ts'

test('a stop does not wait for a connection that was opened ahead and asks nothing', async () => {
  // Those who ask something are waited for 5 s.
  const soon = 2_500
  const taken = await shortest(soon, async () => {
    const server = await listen(await openTestRelay(), 0, '127.0.0.1')
    const { port } = new URL(server.url)
    // As browsers do, to ask the sooner. Its answer says that the relay took the connections before it.
    const ahead = connect(Number(port), '127.0.0.1')
    onTestFinished(() => void ahead.destroy())
    await once(ahead, 'connect')
    expect((await fetch(`${server.url}/health`)).ok).toBe(true)
    const ended = once(ahead, 'close')
    const startedAt = performance.now()
    await server.stop()
    await ended
    return performance.now() - startedAt
  })
  expect(taken).toBeLessThan(soon)
})
