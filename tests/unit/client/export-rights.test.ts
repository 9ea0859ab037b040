import 'fake-indexeddb/auto'
import { strFromU8, unzipSync } from 'fflate'
import { expect, it } from 'vitest'
import { exportArchive } from '../../../client/export/export-archive.ts'
import { openBase, storedRow } from '../../../client/replica/tables.ts'
import { newId } from '../../../shared/ids.ts'
import type { Row } from '../../../shared/records/declaration.ts'
import { type Subject, tokensOf } from '../../../shared/rights.ts'
import { type Matrix, reachOf } from '../../../shared/rights-scopes.ts'

const [anna, vera] = [newId(), newId()]

const subject = (exceptions: Matrix): Subject => {
  const reach = reachOf(anna, {
    employees: [{ id: anna, exceptions }],
    departments: [],
    roles: [],
  })
  const who = { id: anna, administrator: false }
  return { kind: 'employee', ...who, tokens: tokensOf(who, [], reach), reach }
}

it('takes out only what its user may take out, though more lies on the device', async () => {
  const base = openBase(`export-${newId()}`)
  await base.open()
  const client = (name: string, more: Partial<Row>): Row => ({
    id: newId(),
    type: 'client',
    kind: 'organisation',
    name,
    phones: [],
    emails: [],
    addresses: [],
    links: [],
    ...more,
  })
  await base
    .table('client')
    .bulkPut([
      storedRow(client('Своя', { managers: [anna] })),
      storedRow(client('Открытая', { managers: [vera], open: 'read' })),
    ])
  const namesIn = async (who: Subject): Promise<string[]> => {
    const { blob } = await exportArchive({
      base,
      language: 'ru',
      at: 0,
      user: 'Анна',
      company: 'Ромашка',
      subject: who,
      onProgress: () => {},
    })
    const files = unzipSync(new Uint8Array(await blob.arrayBuffer()))
    const table = strFromU8(files['csv/client.csv'] ?? new Uint8Array())
    const rows = JSON.parse(strFromU8(files['json/client.json'] ?? new Uint8Array())) as {
      name: string
    }[]
    for (const name of ['Своя', 'Открытая'])
      expect(table.includes(name)).toBe(rows.some((row) => row.name === name))
    return rows.map(({ name }) => name).sort()
  }
  expect(await namesIn(subject({}))).toEqual(['Своя'])
  expect(await namesIn(subject({ client: { export: 'all' } }))).toEqual(['Открытая', 'Своя'])
  expect(await namesIn(subject({ client: { export: 'none' } }))).toEqual([])
  await base.delete()
})
