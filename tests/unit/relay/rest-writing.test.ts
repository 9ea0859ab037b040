import { describe, expect, it } from 'vitest'
import { day } from '../../../shared/clock.ts'
import { newId } from '../../../shared/ids.ts'
import type { History } from '../../../shared/protocol/api.ts'
import { defaultEntries } from '../../../shared/records/first-entries.ts'
import { createApp } from '../../../sync-server/app.ts'
import { openSqlite } from '../../../sync-server/store/sqlite.ts'
import { openLab, openTestRelay, rowsOf } from './lab.ts'
import { aClient, openProgram, programWith } from './programs.ts'

describe('creating and changing', () => {
  it('reaches devices, and the history says by which program', async () => {
    const lab = await openLab()
    const boris = await lab.join('boris@romashka.ru')
    const program = await openProgram(lab, lab.anna, boris.id)
    const feed = await boris.feed()
    const rows = rowsOf(await feed.until('caughtUp'))
    const made = await program.ask(
      'POST',
      '/clients',
      aClient({ phones: [{ value: '8 (495) 123-45-67', kind: 'work' }], note: 'Звонить утром' }),
    )
    expect(made).toMatchObject({
      status: 201,
      body: {
        name: 'Василёк',
        managers: [boris.id],
        createdBy: boris.id,
        phones: [{ value: '+74951234567', kind: 'work', id: expect.any(String) }],
      },
    })
    const { id, version } = made.body
    expect(made.headers.get('etag')).toBe(`"${version}"`)
    expect(made.headers.get('location')).toBe(`/api/v1/clients/${id}`)
    while (!rows.has(String(id))) rowsOf([await feed.next()], rows)
    expect(rows.get(String(id))).toMatchObject({ name: 'Василёк', note: 'Звонить утром' })
    const changed = await program.ask('PATCH', `/clients/${id}`, { name: 'Лютик', note: null })
    expect(changed).toMatchObject({ status: 200, body: { name: 'Лютик' } })
    expect(changed.body).not.toHaveProperty('note')
    const history = await lab.app.request(`/api/history/${id}`, { headers: lab.anna.headers })
    const { entries, devices } = (await history.json()) as History
    expect(entries.map(({ user }) => user)).toEqual([boris.id, boris.id])
    expect(devices[entries[0]?.device ?? '']).toBe('1С')
  })

  it('merges with what a device writes at the same time, and tells the writers apart', async () => {
    const lab = await openLab()
    const boris = await lab.join('boris@romashka.ru')
    const program = await openProgram(lab, lab.anna, boris.id)
    const id = newId()
    const managers = [boris.id]
    await boris.write('client', id, { kind: 'person', name: 'Иван', managers })
    const [pushed, patched] = await Promise.all([
      boris.write('client', id, { inn: '7707083893' }),
      program.ask('PATCH', `/clients/${id}`, { kpp: '770701001' }),
    ])
    expect(pushed.ok).toBe(true)
    expect(patched.status).toBe(200)
    expect((await program.get(`/clients/${id}`)).body).toMatchObject({
      name: 'Иван',
      inn: '7707083893',
      kpp: '770701001',
    })
    expect((await program.ask('PATCH', `/clients/${id}`, { kpp: '770702002' })).status).toBe(200)
  })

  it('keeps the parts of a list that stay, in the order given', async () => {
    const lab = await openLab()
    const program = await openProgram(lab, lab.anna, lab.anna.id)
    const phone = (value: string) => ({ value, kind: 'work' })
    const [one, two, three] = ['+74951111111', '+74952222222', '+74953333333'].map(phone)
    const made = await program.ask('POST', '/clients', aClient({ phones: [one, two] }))
    const [first, second] = made.body.phones as { id: string }[]
    const path = `/clients/${made.body.id}`
    const more = await program.ask('PATCH', path, { phones: [one, two, three] })
    expect(more.body.phones).toMatchObject([first, second, three].map((each) => ({ ...each })))
    const less = await program.ask('PATCH', path, { phones: [three, { ...first, ...one }] })
    expect(less.body.phones).toMatchObject([three, { id: first?.id }])
    const none = await program.ask('PATCH', path, { phones: null })
    expect(none.body.phones).toEqual([])
  })

  it('changes nothing of a record that is not the one the program has seen', async () => {
    const lab = await openLab()
    const program = await openProgram(lab, lab.anna, lab.anna.id)
    const { body, headers } = await program.ask('POST', '/clients', aClient())
    const path = `/clients/${body.id}`
    const seen = { 'if-match': headers.get('etag') ?? '' }
    expect((await program.ask('PATCH', path, { name: 'Лютик' }, seen)).status).toBe(200)
    const late = await program.ask('PATCH', path, { name: 'Ромашка' }, seen)
    expect(late).toMatchObject({ status: 412, body: { reason: 'changedMeanwhile' } })
    expect((await program.ask('DELETE', path, undefined, seen)).status).toBe(412)
    // Both had seen the same: the pipeline decides, not the look before it.
    const now = { 'if-match': (await program.get(path)).headers.get('etag') ?? '' }
    const both = await Promise.all(
      ['Астра', 'Пион'].map((name) => program.ask('PATCH', path, { name }, now)),
    )
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412])
    const again = await program.get(path)
    const unchanged = { 'if-none-match': again.headers.get('etag') ?? '' }
    expect((await program.get(path, unchanged)).status).toBe(304)
  })

  it('puts what it deletes into the trash', async () => {
    const lab = await openLab()
    const program = await openProgram(lab, lab.anna, lab.anna.id)
    const { id } = (await program.ask('POST', '/clients', aClient())).body
    expect((await program.ask('DELETE', `/clients/${id}`)).status).toBe(204)
    expect(await program.get(`/clients/${id}`)).toMatchObject({
      status: 404,
      body: { reason: 'gone' },
    })
    expect((await lab.relay.workspace?.pipeline.read(String(id)))?.row).toMatchObject({
      deletedBy: lab.anna.id,
    })
  })

  it('makes and moves Interests by their stage', async () => {
    const lab = await openLab({ firstEntries: defaultEntries })
    const program = await openProgram(lab, lab.anna, lab.anna.id)
    const { items } = await program.all('/scenarios')
    const [scenario] = [...items.values()]
    const stages = scenario?.stages as { id: string; kind: string }[]
    const made = await program.ask('POST', '/interests', { name: 'Поставка' })
    expect(made).toMatchObject({
      status: 201,
      body: { stage: stages[0]?.id, status: 'open', responsible: lab.anna.id },
    })
    const won = stages.find(({ kind }) => kind === 'won')
    const moved = await program.ask('PATCH', `/interests/${made.body.id}`, { stage: won?.id })
    expect(moved.body).toMatchObject({ status: 'won', closedAt: expect.any(Number) })
    const nowhere = await program.ask('PATCH', `/interests/${made.body.id}`, { stage: newId() })
    expect(nowhere).toMatchObject({ status: 422, body: { field: 'stage' } })
  })

  it('writes events down for a client, and not for one that is not the employee’s', async () => {
    const lab = await openLab({ firstEntries: defaultEntries })
    const boris = await lab.join('boris@romashka.ru')
    const program = await openProgram(lab, lab.anna, boris.id)
    const kinds = await program.all('/directories?filter[directory]=interactionKind')
    const [kind] = [...kinds.items.keys()]
    const own = (await program.ask('POST', '/clients', aClient())).body.id
    const foreign = newId()
    await lab.anna.write('client', foreign, { ...aClient(), managers: [lab.anna.id] })
    const event = (contact: unknown) => ({ contact, kind, at: 1_700_000_000_000, text: 'Встреча' })
    const made = await program.ask('POST', '/events', event(own))
    expect(made).toMatchObject({
      status: 201,
      body: { contactType: 'client', managers: [boris.id] },
    })
    expect((await program.ask('POST', '/events', event(foreign))).status).toBe(403)
    expect(await program.ask('POST', '/events', event(newId()))).toMatchObject({
      status: 422,
      body: { field: 'contact' },
    })
  })

  it('takes a whole name apart, and puts another one in its place', async () => {
    const lab = await openLab()
    const program = await openProgram(lab, lab.anna, lab.anna.id)
    const made = await program.ask('POST', '/persons', { name: 'Иванов Пётр Сергеевич' })
    expect(made.body).toMatchObject({ lastName: 'Иванов', firstName: 'Пётр' })
    const path = `/persons/${made.body.id}`
    const changed = await program.ask('PATCH', path, { name: 'Отдел закупок' })
    expect(changed.body).toMatchObject({ name: 'Отдел закупок' })
    expect(changed.body).not.toHaveProperty('lastName')
    const parts = await program.ask('PATCH', path, { lastName: 'Серова', firstName: 'Ольга' })
    expect(parts.body).toMatchObject({ name: 'Серова Ольга' })
  })

  it('makes contracts with their number and the statuses they reached', async () => {
    const lab = await openLab()
    const program = await openProgram(lab, lab.anna, lab.anna.id)
    const client = (await program.ask('POST', '/clients', aClient())).body.id
    const contract = { client, subject: 'Поставка', status: 'draft' }
    const made = await program.ask('POST', '/contracts', contract)
    expect(made).toMatchObject({ status: 201, body: { number: expect.any(String) } })
    const path = `/contracts/${made.body.id}`
    expect((await program.ask('PATCH', path, { status: 'signed' })).status).toBe(200)
    const row = (await lab.relay.workspace?.pipeline.read(String(made.body.id)))?.row
    expect(row?.reached).toHaveLength(2)
    const held = await program.ask('DELETE', `/clients/${client}`)
    expect(held).toMatchObject({ status: 409 })
  })

  it('counts an Interest by its lines until its amount is given', async () => {
    const lab = await openLab({ firstEntries: defaultEntries })
    const program = await openProgram(lab, lab.anna, lab.anna.id)
    const lines = [{ name: 'Насос', quantity: 2, price: 1500, currency: 'RUB' }]
    const made = await program.ask('POST', '/interests', { name: 'Поставка', lines })
    expect(made.body).toMatchObject({ amount: { amount: 3000, currency: 'RUB' } })
    const amount = { amount: 2500, currency: 'RUB' }
    const changed = await program.ask('PATCH', `/interests/${made.body.id}`, { amount })
    expect(changed.body).toMatchObject({ amount, amountBy: 'manual' })
  })

  it('gives a new person the access of their client', async () => {
    const lab = await openLab()
    const boris = await lab.join('boris@romashka.ru')
    const client = newId()
    await lab.anna.write('client', client, { ...aClient(), managers: [boris.id], open: 'read' })
    const program = await openProgram(lab, lab.anna, lab.anna.id)
    expect((await program.ask('POST', '/persons', { name: 'Иван', client })).body).toMatchObject({
      managers: [lab.anna.id, boris.id],
      open: 'read',
    })
  })
})

describe('a creation that is asked for again', () => {
  it('is the same record by its key, also after the relay was started anew', async () => {
    const store = openSqlite(':memory:')
    let now = 1_700_000_000_000
    const clock = () => now
    const lab = await openLab({ store, clock })
    const program = await openProgram(lab, lab.anna, lab.anna.id)
    const key = { 'idempotency-key': 'order-1' }
    const first = await program.ask('POST', '/clients', aClient(), key)
    expect(first.status).toBe(201)
    const again = await program.ask('POST', '/clients', aClient(), key)
    expect(again).toMatchObject({ status: 200, body: { id: first.body.id } })
    const other = await program.ask('POST', '/clients', aClient({ name: 'Лютик' }), key)
    expect(other).toMatchObject({ status: 409, body: { reason: 'keyReused' } })

    const anew = await openTestRelay({ store, clock })
    const restarted = programWith(createApp(anew), program.id, program.secret)
    const later = await restarted.ask('POST', '/clients', aClient(), key)
    expect(later).toMatchObject({ status: 200, body: { id: first.body.id } })
    const stranger = await openProgram(lab, lab.anna, lab.anna.id)
    expect((await stranger.ask('POST', '/clients', aClient(), key)).status).toBe(201)
    now += day
    expect((await restarted.ask('POST', '/clients', aClient(), key)).status).toBe(201)
  })

  it('is one record though it is asked for twice at once', async () => {
    const lab = await openLab()
    const program = await openProgram(lab, lab.anna, lab.anna.id)
    const key = { 'idempotency-key': 'order-1' }
    const both = await Promise.all(
      [1, 2, 3].map(() => program.ask('POST', '/clients', aClient(), key)),
    )
    expect(new Set(both.map(({ body }) => body.id)).size).toBe(1)
    expect((await program.all('/clients')).items.size).toBe(1)
  })
})

describe('a client that is there already', () => {
  const openBase = async () => {
    const lab = await openLab()
    const program = await openProgram(lab, lab.anna, lab.anna.id)
    const made = await program.ask(
      'POST',
      '/clients',
      aClient({ inn: '7707083893', phones: [{ value: '+74951234567', kind: 'work' }] }),
    )
    return { lab, program, id: made.body.id }
  }

  it('is refused or given back by INN, phone or e-mail, where the program wants that', async () => {
    const { program, id } = await openBase()
    const twin = aClient({ name: 'Другой', phones: [{ value: '8 495 123 45 67', kind: 'work' }] })
    const refused = await program.ask('POST', '/clients?on_duplicate=refuse', twin)
    expect(refused).toMatchObject({
      status: 409,
      body: { reason: 'duplicate', duplicates: [id] },
    })
    const returned = await program.ask('POST', '/clients?on_duplicate=return', twin)
    expect(returned).toMatchObject({ status: 200, body: { id, name: 'Василёк' } })
    const byInn = await program.ask('POST', '/clients?on_duplicate=return', {
      ...aClient(),
      inn: '7707083893',
    })
    expect(byInn.body.id).toBe(id)
    expect((await program.ask('POST', '/clients', twin)).status).toBe(201)
  })

  it('is one where two ask at the same time', async () => {
    const { program } = await openBase()
    const twin = aClient({ inn: '5003052454' })
    const all = await Promise.all(
      [1, 2, 3].map(() => program.ask('POST', '/clients?on_duplicate=return', twin)),
    )
    expect(new Set(all.map(({ body }) => body.id)).size).toBe(1)
  })

  it('is not told of where the employee may not see it', async () => {
    const { lab, id } = await openBase()
    const boris = await lab.join('boris@romashka.ru')
    const program = await openProgram(lab, lab.anna, boris.id)
    const twin = aClient({ inn: '7707083893' })
    const made = await program.ask('POST', '/clients?on_duplicate=refuse', twin)
    expect(made.status).toBe(201)
    expect(made.body.id).not.toBe(id)
  })
})
