import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import type { ChannelKind } from '../../../connectors/channel.ts'
import { startHost } from '../../../connectors/host/host.ts'
import { connectRelay } from '../../../connectors/host/relay.ts'
import { newId } from '../../../shared/ids.ts'

const unused = () => {
  throw new Error('there are no accounts')
}
const neverUsed: ChannelKind = {
  channel: 'mail',
  capabilities: { maxAttachmentBytes: 0, html: false, readReceipts: false },
  find: unused,
  check: unused,
  start: unused,
}

it('a connector says once that the company is not set up, and goes on asking', async () => {
  let asked = 0
  const relay = createServer((request, response) => {
    if (request.url?.startsWith('/feed')) asked++
    response.writeHead(503, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ reason: 'connectorsAway' }))
  })
  relay.listen(0, '127.0.0.1')
  await once(relay, 'listening')
  const { port } = relay.address() as AddressInfo // it listens on a port
  const said: { level: string; words: string }[] = []
  const say =
    (level: string) =>
    (_: object, words: string): void => {
      said.push({ level, words })
    }
  const lines = { info: say('info'), warn: say('warn'), error: say('error') }
  const log = { ...lines, child: () => lines }
  const holder = newId()
  const host = startHost({
    relay: connectRelay({ url: `http://127.0.0.1:${port}`, token: 'token', holder }),
    kinds: { mail: neverUsed },
    holder,
    clock: Date.now,
    random: () => 0,
    log,
    leaseTtl: 10_000,
  })
  await expect.poll(() => asked).toBeGreaterThanOrEqual(3)
  await host.stop()
  relay.close()
  expect(said).toEqual([
    { level: 'info', words: 'Nothing to connect yet: the company is not set up' },
  ])
})
