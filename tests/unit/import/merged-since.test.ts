import { describe, expect, it } from 'vitest'
import { mergeWrites } from '../../../shared/duplicates/merge.ts'
import type { ClientRow } from '../../../shared/records/client.ts'
import { csv, loadLab, me } from './load-lab.ts'

const lab = loadLab()
const { change, load, named } = lab

describe('a file whose clients were made one since', () => {
  const file = csv(
    'Название;ИНН;Фамилия;Имя',
    'Ромашка;7707083893;Щукин;Олег',
    'Ромашка плюс;7736050003;Цой;Нина',
  )
  const merge = async (main: string, duplicate: string) => {
    const all = await lab.base.client.bulkGet([main, duplicate])
    const [kept, gone] = all as [ClientRow, ClientRow] // both are there
    for (const { id, patch } of mergeWrites('client', kept, [gone], { by: me, at: lab.clock() }))
      await change('client', id, patch)
  }

  it.each(['fill', 'overwrite'] as const)('makes neither of them anew (%s)', async (mode) => {
    await load(file)
    const [main, duplicate] = [await named('Ромашка'), await named('Ромашка плюс')]
    await merge(main.id, duplicate.id)
    const waiting = await lab.base.outbox.count()
    const { rows, end } = await load(file, { mode })
    expect(end.counts).toMatchObject({ create: 0, same: 2 })
    expect(rows.map(({ found }) => found?.id)).toContain(main.id)
    expect(await lab.base.outbox.count()).toBe(waiting)
    expect(await lab.base.client.count()).toBe(2)
    expect(await lab.base.person.count()).toBe(2)
  })

  it('knows our own table by the ids of both', async () => {
    await load(file)
    const [main, duplicate] = [await named('Ромашка'), await named('Ромашка плюс')]
    const table = csv('Наименование;ID клиента', `Ромашка;${main.id}`, `Другая;${duplicate.id}`)
    const mapping = ['name', 'id'] as const
    await merge(main.id, duplicate.id)
    const { end } = await load(table, { mapping: [...mapping] })
    expect(end.counts).toMatchObject({ create: 0, same: 2 })
  })
})
