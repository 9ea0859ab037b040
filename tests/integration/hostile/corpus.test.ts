/**
 * Bytes that mean harm, by every door: each is answered with its reason, nothing is changed, and the
 * relay's log knows of no fault of its own.
 */
import { once } from 'node:events'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import {
  encodePush,
  maxPushBytes,
  maxPushEntries,
  maxUpdateBytes,
  type PushAnswer,
} from '../../../shared/protocol/push.ts'
import { closeCodeOf, type Reason } from '../../../shared/reasons.ts'
import { administrator, signIn } from '../../lab/device.ts'
import {
  closing,
  head,
  live,
  made,
  megabyte,
  newWriter,
  startTown,
  type Town,
  wire,
} from './town.ts'
import {
  clockBomb,
  deleteAll,
  fromClock,
  manyStructs,
  manyWriters,
  nestedValue,
  onUnknown,
  presenceFrame,
  updateFrame,
  valueUnder,
  valueWithProto,
  writtenAs,
} from './updates.ts'

describe('hostile bytes', () => {
  let town: Town
  let before: string
  /** A Yjs client id that Anna has written with, in the record she shares. */
  const annas = newWriter()
  let shared: Uint8Array

  beforeAll(async () => {
    town = await startTown()
    const update = made(
      'client',
      town.shared,
      await town.stateOf(town.shared),
      { inn: '7707083893' },
      annas,
    )
    const { outcomes } = await town.anna.push([
      { n: 1, id: town.shared, type: 'client', at: 1, update },
    ])
    expect(outcomes).toMatchObject([{ ok: true }])
    shared = await town.stateOf(town.shared)
    before = await town.documents()
  })
  afterAll(() => town?.stop())

  const updates: Record<string, { update: () => Uint8Array; reason: Reason }> = {
    'random bytes': {
      update: () => Uint8Array.from({ length: 500 }, (_, index) => (index * 7919 + 13) % 256),
      reason: 'malformedUpdate',
    },
    'no bytes at all': { update: () => new Uint8Array(), reason: 'malformedUpdate' },
    'a sound update cut off': {
      update: () => made('client', town.shared, shared, { name: 'Подмена' }).subarray(0, -3),
      reason: 'malformedUpdate',
    },
    'a clock that leaps by 2^50': { update: () => clockBomb(2 ** 50), reason: 'clockJump' },
    'a clock that leaps by five millions': {
      update: () => clockBomb(5_000_000),
      reason: 'clockJump',
    },
    'a gap before it': { update: () => fromClock(5), reason: 'causalGap' },
    'words put after words that nobody knows': { update: onUnknown, reason: 'causalGap' },
    "words under another's client id": {
      update: () => writtenAs(annas, 1),
      reason: 'foreignWriter',
    },
    'values nested a million deep': {
      update: () => nestedValue(900_000),
      reason: 'malformedUpdate',
    },
    'values nested a little too deep': { update: () => nestedValue(30), reason: 'invalidValue' },
    'a field called __proto__': {
      update: () => valueUnder('f', '__proto__', 'x'),
      reason: 'unknownField',
    },
    'a field called constructor': {
      update: () => valueUnder('f', 'constructor', 'x'),
      reason: 'unknownField',
    },
    'a root called __proto__': {
      update: () => valueUnder('__proto__', 'name', 'x'),
      reason: 'unknownField',
    },
    'a root called hasOwnProperty': {
      update: () => valueUnder('hasOwnProperty', 'x', 'x'),
      reason: 'unknownField',
    },
    'a value with an own __proto__': { update: valueWithProto, reason: 'invalidValue' },
    'a value of a megabyte and a half': {
      update: () => valueUnder('f', 'name', 'ы'.repeat(750_000)),
      reason: 'tooLarge',
    },
    '30,000 structs': { update: () => manyStructs(30_000), reason: 'tooLarge' },
    '5,000 writers': { update: () => manyWriters(5_000), reason: 'tooLarge' },
    'the deletion of everything': { update: () => deleteAll(shared), reason: 'missingRequired' },
  }
  const all = Object.entries(updates).map(([name, each]) => ({ name, ...each }))

  it.each(all)('$name: refused by /push', async ({ update: make, reason }) => {
    const update = make()
    const answer = await town.mallory.push([
      { n: 7, id: town.shared, type: 'client', at: 1, update },
    ])
    expect(answer.outcomes).toMatchObject([{ n: 7, ok: false, reason }])
  })

  it.each(all)('$name: ends the live room', async ({ update, reason }) => {
    const socket = live(town, town.mallory, town.shared)
    await once(socket, 'open')
    socket.send(updateFrame(update()))
    expect(await closing(socket)).toEqual({ code: closeCodeOf(reason), reason })
  })

  const pushOf = (...entries: { id?: string; type?: string; update: Uint8Array }[]) =>
    encodePush(entries.map((entry, n) => ({ n, id: town.shared, type: 'client', at: 1, ...entry })))
  const post = (path: string, body: BodyInit, headers: Record<string, string> = {}) =>
    fetch(town.relay.url + path, {
      method: 'POST',
      headers: { cookie: town.mallory.cookie, origin: town.relay.url, ...headers },
      body,
    })
  const bytes = (body: Uint8Array) => body as Uint8Array<ArrayBuffer> // made here, never shared
  const refusal = async (response: Response) => [
    response.status,
    ((await response.json()) as { reason?: string }).reason,
  ]

  it('no right to the record, a foreign id or an unknown type: each has its reason', async () => {
    const state = await town.stateOf(town.closed)
    const push = async (entry: { id?: string; type?: string; update: Uint8Array }) => {
      const { outcomes }: PushAnswer = await (await post('/push', bytes(pushOf(entry)))).json()
      return outcomes[0]?.ok === false && outcomes[0].reason
    }
    const rename = made('client', town.closed, state, { name: 'Подмена' })
    expect(await push({ id: town.closed, update: rename })).toBe('forbidden')
    // Deletions alone have no writer, and need the right to write all the same.
    expect(await push({ id: town.closed, update: deleteAll(state) })).not.toBe(false)
    expect(await push({ id: '../../etc/passwd', update: rename })).toBe('invalidRequest')
    expect(await push({ id: newId(), type: '__proto__', update: rename })).toBe('unknownType')
    expect(await push({ id: newId(), type: 'employee', update: rename })).not.toBe(false)
  })

  it('bodies that are no push, or too much of one, are refused before they are judged', async () => {
    const update = new Uint8Array(10)
    const many = Array.from({ length: maxPushEntries + 1 }, () => ({ update }))
    expect(await refusal(await post('/push', 'x'.repeat(1000)))).toEqual([400, 'invalidRequest'])
    expect(await refusal(await post('/push', bytes(pushOf(...many))))).toEqual([
      400,
      'invalidRequest',
    ])
    const whole = pushOf({ update })
    expect(await refusal(await post('/push', bytes(whole.subarray(0, 20))))).toEqual([
      400,
      'invalidRequest',
    ])
    // A count that promises more than there is, and strings longer than the body.
    for (const body of [
      [0xff, 0xff, 0x03],
      [1, 1, 0xff, 0xff, 0xff, 0xff, 0x07, 65],
    ])
      expect(await refusal(await post('/push', new Uint8Array(body)))).toEqual([
        400,
        'invalidRequest',
      ])
    const ten = valueUnder('f', 'name', 'x'.repeat(10 * megabyte))
    expect(await refusal(await post('/push', bytes(pushOf({ update: ten }))))).toEqual([
      413,
      'tooLarge',
    ])
    const three = valueUnder('f', 'name', 'x'.repeat(maxUpdateBytes + 1))
    const answer: PushAnswer = await (await post('/push', bytes(pushOf({ update: three })))).json()
    expect(answer.outcomes).toMatchObject([{ ok: false, reason: 'tooLarge' }])
  })

  it('a body without a length is read no further than the limit', async () => {
    const socket = await wire(town)
    socket.write(head(town, town.mallory, 'POST /push', { 'transfer-encoding': 'chunked' }))
    const chunk = Buffer.alloc(megabyte)
    const frame = Buffer.concat([
      Buffer.from(`${megabyte.toString(16)}\r\n`),
      chunk,
      Buffer.from('\r\n'),
    ])
    for (let sent = 0; sent <= maxPushBytes; sent += megabyte) socket.write(frame)
    const [answer] = (await once(socket, 'data')) as [Buffer]
    socket.destroy()
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 413 /)
  })

  it('a gzip bomb is taken for what it is: no door unpacks', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * megabyte))
    const packed = { 'content-encoding': 'gzip' }
    expect(await refusal(await post('/push', bytes(bomb), packed))).toEqual([400, 'invalidRequest'])
    expect(await refusal(await post('/api/sign-in', bytes(bomb), packed))).toEqual([
      400,
      'invalidRequest',
    ])
  })

  it('JSON with __proto__ makes nobody an administrator', async () => {
    const forged = '{"__proto__":{"administrator":true,"email":"x"},"constructor":{"prototype":{}}}'
    expect(await refusal(await post('/api/sign-in', forged))).toEqual([400, 'invalidRequest'])
    expect((await refusal(await post('/api/invites', forged)))[0]).toBe(403)
  })

  it('the doors are closed to who is not signed in and to foreign pages', async () => {
    const body = bytes(pushOf({ update: new Uint8Array(3) }))
    expect(await refusal(await post('/push', body, { cookie: '' }))).toEqual([401, 'signedOut'])
    expect(
      await refusal(await post('/push', body, { cookie: `session=${'a'.repeat(5_000)}` })),
    ).toEqual([401, 'signedOut'])
    expect(await refusal(await post('/push', body, { origin: 'https://evil.test' }))).toEqual([
      403,
      'badOrigin',
    ])
    expect(
      await refusal(await post('/push', body, { 'x-interes-device': "'; DROP TABLE user" })),
    ).toEqual([400, 'invalidRequest'])
  })

  it.each([
    'head=-1&below=0',
    'head=NaN&below=0',
    'head=1e400&below=0',
    'head=0&below=0.5',
    'head=99999999999999999999&below=0',
  ])('a feed from %s is refused', async (query) => {
    const headers = { cookie: town.mallory.cookie }
    const answer = await fetch(`${town.relay.url}/feed?${query}`, { headers })
    expect(await refusal(answer)).toEqual([400, 'invalidRequest'])
  })

  it('a feed from beyond the end, of no known type, or of a made-up epoch is only empty or anew', async () => {
    const far = `head=${Number.MAX_SAFE_INTEGER}&below=${Number.MAX_SAFE_INTEGER}`
    for (const query of [far, 'types=__proto__,constructor', "epoch=' OR 1=1 --"]) {
      const stop = new AbortController()
      const answer = await fetch(`${town.relay.url}/feed?${query}`, {
        headers: { cookie: town.mallory.cookie },
        signal: stop.signal,
      })
      expect(answer.status).toBe(200)
      stop.abort()
    }
  })

  it('frames that are none of the protocol end the room with their reason', async () => {
    const closed = async (frame: Uint8Array | string) => {
      const socket = live(town, town.mallory, town.shared)
      await once(socket, 'open')
      socket.send(frame)
      return (await closing(socket)).reason
    }
    expect(await closed(new Uint8Array([9, 9, 9]))).toBe('invalidRequest')
    expect(await closed(new Uint8Array())).toBe('malformedUpdate')
    expect(await closed(new Uint8Array([0, 2, 200, 1]))).toBe('malformedUpdate')
    expect(await closed(new Uint8Array([0, 0, 3, 255, 255, 255]))).toBe('malformedUpdate')
    expect(await closed('{"text":"not bytes"}')).toBe('invalidRequest')
    expect(await closed(presenceFrame(newWriter(), 1, 'x'.repeat(9_000)))).toBe('tooLarge')
    // Five people at once behind one page.
    const socket = live(town, town.mallory, town.shared)
    await once(socket, 'open')
    for (let person = 0; person < 5; person++) socket.send(presenceFrame(newWriter(), 1, {}))
    expect((await closing(socket)).reason).toBe('tooManyRequests')
  })

  it('a frame larger than any update is not read', async () => {
    const socket = live(town, town.mallory, town.shared)
    await once(socket, 'open')
    socket.send(new Uint8Array(10 * megabyte))
    // RFC 6455 §7.4.1: message too big. The library says it before we see the frame.
    expect((await closing(socket)).code).toBe(1009)
  })

  it('rooms of others, of nobody and of nothing are closed with the reason', async () => {
    const reasonOf = async (record: string, who = town.mallory) =>
      (await closing(live(town, who, record))).reason
    expect(await reasonOf(town.closed)).toBe('forbidden')
    expect(await reasonOf(newId())).toBe('gone')
    expect(await reasonOf('../push')).toBe('notFound')
    expect(await reasonOf(town.shared, { ...town.mallory, cookie: 'session=made-up' })).toBe(
      'signedOut',
    )
  })

  it('after all of it every document is as it was, and the relay has no fault to tell of', async () => {
    expect(await town.documents()).toBe(before)
    expect(town.relay.logs).not.toMatch(/"level":(50|60)/)
    expect((await signIn(town.relay.url, administrator)).session.user.id).toBe(
      town.anna.session.user.id,
    )
  })
})
