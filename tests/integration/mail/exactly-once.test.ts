import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import type { MessageStatus } from '../../../shared/records/segment.ts'
import { until } from '../../lab/processes.ts'
import { type FaultySmtp, good, startFaultySmtp } from './faulty-smtp.ts'
import { labConnection, startWorld, type World } from './world.ts'

/** Long enough for a careless connector to send again: it would try after a second. */
const careless = 3000
/** It waits 10 s after the first refusal, then 20, then 40, each a quarter longer at most. */
const afterThreeRefusals = 90_000
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

describe('a letter leaves exactly once', () => {
  let world: World
  let smtp: FaultySmtp
  let account: string
  /** Of the tests before: the last one looks whether something left a second time since. */
  const earlier: string[] = []

  beforeAll(async () => {
    world = await startWorld()
    smtp = await startFaultySmtp()
    const { sales } = world.lab.users
    account = await world.connect({
      ...sales,
      connection: {
        ...labConnection(world.lab, sales.address),
        smtp: { host: 'localhost', port: smtp.port, security: 'plain', user: sales.address },
      },
    })
  })
  afterAll(async () => {
    await world?.stop()
    await smtp?.stop()
  })
  beforeEach(() => {
    smtp.behaviour = { ...good }
    earlier.push(...smtp.letters)
    smtp.letters.length = 0
  })

  const write = async (text: string): Promise<string> => {
    const dialog = newId()
    await world.write('dialog', dialog, {
      account,
      channel: 'mail',
      peer: { address: 'client@client.test' },
    })
    return world.reply(dialog, account, {
      to: [{ address: 'client@client.test' }],
      subject: text,
      text,
    })
  }
  const stateOf = (key: string) => world.messages().find((each) => each.key === key)?.state
  const status = (key: string, wanted: MessageStatus, limit = 30_000) =>
    until(
      () => `status ${JSON.stringify(stateOf(key))} and not ${wanted}`,
      async () => stateOf(key)?.status === wanted || undefined,
      limit,
    )

  it('when all goes well', async () => {
    const key = await write('plain')
    await status(key, 'sent')
    expect(smtp.letters).toHaveLength(1)
  })

  it('is unknown, and not sent again, when the connection is lost after DATA', async () => {
    smtp.behaviour.data = 'drop'
    const key = await write('dropped')
    await status(key, 'unknown')
    smtp.behaviour.data = 'accept'
    expect(smtp.letters).toHaveLength(1)
    expect(stateOf(key)).toMatchObject({ status: 'unknown', reason: 'outcomeUnknown' })
  })

  it('waits and goes again after 451, which says that it was not taken', {
    timeout: 2 * afterThreeRefusals,
  }, async () => {
    smtp.behaviour.data = '451 try later'
    const key = await write('greylisted')
    await until(
      'no refusal seen',
      async () => stateOf(key)?.reason === 'providerError' || undefined,
    )
    expect(stateOf(key)?.status).toBe('queued')
    smtp.behaviour.data = 'accept'
    await status(key, 'sent', afterThreeRefusals)
    expect(smtp.letters).toHaveLength(1)
    // Refused once, or again where the device heard of it late; the same letter each time.
    expect(messageIds(smtp.refused)).toEqual(messageIds(smtp.letters))
  })

  it('waits while the server says 421', async () => {
    smtp.behaviour.greeting = '421 busy'
    const before = smtp.greeted
    const key = await write('busy')
    await until('it tries no more', async () => smtp.greeted > before + 1 || undefined)
    await status(key, 'queued')
    smtp.behaviour.greeting = good.greeting
    await status(key, 'sent')
    expect(smtp.letters).toHaveLength(1)
  })

  it('fails with the reason when the recipient is refused', async () => {
    smtp.behaviour.rcpt = '550 5.1.1 no such user'
    const key = await write('refused')
    await status(key, 'failed')
    expect(stateOf(key)).toMatchObject({ reason: 'recipientRefused' })
    expect(stateOf(key)?.detail).toContain('no such user')
    expect(smtp.letters).toHaveLength(0)
  })

  it('survives a relay that dies while the letter is on its way', async () => {
    smtp.behaviour.data = 'hang'
    const key = await write('relay dies')
    await until('not on its way', async () => smtp.letters.length === 1 || undefined)
    await world.relay.kill9()
    await world.relay.restart()
    smtp.behaviour.data = 'accept'
    await world.connectors.kill9()
    await world.connectors.restart()
    await status(key, 'unknown')
    expect(smtp.letters).toHaveLength(1)
  })

  it('has its outcome written once the relay is back', async () => {
    smtp.behaviour.data = 'hang'
    const key = await write('relay away')
    await until('not on its way', async () => smtp.letters.length === 1 || undefined)
    await world.relay.kill9()
    smtp.release()
    await pause(500)
    await world.relay.restart()
    await status(key, 'sent')
    expect(smtp.letters).toHaveLength(1)
  })

  it('with two connector processes, also when the one at work is killed', async () => {
    const second = await world.secondConnectors()
    try {
      const keys = await Promise.all(['a', 'b', 'c'].map(write))
      for (const key of keys) await status(key, 'sent')
      expect(smtp.letters).toHaveLength(3)
      await world.connectors.kill9()
      const after = await write('after the takeover')
      await status(after, 'sent')
      expect(messageIds(smtp.letters)).toHaveLength(4)
      expect(smtp.letters).toHaveLength(4)
    } finally {
      await second.stop()
      await world.connectors.restart()
    }
  })

  it('is found sent after kill -9 when the Sent folder has it', async () => {
    smtp.behaviour.data = 'hang'
    const key = await write('killed, but filed')
    await until('not on its way', async () => smtp.letters.length === 1 || undefined)
    await world.connectors.kill9()
    await world.lab.asUser(world.lab.users.sales, async (client) => {
      await client.append('Sent', Buffer.from(smtp.letters[0] ?? '', 'latin1'))
    })
    smtp.behaviour.data = 'accept'
    await world.connectors.restart()
    await status(key, 'sent')
    expect(smtp.letters).toHaveLength(1)
  })

  it('finishes a letter on its way when told to stop', async () => {
    smtp.behaviour.data = 'hang'
    const key = await write('stopped')
    await until('not on its way', async () => smtp.letters.length === 1 || undefined)
    const ended = world.connectors.terminate()
    await pause(500)
    smtp.release()
    await ended
    await status(key, 'sent')
    await world.connectors.restart()
    expect(smtp.letters).toHaveLength(1)
  })

  it('and nothing of the above leaves again later', async () => {
    // The server takes what it is given all the while.
    await pause(careless)
    const times = new Map<string, number>()
    for (const letter of [...earlier, ...smtp.letters]) {
      times.set(subjectOf(letter), (times.get(subjectOf(letter)) ?? 0) + 1)
    }
    expect(Object.fromEntries(times)).toEqual({
      plain: 1,
      dropped: 1,
      greylisted: 1,
      busy: 1,
      'relay dies': 1,
      'relay away': 1,
      a: 1,
      b: 1,
      c: 1,
      'after the takeover': 1,
      'killed, but filed': 1,
      stopped: 1,
    })
  })

  it('stays queued, and the account says why, while the password is refused', async () => {
    smtp.behaviour.auth = '535 5.7.8 wrong'
    const key = await write('refused login')
    const health = await until('the account does not say so', async () => {
      const row = world.ofType('account').find(({ id }) => id === account)
      return row?.health?.state === 'failing' ? row.health : undefined
    })
    expect(health.reason).toBe('wrongPassword')
    await status(key, 'queued')
    expect(smtp.letters).toHaveLength(0)
  })
})

const subjectOf = (letter: string): string => /^Subject: (.*)$/im.exec(letter)?.[1] ?? ''

const messageIds = (letters: string[]): string[] => [
  ...new Set(letters.map((letter) => /^Message-ID: (.*)$/im.exec(letter)?.[1] ?? '')),
]
