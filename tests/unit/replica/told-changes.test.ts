import { describe, expect, it } from 'vitest'
import type { OutboxEntry } from '../../../client/replica/tables.ts'
import { toldChanges } from '../../../client/sync/told-changes.ts'

const entry = (n: number, files: string[] = []): OutboxEntry => ({
  n,
  doc: `record ${n}`,
  type: 'client',
  update: new Uint8Array([n]),
  at: 0,
  kind: 'changed',
  patch: {},
  fields: {},
  files,
  label: '',
})

const knownUpTo = (upTo: number) => {
  const told = toldChanges()
  told.left(upTo, 'one')
  return told
}
const numbers = (told: ReturnType<typeof toldChanges>) =>
  told.take()?.entries.map(({ n }) => n) ?? 'read'

describe('what waits without reading it', () => {
  it('is known once the base was read and all of it has left', () => {
    const told = toldChanges()
    told.tell([entry(1)])
    expect(numbers(told)).toBe('read')
    told.left(1, 'one')
    expect(numbers(told)).toEqual([])
    told.tell([entry(2), entry(3)])
    expect(told.take()).toEqual({ epoch: 'one', entries: [entry(2), entry(3)] })
  })

  it('has to be read again until what was taken is known to have left', () => {
    const told = knownUpTo(5)
    told.tell([entry(6)])
    expect(numbers(told)).toEqual([6])
    told.tell([entry(7)])
    expect(numbers(told)).toBe('read')
    expect(numbers(told)).toBe('read')
  })

  it('counts what was told while a push was on its way', () => {
    const told = knownUpTo(5)
    told.tell([entry(6)])
    expect(numbers(told)).toEqual([6])
    told.tell([entry(7)])
    told.left(6, 'one')
    expect(numbers(told)).toEqual([7])
  })

  it('leaves out what was read and has left before the word of it came', () => {
    const told = knownUpTo(5)
    told.tell([entry(4), entry(5)])
    expect(numbers(told)).toEqual([])
    told.tell([entry(6)])
    expect(numbers(told)).toEqual([6])
  })

  it('takes what two tabs tell in their order', () => {
    const told = knownUpTo(5)
    told.tell([entry(7)])
    told.tell([entry(6)])
    expect(numbers(told)).toEqual([6, 7])
  })

  it.each([
    ['one is missing', [[entry(7)]]],
    ['a tab says only that something was stored', [undefined, [entry(6)]]],
    ['the same after a change that was told', [[entry(6)], undefined]],
    ['a change waits for its files', [[entry(6, ['hash'])]]],
    ['it is more than one push holds', [Array.from({ length: 501 }, (_, at) => entry(6 + at))]],
  ])('has to be read where %s', (_, words) => {
    const told = knownUpTo(5)
    for (const word of words) told.tell(word)
    expect(numbers(told)).toBe('read')
  })
})
