/** What lies in the trash of a device. */
import { expect, it, onTestFinished } from 'vitest'
import { openBase, storedRow } from '../../../client/replica/tables.ts'
import { trashCount, trashedRows } from '../../../client/screens/trash/trash-queries.ts'
import { newId } from '../../../shared/ids.ts'
import type { Row } from '../../../shared/records/declaration.ts'

it('has deleted templates for those who can take them back, and everything else for everyone', async () => {
  const base = openBase('trash')
  onTestFinished(() => base.delete())
  const put = async (row: object) => {
    const whole = storedRow({ id: newId(), ...row } as Row)
    await base.table(whole.type).put(whole)
    return whole.id
  }
  const template = { type: 'template', kind: 'document', about: 'client' }
  await put({ ...template, name: 'Счёт' })
  const deleted = await put({ ...template, name: 'Договор поставки', deletedAt: 3 })
  const client = await put({
    ...{ type: 'client', kind: 'organisation', name: 'Ромашка', deletedAt: 2 },
    ...{ phones: [], emails: [], addresses: [], links: [] },
  })
  const [administrator, other] = [{ administrator: true }, { administrator: false }]
  expect((await trashedRows(base, administrator)).map(({ name, path }) => [name, path])).toEqual([
    ['Договор поставки', `/settings/templates/${deleted}`],
    ['Ромашка', `/clients/${client}`],
  ])
  expect(await trashCount(base, administrator)).toBe(2)
  expect((await trashedRows(base, other)).map(({ name }) => name)).toEqual(['Ромашка'])
  expect(await trashCount(base, other)).toBe(1)
})
