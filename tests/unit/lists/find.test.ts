import { afterEach, beforeEach, expect, test } from 'vitest'
import { openBase, type ReplicaBase } from '../../../client/replica/tables.ts'
import { createWriter, drawClientId } from '../../../client/replica/writer.ts'
import { writeRecords } from '../../../client/replica/writes.ts'
import { foundByWordsAndNames } from '../../../client/screens/clients/client-list.ts'
import { newId } from '../../../shared/ids.ts'
import { tokensOf } from '../../../shared/rights.ts'

const me = newId()
let base: ReplicaBase
beforeEach(async () => {
  base = openBase(`find-${newId()}`)
  await base.open()
})
afterEach(() => base.delete())

test('clients are found by names of tags, folders and heat, beside their own words', async () => {
  const [wholesale, joined, hot, folder, alfa, beta] = Array.from({ length: 6 }, () => newId())
  const ids = { wholesale, joined, hot, folder, alfa, beta } as Record<string, string>
  const { alfa: first = '', beta: second = '' } = ids
  const written = await writeRecords(
    {
      base,
      writer: createWriter(drawClientId),
      clock: Date.now,
      subject: () => ({
        kind: 'employee',
        id: me,
        administrator: true,
        tokens: tokensOf({ id: me, administrator: true }, []),
      }),
    },
    [
      {
        type: 'directory',
        id: wholesale ?? '',
        patch: { directory: 'tag', name: 'Опт и розница' },
      },
      {
        type: 'directory',
        id: joined ?? '',
        patch: { directory: 'tag', name: 'Крупные', mergedInto: wholesale },
      },
      { type: 'directory', id: hot ?? '', patch: { directory: 'heat', name: 'Тёплый' } },
      { type: 'directory', id: folder ?? '', patch: { directory: 'folder', name: 'Урал' } },
      {
        type: 'client',
        id: first,
        patch: { kind: 'organisation', name: 'Альфа', tags: [joined], heat: hot },
      },
      {
        type: 'client',
        id: second,
        patch: { kind: 'organisation', name: 'Розничная Бета', folder, tags: [wholesale] },
      },
    ],
  )
  expect(written.ok).toBe(true)
  const found = async (typed: string) =>
    [...(await foundByWordsAndNames(base, 'client', typed))].sort()
  expect(await found('альфа')).toEqual([first])
  expect(await found('опт')).toEqual([first, second].sort())
  expect(await found('опт альфа')).toEqual([first])
  expect(await found('теплый')).toEqual([first])
  expect(await found('урал')).toEqual([second])
  // By a word of the name and by a tag.
  expect(await found('розн')).toEqual([first, second].sort())
  // One letter is too little to mean a tag.
  expect(await found('о')).toEqual([])
  expect(await found('ничего')).toEqual([])
})
