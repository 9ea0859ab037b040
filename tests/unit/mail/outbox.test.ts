import { Resolver } from 'node:dns/promises'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import type { AccountContext } from '../../../connectors/channel.ts'
import { type Records, remoteRecords } from '../../../connectors/host/records.ts'
import { createFinder } from '../../../connectors/mail/discovery/finder.ts'
import { mailChannel } from '../../../connectors/mail/index.ts'
import { createNetwork } from '../../../connectors/mail/network.ts'
import { monthOf, newId, segmentId } from '../../../shared/ids.ts'
import { fail } from '../../../shared/reasons.ts'
import { startFaultySmtp } from '../../integration/mail/faulty-smtp.ts'
import { account } from './letters.ts'
import { memoryRelay } from './memory-relay.ts'

afterEach(() => void vi.useRealTimers())

const now = Date.UTC(2026, 10, 22, 12)

test('a letter that left while the relay was away is not sent again when its account is begun anew', async () => {
  const smtp = await startFaultySmtp()
  onTestFinished(() => smtp.stop())
  const relay = memoryRelay()
  const records = remoteRecords(relay, () => now)
  let away = false
  let unheard = 0
  const throughWire: Records = {
    ...records,
    change: async (...asked) => {
      if (!away) return records.change(...asked)
      unheard++
      return fail('unreachable')
    },
  }
  const network = createNetwork({ allowPrivate: true })
  const channel = mailChannel({
    network,
    finder: createFinder(network, new Resolver()),
    fault: () => undefined,
  })
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const context: AccountContext = {
    account: {
      ...account,
      receive: false,
      connection: {
        smtp: { host: '127.0.0.1', port: smtp.port, security: 'plain', user: account.address },
      },
    },
    password: 'secret',
    relay,
    records: throughWire,
    holder: 'this process',
    clock: () => Date.now(),
    random: () => 0.5,
    log,
    leaseHeld: () => true,
    reportHealth: () => undefined,
  }
  const dialog = newId()
  const segment = segmentId(dialog, now)
  const key = 'mail:letter'
  await records.change('segment', segment, () => ({
    dialog,
    account: account.id,
    month: monthOf(now),
    messages: {
      [key]: {
        at: now,
        direction: 'out',
        kind: 'letter',
        author: { employee: newId(), name: 'Анна' },
        to: [{ address: 'client@client.test' }],
        subject: 'Счёт',
        text: 'Счёт во вложении',
      },
    },
    states: { [key]: { status: 'queued', at: now } },
  }))
  const message = async () => {
    const row = await records.read('segment', segment)
    const found = row.ok && row.value?.messages.find((each) => each.key === key)
    if (!found) throw new Error('no message')
    return found
  }
  const outgoing = { segment, dialog, message: await message() }
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now })

  smtp.behaviour.data = 'hang'
  const first = channel.start(context)
  first.send(outgoing)
  await expect.poll(() => smtp.letters.length).toBe(1)
  away = true
  smtp.release()
  await expect.poll(() => unheard).toBeGreaterThan(0)
  // The lease runs out: the account ends, and gives the relay up after a while.
  let ended = false
  const ending = first.stop().then(() => {
    ended = true
  })
  while (!ended) await vi.advanceTimersByTimeAsync(1_000)
  await ending
  expect((await message()).state?.status).toBe('sending')

  away = false
  smtp.behaviour.data = 'accept'
  const second = channel.start(context)
  second.send(outgoing)
  await expect
    .poll(async () => {
      await vi.advanceTimersByTimeAsync(1_000)
      return (await message()).state?.status
    })
    .toBe('sent')
  expect(smtp.letters).toHaveLength(1)
  await second.stop()
})
