import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { groupPatch } from '../../../client/lists/group-patch.ts'
import { localChange } from '../../../client/replica/local-change.ts'
import { newId } from '../../../shared/ids.ts'
import { change, mergeStates } from '../../../shared/records/change.ts'
import { openDoc, project } from '../../../shared/records/projection.ts'
import { audienceOf, type Subject, tokensOf } from '../../../shared/rights.ts'
import { startSimulatedDevice, startSimulatedRelay } from './simulated-workspace.ts'

const anna = newId()
const who: Subject = {
  kind: 'employee',
  id: anna,
  administrator: true,
  tokens: tokensOf({ id: anna, administrator: true }, []),
}
const base = { kind: 'organisation', name: 'Ромашка' }

test('segments and tags given on two devices that are apart are all kept, what is taken goes', async () => {
  const relay = await startSimulatedRelay()
  const subjects = { here: who, there: who }
  const one = await startSimulatedDevice(relay, subjects)
  const two = await startSimulatedDevice(relay, subjects)
  const id = newId()
  await one.edit('client', id, { ...base, segments: ['fair', 'old'], tags: ['a'] })
  await one.push('arrives')
  await two.receive(Number.POSITIVE_INFINITY)

  // A group action and a card, both as they see the client before they meet.
  const seen = { ...(await two.base.client.get(id)) }
  const action = { kind: 'list', field: 'segments', act: 'add', ids: ['vip'] } as const
  const made = groupPatch(seen, action)
  await two.edit('client', id, made?.patch ?? {})
  await one.edit('client', id, { segments: ['fair', 'new'], tags: ['a', 'b'] })
  await two.edit('client', id, { tags: ['c'] })
  for (const each of [one, two]) await each.push('arrives')
  for (const each of [one, two]) await each.receive(Number.POSITIVE_INFINITY)
  for (const each of [one, two])
    expect(await each.base.client.get(id)).toMatchObject({
      segments: ['fair', 'new', 'vip'],
      tags: ['b', 'c'],
    })

  // Undoing the group action takes out what it put in, and nothing else.
  await two.edit('client', id, made?.undo ?? {})
  expect(await two.base.client.get(id)).toMatchObject({ segments: ['fair', 'new'] })
  for (const each of [one, two]) await each.close()
  await relay.close()
})

test('managers given on two devices that are apart all answer, whoever was taken out does not', async () => {
  const relay = await startSimulatedRelay()
  const subjects = { here: who, there: who }
  const one = await startSimulatedDevice(relay, subjects)
  const two = await startSimulatedDevice(relay, subjects)
  const [boris, vera, gleb] = [newId(), newId(), newId()]
  const [id, deal] = [newId(), newId()]
  await one.edit('client', id, { ...base, managers: [anna, boris] })
  const position = { scenario: newId(), stage: newId(), kind: 'open', since: 1 }
  await one.edit('interest', deal, { name: 'Лампы', position, restricted: true, members: [boris] })
  await one.push('arrives')
  await two.receive(Number.POSITIVE_INFINITY)
  await two.edit('client', id, { managers: [anna, vera] })
  await two.edit('interest', deal, { members: [boris, vera] })
  await one.edit('client', id, { managers: [anna, boris, gleb] })
  await one.edit('interest', deal, { members: [gleb] })
  for (const each of [one, two]) await each.push('arrives')
  for (const each of [one, two]) await each.receive(Number.POSITIVE_INFINITY)
  for (const { base: kept } of [one, two]) {
    const [client, interest] = [await kept.client.get(id), await kept.interest.get(deal)]
    if (!client || !interest) throw new Error('not there')
    const managers = [anna, gleb, vera].sort()
    expect(client.managers).toEqual(managers)
    expect(interest.members).toEqual([gleb, vera].sort())
    expect(audienceOf(client)).toEqual([
      'admin',
      'client:all',
      ...managers.map((user) => `client:user:${user}`),
    ])
    expect(audienceOf(interest)).not.toContain(`interest:member:${boris}`)
    expect(audienceOf(interest)).toContain(`interest:member:${vera}`)
  }
  for (const each of [one, two]) await each.close()
  await relay.close()
})

test('a change made again on what others made of the record leaves theirs alone', () => {
  const id = newId()
  const first = change('client', id, null, { ...base, tags: ['a', 'b'] }, 1)
  if (!first.ok) throw new Error(first.reason)
  const made = localChange({
    type: 'client',
    id,
    patch: { tags: ['b', 'mine'] },
    state: first.value.state,
    writer: 2,
    subject: who,
    at: 0,
  })
  const theirs = change('client', id, first.value.state, { tags: ['a', 'b', 'theirs'] }, 3)
  if (!made.ok || !made.value.entry || !theirs.ok) throw new Error('not made')
  const again = change('client', id, theirs.value.state, made.value.entry.patch, 4)
  expect(again.ok && again.value.row.tags).toEqual(['b', 'mine', 'theirs'])
})

test('a list that an earlier program kept in one key is read, added to and taken from', () => {
  const id = newId()
  const doc = openDoc(id, null, 1)
  const map = doc.getMap('f')
  for (const [key, value] of Object.entries({ ...base, tags: ['z', 'a'] })) map.set(key, value)
  const kept = Y.encodeStateAsUpdate(doc)
  const tagsAfter = (state: Uint8Array, tags: readonly string[] | null, writer: number) => {
    const made = change('client', id, state, { tags }, writer)
    if (!made.ok) throw new Error(made.reason)
    return made.value
  }
  expect(project('client', id, doc)).toMatchObject({ ok: true, value: { tags: ['z', 'a'] } })
  const without = tagsAfter(kept, ['a'], 2)
  const more = tagsAfter(kept, ['z', 'a', 'n'], 3)
  const both = openDoc(id, mergeStates(without.state, more.state))
  expect(project('client', id, both)).toMatchObject({ ok: true, value: { tags: ['a', 'n'] } })
  const back = tagsAfter(without.state, ['a', 'z'], 4)
  expect(back.row.tags).toEqual(['z', 'a'])
  expect(tagsAfter(back.state, null, 5).row.tags).toBeUndefined()
})

test('what is no set is refused', () => {
  const id = newId()
  const refused = (values: Record<string, unknown>) => {
    const doc = openDoc(id, null, 1)
    for (const [key, value] of Object.entries({ ...base, ...values }))
      doc.getMap('f').set(key, value)
    return project('client', id, doc)
  }
  const invalid = { ok: false, reason: 'invalidValue', field: 'tags' }
  expect(refused({ 'tags/a': 1 })).toMatchObject(invalid)
  expect(refused({ tags: 'a' })).toMatchObject(invalid)
  expect(refused({ [`tags/${'x'.repeat(61)}`]: true })).toMatchObject(invalid)
  const many = Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`tags/${n}`, true]))
  expect(refused(many)).toMatchObject(invalid)
  expect(refused({ 'tags/a': true })).toMatchObject({ ok: true, value: { tags: ['a'] } })
})

test('a set becomes what is asked, whatever it was, and states together hold what either put in', () => {
  const items = fc.uniqueArray(fc.constantFrom<string>('a', 'b', 'c', 'd', 'e/f'))
  fc.assert(
    fc.property(items, items, items, (start, left, right) => {
      const id = newId()
      const made = change('client', id, null, { ...base, tags: start }, 1)
      if (!made.ok) throw new Error(made.reason)
      const sides = [left, right].map((tags, n) => {
        const side = change('client', id, made.value.state, { tags }, n + 2)
        if (!side.ok) throw new Error(side.reason)
        expect(side.value.row.tags ?? []).toEqual([...tags].sort())
        return side.value.state
      })
      const row = project('client', id, openDoc(id, mergeStates(...sides)))
      if (!row.ok) throw new Error(row.reason)
      const expected = ['a', 'b', 'c', 'd', 'e/f'].filter((item) =>
        start.includes(item)
          ? left.includes(item) && right.includes(item)
          : left.includes(item) || right.includes(item),
      )
      expect(row.value.tags ?? []).toEqual(expected)
    }),
    { seed: 20_261_122, numRuns: 200 },
  )
})
