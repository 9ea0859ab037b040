import { expect, test } from 'vitest'
import { type MergedRow, mergeWrites } from '../../../shared/duplicates/merge.ts'
import { newId } from '../../../shared/ids.ts'
import { mergedHere } from '../../../shared/records/merged.ts'
import { bearer, type Lab, openLab, type Person } from './lab.ts'

const workspaceOf = (lab: Lab) => {
  const { workspace } = lab.relay
  if (!workspace) throw new Error('no workspace')
  return workspace
}

const rowOf = async (lab: Lab, id: string): Promise<MergedRow> => {
  const found = await workspaceOf(lab).pipeline.read(id)
  if (!found) throw new Error('no such record')
  return found.row as unknown as MergedRow // of the clients made below
}

const way = (value: string) => ({ [newId()]: { value, kind: 'work', order: 'a0' } })

const client = async (who: Person, name: string, patch = {}): Promise<string> => {
  const id = newId()
  const managers = [who.id]
  await who.write('client', id, { kind: 'organisation', name, managers, ...patch })
  return id
}

const merge = async (lab: Lab, who: Person, main: string, duplicate: string) => {
  const rows = [await rowOf(lab, main), await rowOf(lab, duplicate)] as const
  const writes = mergeWrites('client', rows[0], [rows[1]], { by: who.id, at: 1 })
  const outcomes: unknown[] = []
  for (const { type, id, patch } of writes) outcomes.push(await who.write(type, id, patch))
  return outcomes
}

const lookup = async (lab: Lab, value: string): Promise<unknown> => {
  const path = `/connector/lookup?key=email&value=${encodeURIComponent(value)}`
  return ((await (await lab.app.request(path, { headers: bearer })).json()) as { hits: unknown })
    .hits
}

test('a connector that looks for an address of a merged client finds the main one', async () => {
  const lab = await openLab()
  const { anna } = lab
  const main = await client(anna, 'Ромашка', { emails: way('info@romashka.test') })
  const duplicate = await client(anna, 'Ромашка 2', { emails: way('old@romashka.test') })
  const person = newId()
  await anna.write('person', person, {
    name: 'Иван Лугов',
    client: duplicate,
    managers: [anna.id],
    emails: way('ivan@romashka.test'),
  })
  await merge(lab, anna, main, duplicate)
  const hit = { id: main, type: 'client' }
  expect(await lookup(lab, 'old@romashka.test')).toEqual([hit])
  // A letter from the person is linked to the client that the person is at now.
  expect(await lookup(lab, 'ivan@romashka.test')).toEqual([
    { id: person, type: 'person', client: main },
  ])
  await anna.write('client', main, { deletedAt: 5 })
  expect(await lookup(lab, 'old@romashka.test')).toEqual([])
})

test('a record that names a main one which knows nothing of it comes out again', async () => {
  const lab = await openLab()
  const { anna } = lab
  const [main, duplicate] = [await client(anna, 'А'), await client(anna, 'Б')]
  expect(await anna.write('client', duplicate, { mergedInto: main })).toMatchObject({ ok: true })
  await expect.poll(async () => (await rowOf(lab, duplicate)).mergedInto).toBeUndefined()
})

test('of two merges of one record the later is refused, and undone at its main record', async () => {
  const lab = await openLab()
  const { anna } = lab
  const boris = await lab.join('boris@romashka.ru', 'administrator')
  const [first, second] = [await client(anna, 'А'), await client(boris, 'Б')]
  const duplicate = await client(anna, 'В', { inn: '7707083893' })
  boris.hold(
    duplicate,
    (await workspaceOf(lab).pipeline.read(duplicate))?.state ?? new Uint8Array(),
  )
  const claim = mergeWrites('client', await rowOf(lab, second), [await rowOf(lab, duplicate)], {
    by: boris.id,
    at: 1,
  })
  await merge(lab, anna, first, duplicate)
  const outcomes: unknown[] = []
  for (const { type, id, patch } of claim) outcomes.push(await boris.write(type, id, patch))
  expect(outcomes).toMatchObject([{ ok: true }, { ok: false, reason: 'alreadyDecided' }])
  await expect.poll(async () => mergedHere(await rowOf(lab, second))).toEqual([])
  expect(await rowOf(lab, second)).not.toHaveProperty('inn')
  expect((await rowOf(lab, duplicate)).mergedInto).toBe(first)
  expect(await rowOf(lab, first)).toHaveProperty('inn', '7707083893')
})

test('an employee merges no client of another (F232)', async () => {
  const lab = await openLab()
  const vera = await lab.join('vera@romashka.ru')
  const theirs = await client(lab.anna, 'Чужой', { open: 'read' })
  const own = await client(vera, 'Свой')
  vera.hold(theirs, (await workspaceOf(lab).pipeline.read(theirs))?.state ?? new Uint8Array())
  expect((await merge(lab, vera, own, theirs))[1]).toMatchObject({
    ok: false,
    reason: 'forbidden',
  })
  expect((await rowOf(lab, theirs)).mergedInto).toBeUndefined()
})

test('erasing a client erases what was merged into it', async () => {
  const lab = await openLab()
  const { anna } = lab
  const [main, duplicate] = [await client(anna, 'Ромашка'), await client(anna, 'Лютик')]
  await merge(lab, anna, main, duplicate)
  const answer = await lab.post(
    '/api/erase',
    { record: main, confirm: 'Ромашка', persons: false, messages: false },
    { cookie: anna.cookie },
  )
  expect(answer.status).toBe(200)
  for (const id of [main, duplicate]) expect(await workspaceOf(lab).pipeline.read(id)).toBeNull()
})
