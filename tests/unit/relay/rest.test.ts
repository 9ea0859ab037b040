import { describe, expect, it } from 'vitest'
import { day, minute, second } from '../../../shared/clock.ts'
import { dayOf } from '../../../shared/fields/days.ts'
import { newId } from '../../../shared/ids.ts'
import type { History } from '../../../shared/protocol/api.ts'
import { restPaths } from '../../../shared/protocol/rest.ts'
import { dayOfMaking } from '../../../shared/records/field.ts'
import { defaultEntries } from '../../../shared/records/first-entries.ts'
import { createApp } from '../../../sync-server/app.ts'
import { requestsAtOnce, requestsPerSecond } from '../../../sync-server/rest/limits.ts'
import { openSqlite } from '../../../sync-server/store/sqlite.ts'
import { until } from '../../lab/processes.ts'
import { newMailbox, openLab, openTestRelay, rowsOf } from './lab.ts'
import { aClient, openProgram, programWith } from './programs.ts'

describe('tokens', () => {
  it('are made by administrators, told once and kept as a hash', async () => {
    const lab = await openLab()
    const boris = await lab.join('boris@romashka.ru')
    const form = { name: '1С', employee: boris.id, writes: true, resources: ['clients'], days: 30 }
    expect((await lab.post('/api/tokens', form, { cookie: boris.cookie })).status).toBe(403)
    expect((await lab.post('/api/tokens', form)).status).toBe(401)
    const { secret, id } = await openProgram(lab, lab.anna, boris.id)
    expect(secret).toMatch(/^interes_[\w-]{43}$/)
    const listed = await lab.app.request('/api/tokens', { headers: lab.anna.headers })
    const text = await listed.text()
    expect(text).toContain(id)
    expect(text).not.toContain(secret)
    const kept = JSON.stringify(await lab.relay.workspace?.store.apiTokens())
    expect(kept).not.toContain(secret)
  })

  it('end with their revocation, their time and their employee', async () => {
    let now = 1_700_000_000_000
    const lab = await openLab({ clock: () => now })
    const boris = await lab.join('boris@romashka.ru')
    const [revoked, expiring, blocked] = [
      await openProgram(lab, lab.anna, boris.id),
      await openProgram(lab, lab.anna, boris.id, { days: 30 }),
      await openProgram(lab, lab.anna, boris.id),
    ]
    for (const one of [revoked, expiring, blocked])
      expect((await one.get('/clients')).status).toBe(200)
    await lab.app.request(`/api/tokens/${revoked.id}`, {
      method: 'DELETE',
      headers: lab.anna.headers,
    })
    expect(await revoked.get('/clients')).toMatchObject({
      status: 403,
      body: { reason: 'revoked' },
    })
    now += 30 * day
    expect(await expiring.get('/clients')).toMatchObject({ body: { reason: 'revoked' } })
    await lab.relay.workspace?.write('employee', boris.id, { state: 'blocked' })
    expect(await blocked.get('/clients')).toMatchObject({
      status: 403,
      body: { reason: 'blocked' },
    })
    const { tokens } = (await (
      await lab.app.request('/api/tokens', { headers: lab.anna.headers })
    ).json()) as { tokens: object[] }
    expect(tokens).toContainEqual(
      expect.objectContaining({
        id: revoked.id,
        revokedBy: lab.anna.id,
        createdBy: lab.anna.id,
        lastUsedFrom: '127.0.0.1',
      }),
    )
  })

  it('open the doors of the API alone, and no cookie opens those', async () => {
    const lab = await openLab()
    const { secret } = await openProgram(lab, lab.anna, lab.anna.id)
    const headers = { authorization: `Bearer ${secret}` }
    for (const path of ['/feed', '/api/session', '/api/history', '/connector/state/a/b'])
      expect((await lab.app.request(path, { headers })).status).toBe(401)
    const answer = await lab.app.request('/api/v1/clients', { headers: lab.anna.headers })
    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toBe('Bearer')
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(answer.headers.get('access-control-allow-origin')).toBe(null)
    for (const wrong of ['Bearer x', `Bearer ${'a'.repeat(5_000)}`, 'Basic YTpi'])
      expect(
        (await lab.app.request('/api/v1/clients', { headers: { authorization: wrong } })).status,
      ).toBe(401)
  })

  it('open what they are for: the chosen resources, reading or writing', async () => {
    const lab = await openLab()
    const reads = await openProgram(lab, lab.anna, lab.anna.id, {
      writes: false,
      resources: ['clients'],
    })
    expect((await reads.get('/clients')).status).toBe(200)
    expect((await reads.get('/tasks')).status).toBe(403)
    expect((await reads.ask('POST', '/clients', aClient())).status).toBe(403)
  })

  it('give no administrator the mailbox of a colleague that is closed to them', async () => {
    const lab = await openLab()
    const boris = await lab.join('boris@romashka.ru')
    const write = lab.relay.workspace?.write
    const [own, shared] = [newId(), newId()]
    await write?.('account', own, newMailbox({ access: 'user', users: [boris.id] }))
    await write?.('account', shared, newMailbox())
    const dialogs = new Map([own, shared].map((account) => [account, newId()]))
    for (const [account, id] of dialogs)
      await write?.('dialog', id, { account, channel: 'mail', peer: { address: 'ivan@zavod.ru' } })
    const program = await openProgram(lab, lab.anna, boris.id)
    const { items } = await program.all('/dialogs')
    expect([...items.keys()]).toEqual([dialogs.get(shared)])
    expect((await program.get(`/dialogs/${dialogs.get(own)}`)).status).toBe(404)
  })

  it('may ask so often and no more, each by itself, and again after a while', async () => {
    let now = 1_700_000_000_000
    const lab = await openLab({ clock: () => now })
    const [busy, other] = [
      await openProgram(lab, lab.anna, lab.anna.id),
      await openProgram(lab, lab.anna, lab.anna.id),
    ]
    const statuses = new Set<number>()
    for (let n = 0; n < requestsAtOnce + 10; n++)
      statuses.add((await busy.get(`/clients/${newId()}`)).status)
    expect([...statuses]).toEqual([404, 429])
    const refused = await busy.get('/clients')
    expect(refused.body.reason).toBe('tooManyRequests')
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
    expect((await other.get('/clients')).status).toBe(200)
    now += second
    for (let n = 0; n < requestsPerSecond - 1; n++)
      expect((await busy.get('/clients')).status).toBe(200)
    now += minute
    expect((await busy.get('/clients')).status).toBe(200)
  })
})

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

describe('reading', () => {
  it('leads from a merged record to the main one', async () => {
    const lab = await openLab()
    const program = await openProgram(lab, lab.anna, lab.anna.id)
    const [main, duplicate] = await Promise.all(
      ['Один', 'Два'].map(async (name) =>
        String((await program.ask('POST', '/clients', aClient({ name }))).body.id),
      ),
    )
    const { cursor } = await program.all('/clients')
    const write = lab.relay.workspace?.write
    const at = 1
    const by = lab.anna.id
    const part = { at, by, set: {}, order: 'a0' }
    await write?.('client', main ?? '', { merged: { [duplicate ?? '']: part } })
    await write?.('client', duplicate ?? '', { mergedInto: main })
    const moved = await program.get(`/clients/${duplicate}`)
    expect(moved.status).toBe(301)
    expect(moved.headers.get('location')).toBe(`/api/v1/clients/${main}`)
    expect(await program.ask('PATCH', `/clients/${duplicate}`, { name: 'Три' })).toMatchObject({
      status: 404,
      body: { reason: 'gone', mergedInto: main },
    })
    expect([...(await program.all('/clients')).items.keys()]).toEqual([main])
    const since = await program.all(`/clients?updated_since=${cursor}`)
    expect(since.items.get(duplicate ?? '')).toEqual({
      id: duplicate,
      deleted: true,
      mergedInto: main,
    })
  })

  it('follows changes with the cursor: what was made, changed, deleted, erased and taken away', async () => {
    const lab = await openLab()
    const boris = await lab.join('boris@romashka.ru')
    const program = await openProgram(lab, lab.anna, boris.id)
    const ids: string[] = []
    for (let n = 0; n < 6; n++) {
      const id = newId()
      await lab.anna.write('client', id, { ...aClient({ name: `№ ${n}` }), managers: [boris.id] })
      ids.push(id)
    }
    const [deletedBefore, deleted, erased, taken, changed, same] = ids
    await lab.anna.write('client', deletedBefore ?? '', { deletedAt: 1, deletedBy: lab.anna.id })
    const first = await program.get('/clients?limit=2')
    expect(first.body).toMatchObject({ more: true, items: [{ id: deleted }, { id: erased }] })
    // Between two pages.
    await lab.anna.write('client', deleted ?? '', { deletedAt: 1, deletedBy: lab.anna.id })
    const rest = await program.get(`/clients?after=${first.body.cursor}`)
    expect(rest.body).toMatchObject({ more: false })
    expect(rest.body.items).toMatchObject([
      { id: taken },
      { id: changed },
      { id: same },
      { id: deleted, deleted: true },
    ])
    await lab.anna.write('client', changed ?? '', { name: 'Новое' })
    await lab.anna.write('client', taken ?? '', { managers: [lab.anna.id] })
    await lab.post(
      '/api/erase',
      { record: erased, confirm: '№ 2', persons: false, messages: false },
      { cookie: lab.anna.cookie },
    )
    const since = await program.get(`/clients?updated_since=${rest.body.cursor}`)
    expect(since.body.items).toMatchObject([
      { id: changed, name: 'Новое' },
      { id: taken, deleted: true },
      { id: erased, deleted: true },
    ])
    const nothing = await program.get(`/clients?after=${since.body.cursor}`)
    expect(nothing.body).toMatchObject({ items: [], more: false })
  })

  it('begins where a moment was', async () => {
    let now = Date.UTC(2026, 10, 20)
    const lab = await openLab({ clock: () => now })
    const program = await openProgram(lab, lab.anna, lab.anna.id)
    const made: string[] = []
    for (let n = 0; n < 5; n++) {
      made.push(String((await program.ask('POST', '/clients', aClient())).body.id))
      now += day
    }
    const { items } = await program.all('/clients?updated_since=2026-11-22T00:00:00Z')
    expect([...items.keys()]).toEqual(made.slice(2))
    expect((await program.all(`/clients?updated_since=${now}`)).items.size).toBe(0)
    expect(items.get(made[2] ?? '')).toMatchObject({ updatedAt: Date.UTC(2026, 10, 22) })
  })

  it('says that the employee’s rights have changed', async () => {
    const lab = await openLab()
    const boris = await lab.join('boris@romashka.ru')
    const program = await openProgram(lab, lab.anna, boris.id)
    const before = (await program.get('/clients')).body.rights
    expect((await program.get('/tasks')).body.rights).toBe(before)
    const role = newId()
    await lab.anna.write('role', role, { name: 'Глава', matrix: { client: { read: 'all' } } })
    await lab.relay.workspace?.write('employee', boris.id, { roles: [role] })
    expect((await program.get('/clients')).body.rights).not.toBe(before)
  })

  it('asks to begin anew where a backup was restored', async () => {
    const lab = await openLab()
    const program = await openProgram(lab, lab.anna, lab.anna.id)
    const { cursor } = await program.all('/clients')
    const foreign = cursor.replace(/.{8}$/, '00000000')
    expect(await program.get(`/clients?after=${foreign}`)).toMatchObject({
      status: 409,
      body: { reason: 'epochChanged' },
    })
  })

  it('speaks the language that is asked for', async () => {
    const lab = await openLab()
    const program = await openProgram(lab, lab.anna, lab.anna.id)
    const ask = async (language: string) =>
      (await program.get(`/clients/${newId()}`, { 'accept-language': language })).body.title
    expect(await ask('ru-RU,ru;q=0.9,en;q=0.8')).toBe('Такой записи или такого адреса нет')
    expect(await ask('en;q=0.9, ru;q=0.2')).toBe('There is no such record or address')
    expect(await ask('de')).toBe('There is no such record or address')
  })

  it('finds by fields, ids of tags, and what people have normalised', async () => {
    const lab = await openLab()
    const boris = await lab.join('boris@romashka.ru')
    const program = await openProgram(lab, lab.anna, lab.anna.id)
    const make = async (more: object) =>
      String((await program.ask('POST', '/clients', aClient(more))).body.id)
    const [tag, folder] = [newId(), newId()]
    const emails = [{ value: 'Ivan@Zavod.ru', kind: 'work' }]
    const phones = [{ value: '84951234567', kind: 'work' }]
    const one = await make({ inn: '7707083893', tags: [tag], folder, phones })
    const two = await make({ inn: '5003052454', managers: [boris.id, lab.anna.id], emails, phones })
    const found = async (query: string) =>
      [...(await program.all(`/clients?${query}`)).items.keys()].sort()
    expect(await found('filter[inn]=7707083893')).toEqual([one])
    expect(await found('filter[inn]=7707083893&filter[inn]=5003052454')).toEqual([one, two].sort())
    expect(await found('filter[phone]=%2B7 495 123-45-67')).toEqual([one, two].sort())
    expect(await found(`filter[phone]=84951234567&filter[tag]=${tag}`)).toEqual([one])
    expect(await found('filter[email]=IVAN@zavod.ru')).toEqual([two])
    expect(await found(`filter[phone]=84951234567&filter[email]=ivan@zavod.ru`)).toEqual([two])
    expect(await found(`filter[responsible]=${boris.id}`)).toEqual([two])
    expect(await found(`filter[folder]=${folder}`)).toEqual([one])
    expect(await found('filter[kind]=person')).toEqual([])
    expect(await found('filter[phone]=не%20телефон')).toEqual([])
    // What changes is found by what it is now.
    await program.ask('PATCH', `/clients/${one}`, { inn: '500100732259' })
    expect(await found('filter[inn]=7707083893')).toEqual([])
    expect(await found('filter[inn]=500100732259')).toEqual([one])
  })
})

describe('own fields', () => {
  const openFields = async () => {
    const lab = await openLab()
    const boris = await lab.join('boris@romashka.ru')
    const vera = await lab.join('vera@romashka.ru')
    const [open, hidden, guarded] = [newId(), newId(), newId()]
    const field = { recordType: 'client', kind: 'text' }
    await lab.anna.write('field', open, { ...field, name: 'Код 1С' })
    await lab.anna.write('field', hidden, { ...field, name: 'Скидка', readers: [vera.id] })
    await lab.anna.write('field', guarded, { ...field, name: 'Лимит', writers: [vera.id] })
    const programs = {
      boris: await openProgram(lab, lab.anna, boris.id),
      vera: await openProgram(lab, lab.anna, vera.id),
    }
    const managers = [boris.id, vera.id]
    return { lab, boris, vera, open, hidden, guarded, programs, managers }
  }

  it('are described, written, read and filtered by', async () => {
    const { open, hidden, programs, managers, lab, vera } = await openFields()
    const fields = await programs.vera.all('/fields?filter[recordType]=client')
    expect([...fields.items.values()].map(({ name }) => name)).toEqual([
      'Код 1С',
      'Скидка',
      'Лимит',
    ])
    const custom = { [open]: 'A-1', [hidden]: 'Сорок' }
    const made = await programs.vera.ask('POST', '/clients', aClient({ managers, custom }))
    expect(made).toMatchObject({ status: 201, body: { custom } })
    const id = String(made.body.id)
    // The hidden value lies in a record of its own.
    expect((await lab.relay.workspace?.pipeline.read(id))?.row.custom).toEqual({ [open]: 'A-1' })
    const found = async (name: string, value: string) => [
      ...(await programs.vera.all(`/clients?filter[custom.${name}]=${value}`)).items.keys(),
    ]
    expect(await found(open, 'A-1')).toEqual([id])
    expect(await found(open, 'A-2')).toEqual([])
    expect(await found(hidden, 'Сорок')).toEqual([id])
    const { cursor } = await programs.vera.all('/clients')
    const changed = await programs.vera.ask('PATCH', `/clients/${id}`, {
      custom: { [hidden]: 'Пять', [open]: null },
    })
    expect(changed.body.custom).toEqual({ [hidden]: 'Пять' })
    expect(Number(changed.body.version)).toBeGreaterThan(Number(made.body.version))
    expect((await programs.vera.all(`/clients?after=${cursor}`)).items.get(id)).toMatchObject({
      custom: { [hidden]: 'Пять' },
    })
    const seen = rowsOf(await (await vera.feed()).until('caughtUp'))
    expect([...seen.values()]).toContainEqual(expect.objectContaining({ value: 'Пять' }))
  })

  it('begin with their defaults where the body does not speak of them', async () => {
    const { lab, boris, vera, programs } = await openFields()
    const firm = (await programs.vera.ask('POST', '/clients', aClient({ managers: [vera.id] })))
      .body
    const field = async (more: object) => {
      const id = newId()
      const written = await lab.anna.write('field', id, {
        recordType: 'client',
        name: 'Поле',
        ...more,
      })
      expect(written).toMatchObject({ ok: true })
      return id
    }
    const text = await field({ kind: 'text', default: 'розница' })
    const day = await field({ kind: 'date', default: dayOfMaking })
    const hidden = await field({ kind: 'number', default: 5, readers: [vera.id] })
    const guarded = await field({ kind: 'number', default: 7, writers: [vera.id] })
    const named = await field({ kind: 'client', default: firm.id })
    const gone = await field({ kind: 'text', default: 'нет', deletedAt: 1_700_000_000_000 })
    const today = dayOf(new Date())
    const ofVera = await programs.vera.ask('POST', '/clients', aClient({ managers: [vera.id] }))
    expect(ofVera.body.custom).toEqual({
      [text]: 'розница',
      [day]: today,
      [hidden]: 5,
      [guarded]: 7,
      [named]: firm.id,
    })
    // Neither what he may not see or change, nor a client that is not his.
    const ofBoris = await programs.boris.ask('POST', '/clients', aClient({ managers: [boris.id] }))
    expect(ofBoris.body.custom).toEqual({ [text]: 'розница', [day]: today })
    const custom = { [text]: 'опт', [day]: null, [hidden]: null, [guarded]: 8, [named]: null }
    const said = await programs.vera.ask(
      'POST',
      '/clients',
      aClient({ managers: [vera.id], custom }),
    )
    expect(said.body.custom).toEqual({ [text]: 'опт', [guarded]: 8 })
    const changed = await programs.vera.ask('PATCH', `/clients/${firm.id}`, { name: 'Астра' })
    expect(changed.body.custom ?? {}).toEqual({})
    expect(gone in (ofVera.body.custom as object)).toBe(false)
  })

  it('stay closed to those who may not see or change them', async () => {
    const { open, hidden, guarded, programs, managers } = await openFields()
    const { boris, vera } = programs
    const custom = { [open]: 'A-1', [hidden]: 'Сорок', [guarded]: '100' }
    const made = await vera.ask('POST', '/clients', aClient({ managers, custom }))
    const path = `/clients/${made.body.id}`
    expect((await boris.get(path)).body.custom).toEqual({ [open]: 'A-1', [guarded]: '100' })
    expect((await boris.all('/clients')).items.size).toBe(1)
    const names = [...(await boris.all('/fields')).items.values()].map(({ name }) => name)
    expect(names).toEqual(['Код 1С', 'Лимит'])
    expect((await boris.get(`/fields/${hidden}`)).status).toBe(404)
    expect(await boris.get(`/clients?filter[custom.${hidden}]=Сорок`)).toMatchObject({
      status: 422,
      body: { reason: 'unknownField', field: `filter[custom.${hidden}]` },
    })
    expect(await boris.ask('PATCH', path, { custom: { [hidden]: 'Пять' } })).toMatchObject({
      status: 422,
      body: { reason: 'unknownField', field: `custom.${hidden}` },
    })
    expect(await boris.ask('PATCH', path, { custom: { [guarded]: '1' } })).toMatchObject({
      status: 403,
      body: { reason: 'immutableField' },
    })
    expect((await boris.ask('PATCH', path, { custom: { [open]: 5 } })).status).toBe(422)
    expect((await boris.ask('PATCH', path, { custom: { [newId()]: 'x' } })).status).toBe(422)
  })

  it('go with the version that a program has seen', async () => {
    const { hidden, programs, managers } = await openFields()
    const { vera } = programs
    const made = await vera.ask(
      'POST',
      '/clients',
      aClient({ managers, custom: { [hidden]: 'а' } }),
    )
    const path = `/clients/${made.body.id}`
    const seen = { 'if-match': made.headers.get('etag') ?? '' }
    const custom = (value: string) => ({ custom: { [hidden]: value } })
    expect((await vera.ask('PATCH', path, custom('б'), seen)).status).toBe(200)
    expect((await vera.ask('PATCH', path, custom('в'), seen)).status).toBe(412)
    expect((await vera.get(path)).body.custom).toEqual({ [hidden]: 'б' })
  })
})

it('a use is noted', async () => {
  const lab = await openLab()
  const program = await openProgram(lab, lab.anna, lab.anna.id)
  await program.get('/clients')
  const noted = async () => (await lab.relay.workspace?.store.apiToken(program.id))?.lastUsedAt
  await until('the use is noted', async () => typeof (await noted()) === 'number')
})

describe('the description', () => {
  type Schema = Record<string, Record<string, unknown>>
  interface Description {
    paths: Record<string, Record<string, unknown>>
    components: { schemas: Record<string, { properties: Schema; required?: string[] }> }
  }

  it('is for everyone, with nothing of a company in it', async () => {
    const { lab, open } = await openNamed()
    const text = await (await lab.app.request('/api/v1/openapi.json')).text()
    expect(text).not.toContain(open)
    const { paths } = JSON.parse(text) as Description
    expect(Object.keys(paths)).toEqual(restPaths.flatMap((path) => [`/${path}`, `/${path}/{id}`]))
    expect(Object.keys(paths['/clients/{id}'] ?? {})).toEqual(
      expect.arrayContaining(['get', 'patch', 'delete']),
    )
    expect(Object.keys(paths['/employees'] ?? {})).toEqual(['get'])
  })

  it('tells a program what it may use, and the own fields that its employee sees', async () => {
    const { lab, boris, open, hidden } = await openNamed()
    const more = { resources: ['clients'], writes: false }
    const program = await openProgram(lab, lab.anna, boris.id, more)
    const description = (await program.get('/openapi.json')).body as unknown as Description
    const { paths, components } = description
    expect(Object.keys(paths)).toEqual(['/clients', '/clients/{id}'])
    expect(Object.keys(paths['/clients'] ?? {})).toEqual(['get'])
    const custom = components.schemas.Client?.properties.custom?.properties
    expect(custom).toEqual({ [open]: { type: 'string', title: 'Код 1С' } })
    expect(JSON.stringify(description)).not.toContain(hidden)
    const whole = await openProgram(lab, lab.anna, lab.anna.id)
    const all = (await whole.get('/openapi.json')).body as unknown as Description
    expect(
      Object.keys(all.components.schemas.ClientNew?.properties.custom?.properties ?? {}),
    ).toEqual([open, hidden])
    expect(all.components.schemas.ClientNew?.required).toEqual(['kind', 'name'])
    expect(all.components.schemas.ClientNew?.properties).not.toHaveProperty('createdBy')
  })

  const openNamed = async () => {
    const lab = await openLab()
    const boris = await lab.join('boris@romashka.ru')
    const [open, hidden] = [newId(), newId()]
    const field = { recordType: 'client', kind: 'text' }
    await lab.anna.write('field', open, { ...field, name: 'Код 1С' })
    await lab.anna.write('field', hidden, { ...field, name: 'Скидка', readers: [lab.anna.id] })
    return { lab, boris, open, hidden }
  }
})
