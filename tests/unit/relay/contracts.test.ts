import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import type { News } from '../../../shared/protocol/news.ts'
import type { PushEntry } from '../../../shared/protocol/push.ts'
import { isPassing } from '../../../shared/reasons.ts'
import type { Patch } from '../../../shared/records/change.ts'
import type { ContractRow } from '../../../shared/records/contract.ts'
import { numberingId, numberKey } from '../../../shared/records/numbering.ts'
import { trashLife } from '../../../shared/trash.ts'
import type { Fault } from '../../../sync-server/commit/faults.ts'
import { type Lab, type LabOptions, openLab, type Person, person } from './lab.ts'

const stored = { ok: true }

const read = async ({ relay }: Lab, id: string): Promise<ContractRow> => {
  const document = await relay.workspace?.pipeline.read(id)
  if (!document) throw new Error('no such record')
  return document.row as unknown as ContractRow // of the type that the test asks for
}

const openCompany = async (options: LabOptions = {}) => {
  const lab = await openLab(options)
  const { anna } = lab
  const client = newId()
  const named = { kind: 'organisation', name: 'Завод', open: 'write', managers: [anna.id] }
  expect(await anna.write('client', client, named)).toMatchObject(stored)
  const patchOf = (more: object = {}): Patch => ({
    subject: 'Поставка станков',
    client,
    status: 'draft',
    ...more,
  })
  const create = async (more: object = {}, who: Person = anna) => {
    const id = newId()
    expect(await who.write('contract', id, patchOf(more))).toMatchObject(stored)
    return id
  }
  const give = async (who: Person, id: string) => {
    const document = await lab.relay.workspace?.pipeline.read(id)
    if (document) who.hold(id, document.state)
  }
  return {
    ...lab,
    lab,
    client,
    patchOf,
    create,
    give,
    number: async (id: string) => (await read(lab, id)).number,
  }
}

describe('the number of a contract', () => {
  it('is given by the relay, one after another', async () => {
    const { create, number } = await openCompany()
    const ids = [await create(), await create(), await create()]
    expect(await Promise.all(ids.map(number))).toEqual(['1', '2', '3'])
  })

  it('follows the format, each prefix by itself, and skips what people typed', async () => {
    const { anna, create, number } = await openCompany()
    const format = (prefix: string, first: number) =>
      anna.write('numbering', numberingId('contract'), {
        recordType: 'contract',
        format: { prefix, first, digits: 4, automatic: true },
      })
    await format('Д-', 7)
    await create({ number: ' д-0008 ' })
    expect(await number(await create())).toBe('Д-0007')
    expect(await number(await create())).toBe('Д-0009')
    await format('2027/', 1)
    expect(await number(await create())).toBe('2027/0001')
    await format('Д-', 1)
    expect(await number(await create())).toBe('Д-0010')
  })

  it('is typed by people where none are given', async () => {
    const { anna, create, number } = await openCompany()
    await anna.write('numbering', numberingId('contract'), {
      recordType: 'contract',
      format: { prefix: '', first: 1, digits: 1, automatic: false },
    })
    const id = await create()
    expect(await number(id)).toBeUndefined()
    expect(await anna.write('contract', id, { number: '17-А' })).toMatchObject(stored)
    expect(await number(id)).toBe('17-А')
  })

  it('that another contract has, in the trash or not, is refused', async () => {
    const { anna, create, patchOf } = await openCompany()
    await create({ number: 'А 1', deletedAt: 1, deletedBy: anna.id })
    expect(await anna.write('contract', newId(), patchOf({ number: 'а  1' }))).toMatchObject({
      reason: 'numberTaken',
      field: 'number',
    })
    const [first, second] = await anna.push(
      ...[newId(), newId()].map((id) => ({
        id,
        type: 'contract' as const,
        update: anna.make('contract', id, patchOf({ number: 'Б-2' })),
      })),
    )
    expect(first).toMatchObject(stored)
    expect(second).toMatchObject({ reason: 'numberTaken' })
  })

  it('never changes, and is not taken away', async () => {
    const { anna, create, give, number } = await openCompany()
    const id = await create()
    await give(anna, id)
    expect(await anna.write('contract', id, { number: '99' })).toMatchObject({
      reason: 'numberGiven',
    })
    const second = await create()
    await give(anna, second)
    expect(await anna.write('contract', second, { number: null })).toMatchObject({
      reason: 'numberGiven',
    })
    expect(await number(id)).toBe('1')
  })

  it('has a format that only administrators set, in the one record that there is for it', async () => {
    const { anna, join } = await openCompany()
    const oleg = await join('oleg@romashka.ru')
    const format = { prefix: '', first: 5, digits: 1, automatic: true }
    const patch = { recordType: 'contract', format }
    const id = numberingId('contract')
    expect(await oleg.write('numbering', id, patch)).toMatchObject({ reason: 'forbidden' })
    expect(await anna.write('numbering', newId(), patch)).toMatchObject({ reason: 'invalidValue' })
    const taken = { ...patch, given: { '': 40 } }
    expect(await anna.write('numbering', id, taken)).toMatchObject({ reason: 'immutableField' })
    const hostile = { ...patch, format: { ...format, prefix: '__proto__' } }
    expect(() => anna.make('numbering', newId(), hostile)).toThrow('invalidValue')
  })

  it('is never given twice and never changed, whatever is repeated or cut off', async () => {
    const step = fc.record({
      who: fc.nat(1),
      do: fc.constantFrom('create', 'create', 'type', 'edit', 'push', 'push'),
      /** What is typed: of few, so that two type the same. */
      typed: fc.constantFrom('1', '2', ' 3', '04', '5'),
      fault: fc.constantFrom('none', 'none', 'before-commit', 'after-commit'),
      twice: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        let cutAt = 'none'
        const fault: Fault = (point) => {
          if (point !== cutAt) return
          cutAt = 'none'
          throw new Error('killed here')
        }
        const { anna, join, client, lab } = await openCompany({ fault })
        const people = [anna, await join('oleg@romashka.ru')]
        const waiting: Pick<PushEntry, 'id' | 'type' | 'update'>[][] = [[], []]
        const made: string[][] = [[], []]
        const known = new Map<string, string>()
        const look = async () => {
          const numbers: string[] = []
          for (const id of made.flat()) {
            const row = (await lab.relay.workspace?.pipeline.read(id))?.row
            if (!row) continue
            const number = String(row.number)
            expect(number).toBe(known.get(id) ?? number)
            known.set(id, number)
            numbers.push(numberKey(number))
          }
          expect(new Set(numbers).size).toBe(numbers.length)
        }
        const send = async (at: number) => {
          const entries = waiting[at] ?? []
          const outcomes = await (people[at] ?? anna).push(...entries)
          waiting[at] = entries.filter((_, index) => {
            const outcome = outcomes[index]
            return outcome?.ok === false && isPassing(outcome.reason)
          })
        }
        for (const { who, do: act, typed, fault: point, twice } of steps) {
          const person = people[who] ?? anna
          if (act === 'push') {
            cutAt = point
            const before = waiting[who]
            await send(who)
            cutAt = 'none'
            if (twice && before) {
              // The answer got lost.
              waiting[who] = before
              await send(who)
            }
            await look()
            continue
          }
          const id = act === 'edit' ? made[who]?.at(-1) : newId()
          if (!id) continue
          if (act !== 'edit') made[who]?.push(id)
          const patch: Patch =
            act === 'edit'
              ? { subject: `Предмет ${typed} ${Math.random()}` }
              : {
                  subject: 'Предмет',
                  client,
                  status: 'draft',
                  ...(act === 'type' && { number: typed }),
                }
          waiting[who]?.push({ id, type: 'contract', update: person.make('contract', id, patch) })
        }
        for (const at of [0, 1]) await send(at)
        await look()
      }),
      { numRuns: 15, seed: 20_261_122 },
    )
  })
})

describe('a client with a contract in force', () => {
  const inTrash = (who: Person) => ({ deletedAt: 1, deletedBy: who.id })

  it('is not deleted, and it is said by what (F61)', async () => {
    const { anna, client, create } = await openCompany()
    await create()
    // One of them past its last day: nobody ended it.
    const over = { status: 'signed', validTo: '2020-01-01' }
    const [first, second] = [await create({ status: 'signed' }), await create(over)]
    expect(await anna.write('client', client, inTrash(anna))).toMatchObject({
      reason: 'contractInForce',
      field: `2:${[first, second].sort().at(-1)}`,
    })
  })

  it('is deleted once they ended or lie in the trash themselves', async () => {
    const { anna, client, create, give } = await openCompany()
    const first = await create({ status: 'signed' })
    const second = await create({ status: 'signed' })
    expect(await anna.write('contract', first, { status: 'ended' })).toMatchObject(stored)
    await give(anna, second)
    expect(await anna.write('contract', second, inTrash(anna))).toMatchObject(stored)
    expect(await anna.write('client', client, inTrash(anna))).toMatchObject(stored)
  })

  it('is not deleted in the moment in which it is signed, but in that in which it ends', async () => {
    const { anna, app, client, patchOf, give } = await openCompany()
    const id = newId()
    const deleting = (who: Person) => ({
      id: client,
      type: 'client' as const,
      update: who.make('client', client, inTrash(who)),
    })
    const [, refused] = await anna.push(
      { id, type: 'contract', update: anna.make('contract', id, patchOf({ status: 'signed' })) },
      deleting(anna),
    )
    expect(refused).toMatchObject({ reason: 'contractInForce', field: `1:${id}` })
    // A device that was refused takes the relay's state and begins anew.
    const other = person(app, anna.id, anna.cookie, anna.device)
    await give(other, client)
    const [, done] = await anna.push(
      { id, type: 'contract', update: anna.make('contract', id, { status: 'ended' }) },
      deleting(other),
    )
    expect(done).toMatchObject(stored)
  })

  it('is held by contracts of those that were merged into it', async () => {
    const { anna, client, create } = await openCompany()
    await create({ status: 'signed' })
    const main = newId()
    await anna.write('client', main, { kind: 'organisation', name: 'Завод', managers: [anna.id] })
    const at = Date.now()
    await anna.write('client', main, {
      merged: { [client]: { at, by: anna.id, set: {}, order: 'a0' } },
    })
    expect(await anna.write('client', client, { mergedInto: main })).toMatchObject(stored)
    expect(await anna.write('client', main, inTrash(anna))).toMatchObject({
      reason: 'contractInForce',
    })
  })

  it('stays in the trash where it was deleted before the contract was known', async () => {
    let now = 1_000_000_000_000
    const { anna, client, create, relay } = await openCompany({ clock: () => now })
    expect(await anna.write('client', client, inTrash(anna))).toMatchObject(stored)
    const id = await create({ status: 'signed' })
    now += trashLife + 1
    expect(await relay.workspace?.purgeTrash(relay.disk, 'this process')).toBe(0)
    await anna.write('contract', id, { status: 'ended' })
    expect(await relay.workspace?.purgeTrash(relay.disk, 'this process')).toBe(1)
  })
})

describe('the firm’s feed', () => {
  it('says who made and changed a contract, not what the relay did with it', async () => {
    const { anna, app, client, create, give } = await openCompany()
    const id = await create()
    await give(anna, id)
    await anna.write('contract', id, { date: '2026-02-01' })
    const answer = await app.request(`/api/history?client=${client}`, { headers: anna.headers })
    const { lines } = (await answer.json()) as News
    expect(lines.map(({ user, type, deed, fields }) => ({ user, type, deed, fields }))).toEqual([
      { user: anna.id, type: 'contract', deed: 'changed', fields: ['date'] },
      { user: anna.id, type: 'contract', deed: 'created', fields: [] },
      { user: anna.id, type: 'client', deed: 'created', fields: [] },
    ])
    expect(lines[0]?.records).toEqual([{ id, name: 'Поставка станков' }])
  })
})
