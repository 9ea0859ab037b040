import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import {
  encodeEntriesFrame,
  encodeFrame,
  type FeedFrame,
  readFrames,
} from '../../../shared/protocol/feed.ts'
import { gunzip, gzip } from '../../../shared/protocol/gzip.ts'
import { decodePush, encodePush, maxPushEntries } from '../../../shared/protocol/push.ts'

/** The stream cut into chunks of the given sizes, over and over. */
async function* cut(bytes: Uint8Array, sizes: number[]) {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? 1
    yield bytes.slice(at, at + size)
    at += size
  }
}

const collect = async (frames: AsyncIterable<FeedFrame>) => {
  const all: FeedFrame[] = []
  for await (const frame of frames) all.push(frame)
  return all
}

describe('the feed', () => {
  const entry = (text: string) => {
    const row = { id: newId(), type: 'client', name: text }
    return {
      wire: {
        id: row.id,
        type: 'client',
        seq: 7,
        bytes: new Uint8Array([1, 2]),
        rowJson: JSON.stringify(row),
      },
      read: { id: row.id, type: 'client', seq: 7, bytes: new Uint8Array([1, 2]), row },
    }
  }
  const hello = { workspace: 'w', epoch: 'e', head: 9, total: 2, subject: 's' }

  it('is read the same however the network cuts it', async () => {
    const small = entry('Ромашка')
    const large = entry('длинное имя '.repeat(300))
    const cursor = { head: 2 ** 40, below: 3 }
    const stream = Buffer.concat([
      encodeFrame({ kind: 'hello', hello }),
      await encodeEntriesFrame('records', cursor, [small.wire, large.wire], gzip),
      await encodeEntriesFrame('changes', cursor, [small.wire], gzip),
      encodeFrame({ kind: 'forget', ids: ['a', 'b'] }),
      encodeFrame({ kind: 'beat', cursor }),
      encodeFrame({ kind: 'end', reason: 'restarting' }),
    ])
    const expected: FeedFrame[] = [
      { kind: 'hello', hello },
      { kind: 'records', cursor, entries: [small.read, large.read] } as FeedFrame,
      { kind: 'changes', cursor, entries: [small.read] } as FeedFrame,
      { kind: 'forget', ids: ['a', 'b'] },
      { kind: 'beat', cursor },
      { kind: 'end', reason: 'restarting' },
    ]
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1 }),
        async (sizes) => {
          expect(await collect(readFrames(cut(stream, sizes), gunzip))).toEqual(expected)
        },
      ),
      { seed: 2026, numRuns: 30 },
    )
  })

  it('skips records of a type that this program does not know', async () => {
    const known = entry('Ромашка')
    const future = { ...entry('x').wire, type: 'hologram' }
    const stream = await encodeEntriesFrame(
      'records',
      { head: 1, below: 0 },
      [future, known.wire],
      gzip,
    )
    const [frame] = await collect(readFrames(cut(stream, [99]), gunzip))
    expect(frame).toMatchObject({ kind: 'records', entries: [known.read] })
  })

  it('throws on bytes that are not of it', async () => {
    await expect(
      collect(readFrames(cut(Buffer.from('HTTP/1.1 502 Bad'), [5]), gunzip)),
    ).rejects.toThrow()
  })
})

describe('a push', () => {
  const entryOf = (n: number) => ({
    n,
    id: newId(),
    type: 'client',
    at: 5,
    update: new Uint8Array([n]),
  })

  it('arrives as it was sent', () => {
    const entries = [entryOf(1), entryOf(2)]
    expect(decodePush(encodePush(entries))).toEqual(entries)
  })

  it('with more entries than allowed is not read', () => {
    const many = Array.from({ length: maxPushEntries + 1 }, (_, n) => entryOf(n))
    expect(() => decodePush(encodePush(many))).toThrow(RangeError)
  })

  it('cut short, or with bytes after its end, is not read', () => {
    const bytes = encodePush([entryOf(1)])
    for (let length = 0; length < bytes.length; length++)
      expect(() => decodePush(bytes.subarray(0, length))).toThrow()
    expect(() => decodePush(Buffer.concat([bytes, Buffer.from([0])]))).toThrow()
  })
})
