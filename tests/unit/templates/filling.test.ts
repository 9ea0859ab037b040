import 'fake-indexeddb/auto'
import { expect, it } from 'vitest'
import type { Replica } from '../../../client/replica/replica.ts'
import { openBase, putRows } from '../../../client/replica/tables.ts'
import { readFilling } from '../../../client/screens/templates/queries.ts'
import { newId } from '../../../shared/ids.ts'
import type { Row } from '../../../shared/records/declaration.ts'
import { organisationId } from '../../../shared/records/organisation.ts'
import { renderText } from '../../../shared/templates/render.ts'

const [anna, main, duplicate, head, holding] = [newId(), newId(), newId(), newId(), newId()]
const lists = { phones: [], emails: [], addresses: [], links: [], messengers: [], dates: [] }
const contact = { ...lists, imports: [], merged: [], managers: [anna] }

const replicaWith = async (rows: Row[]) => {
  const base = openBase(`filling-${newId()}`)
  await base.open()
  await Promise.all(putRows(base, rows))
  return {
    base,
    session: { user: { id: anna }, workspace: { name: 'Ромашка' } },
    subject: { value: { tokens: new Set<string>() } },
  } as unknown as Replica // the parts that are read
}

const now = new Date(2026, 10, 22)

it('draws a contract’s text from what is around it, through merges', async () => {
  const contract = newId()
  const replica = await replicaWith([
    { id: anna, type: 'employee', name: 'Орлова Анна', email: 'a@b.ru', role: 'employee' },
    { id: main, type: 'client', kind: 'organisation', name: 'Завод', parent: holding, ...contact },
    { id: holding, type: 'client', kind: 'organisation', name: 'Холдинг', ...contact },
    {
      ...contact,
      id: duplicate,
      type: 'client',
      kind: 'organisation',
      name: 'Дубль',
      mergedInto: main,
    },
    { id: newId(), type: 'person', name: 'Кто-то', client: main, ...contact },
    { id: head, type: 'person', name: 'Зуев Пётр', client: main, keyPerson: true, ...contact },
    { id: organisationId(), type: 'organisation', name: 'ООО «Ромашка»' },
    {
      id: contract,
      type: 'contract',
      number: '12',
      subject: 'Поставка',
      client: duplicate,
      status: 'draft',
      responsible: anna,
      files: [],
      reached: [],
    },
  ])
  const filling = await readFilling(replica, { about: 'contract', id: contract }, 'ru', now)
  if (!filling) throw new Error('no contract')
  const source =
    '{contract.number} {client.name} {client.parent} {person.name} {organisation.name} {responsible.name} {author.name} {today.date}'
  const { content, problems } = renderText(source, filling)
  expect(content).toBe(
    '12 Завод Холдинг Зуев Пётр ООО «Ромашка» Орлова Анна Орлова Анна 22.11.2026',
  )
  expect(problems).toEqual([])
})

it('has nothing of a client that is not on the device', async () => {
  const contract = newId()
  const replica = await replicaWith([
    {
      id: contract,
      type: 'contract',
      subject: 'Поставка',
      client: newId(),
      status: 'draft',
      files: [],
      reached: [],
    },
  ])
  const filling = await readFilling(replica, { about: 'contract', id: contract }, 'ru', now)
  if (!filling) throw new Error('no contract')
  expect(renderText('{contract.number} {client.name}', filling).problems).toEqual([
    { label: 'Договор: Номер', fault: 'empty' },
    { label: 'Клиент: Наименование', fault: 'empty' },
  ])
  expect(renderText('{organisation.name}', filling).content).toBe('Ромашка')
  expect(await readFilling(replica, { about: 'contract', id: newId() }, 'ru', now)).toBeUndefined()
})
