import { expect, it } from 'vitest'
import type { Replica } from '../../../client/replica/replica.ts'
import { openBase, putRows } from '../../../client/replica/tables.ts'
import { fileNameOf, placeOf } from '../../../client/screens/templates/keep.ts'
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

it('keeps a document only where its readers are those of the record, and its user may write', async () => {
  const [open, closed, contract] = [newId(), newId(), newId()]
  const position = { scenario: newId(), stage: newId(), kind: 'open', since: 1 }
  const interest = { type: 'interest', name: 'Станок', client: main, position, responsible: anna }
  const replica = await replicaWith([
    { id: main, type: 'client', kind: 'organisation', name: 'Завод', ...contact },
    { ...interest, ...position, id: open, entered: [] },
    { ...interest, ...position, id: closed, entered: [], restricted: true },
    {
      id: contract,
      type: 'contract',
      subject: 'Поставка',
      client: main,
      status: 'draft',
      restricted: true,
      responsible: newId(),
      files: [],
      reached: [],
    },
  ])
  const subject = (administrator: boolean) => ({
    ...replica,
    subject: {
      value: {
        kind: 'employee',
        id: anna,
        administrator,
        tokens: new Set([`client:user:${anna}`]),
      },
    } as unknown as Replica['subject'], // the parts that are read
  })
  const kindOf = async (about: 'client' | 'interest' | 'contract', id: string, admin = false) =>
    (await placeOf(subject(admin), about, id))?.kind
  expect(await kindOf('client', main)).toBe('client')
  expect(await kindOf('interest', open)).toBe('client')
  expect(await kindOf('interest', closed)).toBeUndefined()
  expect(await kindOf('contract', contract)).toBeUndefined()
  const seen = await placeOf(
    {
      ...subject(true),
      subject: {
        value: { ...subject(true).subject.value, tokens: new Set(['admin']) },
      } as unknown as Replica['subject'], // the same
    },
    'contract',
    contract,
  )
  expect(seen?.kind).toBe('contract')
})

it('calls a file by what every system takes as a name', () => {
  expect(fileNameOf('Акт: «сверки»', '№ 1/2\u0000\n', now)).toBe('Акт «сверки» № 1 2 2026-11-22')
  expect(fileNameOf('x'.repeat(300), undefined, now)).toHaveLength(120)
})
