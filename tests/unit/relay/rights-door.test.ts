import { expect, test } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import type { RightsView } from '../../../shared/protocol/api.ts'
import { newMailbox, openLab, type Person } from './lab.ts'

const viewOf = async (lab: Awaited<ReturnType<typeof openLab>>, asking: Person, user: string) => {
  const answer = await lab.app.request(`/api/rights/view?user=${user}`, { headers: asking.headers })
  return { status: answer.status, view: (await answer.json()) as RightsView }
}

test('an administrator sees what an employee sees, without the names in a private mailbox', async () => {
  const lab = await openLab()
  const boris = await lab.join('boris@romashka.ru')
  const vera = await lab.join('vera@romashka.ru')
  const write = async (...args: Parameters<NonNullable<typeof lab.relay.workspace>['write']>) =>
    lab.relay.workspace?.write(...args)
  const [role, department] = [newId(), newId()]
  await write('department', department, { name: 'Продажи' })
  for (const { id } of [boris, vera]) await write('employee', id, { department })
  const client = (name: string, manager: Person) =>
    write('client', newId(), { kind: 'person', name, managers: [manager.id] })
  await client('Своя', boris)
  await client('Веры', vera)
  await client('Анны', lab.anna)
  const mailbox = newId()
  await write('account', mailbox, newMailbox({ access: 'user', users: [boris.id] }))
  const peer = { address: 'ivan@zavod.ru' }
  await write('dialog', newId(), { account: mailbox, channel: 'mail', peer, subject: 'Тайна' })

  const names = async () =>
    (await viewOf(lab, lab.anna, boris.id)).view.records.map(({ name }) => name)
  expect(await names()).toEqual(['Своя'])
  await write('role', role, { name: 'Менеджер', matrix: { client: { read: 'department' } } })
  await write('employee', boris.id, { roles: [role] })
  expect(await names()).toEqual(['Веры', 'Своя'])

  const { view } = await viewOf(lab, lab.anna, boris.id)
  expect(view.counts).toContainEqual({ type: 'client', seen: 2, all: 3 })
  expect(view.counts).toContainEqual({ type: 'dialog', seen: 1, all: 1 })
  expect(JSON.stringify(view)).not.toContain('Тайна')

  await write('employee', boris.id, { state: 'blocked' })
  expect(await names()).toEqual([])
})

test('nobody else asks what others see', async () => {
  const lab = await openLab()
  const boris = await lab.join('boris@romashka.ru')
  expect((await viewOf(lab, boris, lab.anna.id)).status).toBe(403)
  expect((await viewOf(lab, lab.anna, newId())).status).toBe(404)
})
