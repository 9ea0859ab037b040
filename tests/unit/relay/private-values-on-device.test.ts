import { expect, it, onTestFinished } from 'vitest'
import { keepHistory, keptHistoryKey } from '../../../client/replica/kept-history.ts'
import { openBase, type ReplicaBase } from '../../../client/replica/tables.ts'
import { createWriter, drawClientId } from '../../../client/replica/writer.ts'
import { type Write, writeRecords } from '../../../client/replica/writes.ts'
import { mergeWrites, undoWrites } from '../../../shared/duplicates/merge.ts'
import { newId } from '../../../shared/ids.ts'
import { privateValueId } from '../../../shared/records/private-value.ts'
import { until } from '../../lab/processes.ts'
import { startEngine } from './engine.ts'
import { openLab, type Person } from './lab.ts'

/** Boris and Vera with their devices; a field of clients that only Vera of the two may see. */
const openOffice = async () => {
  const lab = await openLab()
  const { anna, relay, app } = lab
  const people = {
    boris: await lab.join('boris@romashka.ru'),
    vera: await lab.join('vera@romashka.ru'),
  }
  const field = newId()
  const readers = [people.vera.id]
  await anna.write('field', field, { recordType: 'client', kind: 'text', name: 'Скидка', readers })
  const open = async (who: Person) => {
    const base = openBase(`private-${newId()}`)
    await base.open()
    const engine = startEngine(base, app, who)
    onTestFinished(async () => {
      await engine.stop()
      await base.delete()
    })
    const writer = createWriter(drawClientId)
    const subject = () => {
      const found = relay.workspace?.directory.subjectOf(who.id)
      if (!found) throw new Error('an employee')
      return found
    }
    const write = async (...writes: Write[]) => {
      const deps = { base, writer, subject, clock: () => Date.now() }
      const result = await writeRecords(deps, writes)
      engine.push()
      return result
    }
    return { base, write, ...engine }
  }
  const [boris, vera] = [await open(people.boris), await open(people.vera)]
  const managers = [people.boris.id, people.vera.id]
  const client = (name: string, custom?: object): Write => ({
    type: 'client',
    id: newId(),
    patch: { kind: 'person', name, managers, ...(custom && { custom }) },
  })
  const rowAt = async (id: string) => (await relay.workspace?.pipeline.read(id))?.row
  const sent = ({ base }: { base: ReplicaBase }) =>
    until('all is sent', async () => (await base.outbox.count()) === 0 || undefined)
  return { ...lab, people, field, boris, vera, client, rowAt, sent }
}

const customOf = async (base: ReplicaBase, id: string) => (await base.client.get(id))?.custom

it('a value is written and read as a field of its record, and sent as a record of its own', async () => {
  const { field, boris, vera, client, rowAt, sent } = await openOffice()
  const made = client('Иван', { [field]: 'Сорок' })
  expect(await vera.write(made)).toMatchObject({ ok: true })
  expect(await customOf(vera.base, made.id)).toEqual({ [field]: 'Сорок' })
  expect((await vera.base.client.get(made.id)) as object).toMatchObject({
    words: expect.arrayContaining(['сорок']),
  })
  // What waits is told as the field that it is.
  expect((await vera.base.outbox.toArray()).at(-1)).toMatchObject({
    label: 'Иван',
    fields: { [`custom/${field}`]: [undefined, 'Сорок'] },
  })
  await sent(vera)
  expect(await vera.base.rejected.count()).toBe(0)
  expect((await rowAt(made.id))?.custom).toBeUndefined()
  expect(await rowAt(privateValueId(made.id, field))).toMatchObject({ value: 'Сорок' })
  await until('the client came', async () => (await boris.base.client.get(made.id)) ?? undefined)
  expect(await customOf(boris.base, made.id)).toBeUndefined()

  // An edit of somebody else leaves the value in the row.
  await boris.write({ type: 'client', id: made.id, patch: { name: 'Иван Грозный' } })
  await until('the new name came', async () =>
    (await vera.base.client.get(made.id))?.name === 'Иван Грозный' ? true : undefined,
  )
  expect(await customOf(vera.base, made.id)).toEqual({ [field]: 'Сорок' })
  await vera.write({ type: 'client', id: made.id, patch: { custom: { [field]: null } } })
  expect(await customOf(vera.base, made.id)).toBeUndefined()
})

it('one who may not see the field writes nothing into it, on the device already', async () => {
  const { field, boris, client } = await openOffice()
  expect(await boris.write(client('Иван', { [field]: 'Пять' }))).toMatchObject({
    ok: false,
    reason: 'forbidden',
  })
  expect(await boris.base.client.count()).toBe(0)
})

it('leaves the row with the right to see the field, and comes back with it', async () => {
  const { anna, people, field, vera, client, sent } = await openOffice()
  const made = client('Иван', { [field]: 'Сорок' })
  await vera.write(made)
  await sent(vera)
  await anna.write('field', field, { readers: [people.boris.id] })
  await until('it is forgotten', async () =>
    (await customOf(vera.base, made.id)) === undefined ? true : undefined,
  )
  expect(await vera.base.privateValue.count()).toBe(0)
  await anna.write('field', field, { readers: [people.vera.id] })
  await until('it is back', async () => await customOf(vera.base, made.id))
})

it('merges with its record, and comes apart with it, though the relay takes the merge back', async () => {
  const { relay, field, boris, vera, client, rowAt, sent } = await openOffice()
  const [main, duplicate] = [client('Иван'), client('Иван', { [field]: 'Сорок' })]
  await vera.write(main, duplicate)
  const rows = await vera.base.client.bulkGet([main.id, duplicate.id])
  const [one, two] = rows
  if (!one || !two) throw new Error('just written')
  const who = { by: newId(), at: 1 }
  expect(await vera.write(...mergeWrites('client', { ...one }, [{ ...two }], who))).toMatchObject({
    ok: true,
  })
  expect(await customOf(vera.base, main.id)).toEqual({ [field]: 'Сорок' })
  await sent(vera)
  expect(await vera.base.rejected.toArray()).toEqual([])
  expect(JSON.stringify(await rowAt(main.id))).not.toContain('Сорок')

  // By one who does not see the value: his part says nothing of it.
  const merged = await until('the merge came', async () => {
    const row = await boris.base.client.get(main.id)
    return row?.merged?.length ? row : undefined
  })
  await boris.write(...undoWrites('client', { ...merged }, duplicate.id, who))
  await until('it is taken back', async () =>
    (await customOf(vera.base, main.id)) === undefined ? true : undefined,
  )
  expect((await rowAt(privateValueId(main.id, field)))?.value).toBeUndefined()
  expect(await customOf(vera.base, duplicate.id)).toEqual({ [field]: 'Сорок' })
  expect(relay.workspace).not.toBeNull()
})

it('a field that is restricted leaves nothing of its values on the device of another', async () => {
  const { anna, people, boris, client, sent } = await openOffice()
  const field = newId()
  await anna.write('field', field, { recordType: 'client', kind: 'text', name: 'Долг' })
  const made = client('Иван', { [field]: 'Миллион' })
  await boris.write(made)
  await sent(boris)
  const look = async () => (await boris.ask(`/api/history/${made.id}`)).json()
  await keepHistory(boris.base, made.id, look)
  expect(JSON.stringify(await boris.base.meta.get(keptHistoryKey(made.id)))).toContain('Миллион')
  const restrict = async () => {
    await anna.write('field', field, { readers: [people.vera.id] })
    await until('the relay has moved the values', async () =>
      (await boris.base.field.get(field))?.apart === true ? true : undefined,
    )
  }
  // An answer from before that comes after.
  let asked = 0
  await keepHistory(boris.base, made.id, async () => {
    const answer = await look()
    if (asked++ === 0) {
      await restrict()
      expect(await boris.base.meta.get(keptHistoryKey(made.id))).toBeUndefined()
    }
    return answer
  })
  expect(asked).toBe(2)
  let text = ''
  for (const table of boris.base.tables)
    await table.each((value: unknown) => {
      text += JSON.stringify(value, (_, inner: unknown) =>
        inner instanceof Uint8Array ? new TextDecoder().decode(inner) : inner,
      )
    })
  expect(text).toContain('Иван')
  expect(text).not.toContain('Миллион')
})
