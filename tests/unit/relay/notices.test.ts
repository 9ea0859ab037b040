/** Who is told of what, once for each cause (F56, F140, F286, F316). */
import { describe, expect, it } from 'vitest'
import { day } from '../../../shared/clock.ts'
import { newId } from '../../../shared/ids.ts'
import type { Patch } from '../../../shared/records/change.ts'
import type { NoticeRow } from '../../../shared/records/notice.ts'
import { type LabOptions, openLab, type Person, person } from './lab.ts'

const office = async (options: LabOptions = {}) => {
  const lab = await openLab(options)
  const oleg = await lab.join('oleg@romashka.ru')
  const vera = await lab.join('vera@romashka.ru')
  const notices = async (): Promise<NoticeRow[]> =>
    ((await lab.relay.workspace?.store.documentsOfType('notice')) ?? []).map(
      ({ rowJson }) => JSON.parse(rowJson) as NoticeRow, // stored by the pipeline
    )
  const told = async () => (await notices()).map(({ user, kind, about }) => ({ user, kind, about }))
  const hold = async (who: Person, id: string) =>
    who.hold(id, (await lab.relay.workspace?.pipeline.read(id))?.state ?? new Uint8Array())
  const signed = (who: Person, patch: Patch): Patch => ({
    createdAt: 1,
    createdBy: who.id,
    ...patch,
  })
  return { ...lab, oleg, vera, notices, told, hold, signed }
}

describe('notices', () => {
  it('tell of a client one who was made responsible for it by another, and nobody else', async () => {
    const { anna, oleg, vera, told, hold, signed } = await office()
    const client = newId()
    await oleg.write(
      'client',
      client,
      signed(oleg, { kind: 'person', name: 'Иван', managers: [oleg.id] }),
    )
    expect(await told()).toEqual([])
    await hold(anna, client)
    await anna.write('client', client, { managers: [oleg.id, vera.id] })
    expect(await told()).toEqual([{ user: vera.id, kind: 'responsible', about: client }])
    await anna.write('client', client, { name: 'Пётр' })
    expect(await told()).toHaveLength(1)
  })

  it('tell of a new client those whom its creator made responsible for it', async () => {
    const { oleg, vera, told, signed } = await office()
    const client = newId()
    const managers = { [oleg.id]: true, [vera.id]: true }
    await oleg.write('client', client, signed(oleg, { kind: 'person', name: 'Иван', managers }))
    expect(await told()).toEqual([{ user: vera.id, kind: 'responsible', about: client }])
  })

  it('tell nobody of what they may not read, though it was given to them', async () => {
    const { anna, oleg, vera, told, signed, relay } = await office()
    await relay.workspace?.write('employee', vera.id, { exceptions: { client: { read: 'none' } } })
    const client = { kind: 'person', name: 'Иван', managers: [vera.id, oleg.id] }
    await anna.write('client', newId(), signed(anna, client))
    expect(await told()).toMatchObject([{ user: oleg.id, kind: 'responsible' }])
  })

  it('say nothing of a person at a client that one answers for, nor of what was imported', async () => {
    const { anna, oleg, vera, told, signed } = await office()
    const client = newId()
    const imports = { [newId()]: { at: 1, created: 'x', order: 'a0' } }
    await anna.write(
      'client',
      client,
      signed(anna, { kind: 'person', name: 'И', managers: [vera.id], imports }),
    )
    await anna.write('person', newId(), signed(anna, { name: 'П', client, managers: [vera.id] }))
    expect(await told()).toEqual([])
    await anna.write('person', newId(), signed(anna, { name: 'П', client, managers: [oleg.id] }))
    expect(await told()).toMatchObject([{ user: oleg.id, kind: 'responsible' }])
  })

  it('tell of a task where its author wants so, and of each one anew', async () => {
    const { oleg, vera, told, signed } = await office()
    const task = { title: 'Позвонить', kind: 'call', responsible: vera.id }
    const id = newId()
    await oleg.write('task', newId(), signed(oleg, task))
    expect(await told()).toEqual([])
    await oleg.write('task', id, signed(oleg, { ...task, notify: true }))
    await oleg.write('task', id, { responsible: oleg.id })
    await oleg.write('task', id, { responsible: vera.id })
    expect(await told()).toEqual([
      { user: vera.id, kind: 'task', about: id },
      { user: vera.id, kind: 'task', about: id },
    ])
  })

  it('tell whom a restricted record was opened to, and a deputy', async () => {
    const { anna, oleg, vera, told, signed } = await office()
    const [task, away] = [newId(), newId()]
    await oleg.write('task', task, signed(oleg, { title: 'Т', kind: 'task', responsible: oleg.id }))
    await oleg.write('task', task, { members: [vera.id] })
    expect(await told()).toEqual([])
    await oleg.write('task', task, { restricted: true })
    await anna.write(
      'substitution',
      away,
      signed(anna, { absent: vera.id, deputy: oleg.id, from: 1, to: 2 }),
    )
    expect(await told()).toEqual(
      expect.arrayContaining([
        { user: vera.id, kind: 'access', about: task },
        { user: oleg.id, kind: 'substitution', about: away },
      ]),
    )
  })

  it('of kinds that one has switched off are not made', async () => {
    const { oleg, vera, told, hold, signed } = await office()
    await hold(vera, vera.id)
    await vera.write('employee', vera.id, { quiet: ['task'] })
    const task = { title: 'Т', kind: 'task', responsible: vera.id, notify: true }
    await oleg.write('task', newId(), signed(oleg, task))
    expect(await told()).toEqual([])
  })

  it('come once where the change comes twice', async () => {
    const { oleg, vera, told, signed } = await office()
    const id = newId()
    const task = { title: 'Т', kind: 'task', responsible: vera.id, notify: true }
    const update = oleg.make('task', id, signed(oleg, task))
    await oleg.push({ id, type: 'task', update })
    await oleg.push({ id, type: 'task', update })
    expect(await told()).toHaveLength(1)
  })

  it('are their user’s alone, to read and to mark; only reminders are made by devices', async () => {
    const { oleg, vera, notices, hold, signed } = await office()
    const task = { title: 'Т', kind: 'task', responsible: vera.id, notify: true }
    await oleg.write('task', newId(), signed(oleg, task))
    const id = (await notices())[0]?.id ?? ''
    await hold(vera, id)
    await hold(oleg, id)
    expect(await oleg.write('notice', id, { read: 5 })).toMatchObject({ reason: 'forbidden' })
    expect(await vera.write('notice', id, { read: 5 })).toMatchObject({ seq: expect.any(Number) })
    const own = { user: vera.id, about: id, aboutType: 'task', at: 1 }
    expect(await vera.write('notice', newId(), { ...own, kind: 'reminder' })).toMatchObject({
      seq: expect.any(Number),
    })
    expect(await vera.write('notice', newId(), { ...own, kind: 'task' })).toMatchObject({
      reason: 'forbidden',
    })
    expect(await oleg.write('notice', newId(), { ...own, kind: 'reminder' })).toMatchObject({
      reason: 'forbidden',
    })
  })

  it('that two devices of a user made apart are one, and stay read', async () => {
    const { vera, notices, app } = await office()
    const phone = person(app, vera.id, vera.cookie)
    const id = newId()
    const reminder = { user: vera.id, about: newId(), aboutType: 'task', kind: 'reminder' }
    await vera.write('notice', id, { ...reminder, at: 1, read: 2 })
    expect(await phone.write('notice', id, { ...reminder, at: 3 })).toMatchObject({
      seq: expect.any(Number),
    })
    expect(await notices()).toMatchObject([{ id, read: 2 }])
  })

  it('go after 90 days, and devices are told', async () => {
    let now = Date.now()
    const { relay, oleg, vera, notices, signed } = await office({ clock: () => now })
    const task = { title: 'Т', kind: 'task', responsible: vera.id, notify: true }
    await oleg.write('task', newId(), signed(oleg, task))
    now += 89 * day
    expect(await relay.workspace?.purgeNotices()).toBe(0)
    await oleg.write('task', newId(), signed(oleg, task))
    now += 2 * day
    expect(await relay.workspace?.purgeNotices()).toBe(1)
    expect(await notices()).toHaveLength(1)
  })
})
