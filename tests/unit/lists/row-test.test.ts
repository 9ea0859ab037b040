import { expect, onTestFinished, test } from 'vitest'
import { followRowTest, type RowTest } from '../../../client/lists/row-test.ts'
import { openBase, storedRow } from '../../../client/replica/tables.ts'
import type { Interest } from '../../../client/screens/interests/queries.ts'
import { fieldsOf } from '../../../shared/fields/fields.ts'
import type { Group } from '../../../shared/fields/filter.ts'
import { newId } from '../../../shared/ids.ts'

const infos = fieldsOf('interest', [])
const context = { user: 'anna', today: new Date() }
const by = (client: string): Group => ({
  join: 'all',
  of: [{ field: 'client', op: 'is', value: [client] }],
})
const rows = ['main', 'duplicate', 'hidden', 'other'].map(
  (client) => ({ id: client, type: 'interest', client }) as Interest, // what is read here
)
const client = (id: string, more: object = {}) =>
  storedRow({
    ...{ id, type: 'client', name: id, kind: 'organisation', phones: [], emails: [] },
    ...more,
  } as never)

const world = async () => {
  const base = openBase(`board-${newId()}`)
  await base.open()
  onTestFinished(() => base.delete())
  await base.client.bulkPut([client('main'), client('duplicate'), client('other')] as never[])
  const follow = (filter: Group) => {
    let shown: string[] | null = null
    const stop = followRowTest(base, { filter, infos, context }, (passes: RowTest) => {
      shown = rows.filter(passes).map(({ id }) => id)
    })
    onTestFinished(stop)
    return (expected: string[]) => expect.poll(() => shown).toEqual(expected)
  }
  return { base, follow }
}

test('the board by a client has what names one merged into it, from the merge to its undo', async () => {
  const { base, follow } = await world()
  const byMain = follow(by('main'))
  // A view that was saved before the merge.
  const byDuplicate = follow(by('duplicate'))
  const byOther = follow(by('other'))
  await byMain(['main'])
  await byDuplicate(['duplicate'])

  const part = { at: 1, by: 'anna', set: {}, order: 'a0' }
  // This user may not read one of the two.
  const merged = ['duplicate', 'hidden'].map((id) => ({ id, ...part }))
  await base.client.bulkPut([
    client('main', { merged }),
    client('duplicate', { mergedInto: 'main' }),
  ] as never[])
  await byMain(['main', 'duplicate', 'hidden'])
  await byDuplicate(['main', 'duplicate', 'hidden'])
  await byOther(['other'])

  await base.client.bulkPut([client('main'), client('duplicate')] as never[])
  await byMain(['main'])
  await byDuplicate(['duplicate'])
})

test('tasks with a contact person are found by the one it was merged into', async () => {
  const { base } = await world()
  const contacts = { phones: [], emails: [] }
  await base.person.bulkPut(
    [
      { id: 'lev', merged: [{ id: 'lev2', at: 1, by: 'anna', set: {}, order: 'a0' }] },
      { id: 'lev2', mergedInto: 'lev' },
    ].map((row) =>
      storedRow({ type: 'person', name: 'Лев', ...contacts, ...row } as never),
    ) as never[],
  )
  const filter: Group = { join: 'all', of: [{ field: 'person', op: 'is', value: ['lev'] }] }
  let passes: RowTest | null = null
  onTestFinished(
    followRowTest(base, { filter, infos: fieldsOf('task', []), context }, (test) => {
      passes = test
    }),
  )
  await expect
    .poll(() => ['lev', 'lev2', 'ada'].map((person) => passes?.({ person })))
    .toEqual([true, true, false])
})
