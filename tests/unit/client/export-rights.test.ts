import { strFromU8, unzipSync } from 'fflate'
import { expect, it } from 'vitest'
import { exportArchive } from '../../../client/export/export-archive.ts'
import { openBase, storedRow } from '../../../client/replica/tables.ts'
import { newId } from '../../../shared/ids.ts'
import type { Row } from '../../../shared/records/declaration.ts'
import { type Subject, tokensOf } from '../../../shared/rights.ts'
import type { Matrix } from '../../../shared/rights-matrix.ts'
import { reachOf } from '../../../shared/rights-scopes.ts'

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

it('holds tasks, Interests, events and notices, and the files that hang on any record', async () => {
  const base = openBase(`export-${newId()}`)
  await base.open()
  const [photo, plan, away] = ['a', 'b', 'c'].map((letter) => letter.repeat(64))
  const position = { scenario: newId(), stage: newId(), kind: 'open', since: 1 }
  const contact = newId()
  const files = [{ hash: plan, name: 'план.pdf', size: 4, type: 'application/pdf' }]
  const rows: Row[] = [
    { id: contact, type: 'client', kind: 'person', name: 'Иван', managers: [anna], photo },
    { id: newId(), type: 'task', title: 'Позвонить', kind: 'call', responsible: anna },
    {
      id: newId(),
      type: 'interest',
      name: 'Станок',
      status: 'open',
      position,
      entered: [],
      responsible: anna,
      custom: { [newId()]: [away, 'смета.pdf', 'application/pdf'] },
    },
    {
      id: newId(),
      type: 'interaction',
      kind: newId(),
      at: 1,
      text: 'Обед',
      contact,
      contactType: 'client',
      managers: [anna],
      files,
    },
    {
      id: newId(),
      type: 'notice',
      user: anna,
      kind: 'task',
      about: contact,
      aboutType: 'client',
      at: 1,
    },
  ]
  const parts = { phones: [], emails: [], addresses: [], links: [] }
  for (const row of rows) await base.table(row.type).put(storedRow({ ...parts, ...row }))
  for (const [hash = '', text] of [
    [photo, 'снимок'],
    [plan, 'план'],
  ] as const)
    await base.files.put({
      hash,
      name: '',
      type: '',
      size: 1,
      blob: new Blob([text]),
      unsent: 0,
      lastUsed: 0,
    })
  const taken = async (who: Subject) => {
    const done = await exportArchive({
      base,
      language: 'ru',
      at: 0,
      user: 'Анна',
      company: 'Ромашка',
      subject: who,
      onProgress: () => {},
    })
    const archive = unzipSync(new Uint8Array(await done.blob.arrayBuffer()))
    return { done, text: (name: string) => strFromU8(archive[name] ?? new Uint8Array()) }
  }
  const { done, text } = await taken(subject({}))
  for (const { id, type } of rows) expect(text(`json/${type}.json`), type).toContain(id)
  expect(text(`files/${photo}/photo`)).toBe('снимок')
  expect(text(`files/${plan}/план.pdf`)).toBe('план')
  expect(text('export.json')).toContain(String(away))
  expect(done).toMatchObject({ files: 2, missing: 1 })

  const limited = await taken(subject({ task: { export: 'none' }, interest: { export: 'own' } }))
  expect(limited.text('json/task.json')).not.toContain('Позвонить')
  expect(limited.text('json/interest.json')).toContain('Станок')
  await base.delete()
})
