import { describe, expect, it } from 'vitest'
import { day } from '../../../shared/clock.ts'
import { dayOf } from '../../../shared/fields/days.ts'
import { newId } from '../../../shared/ids.ts'
import { dayOfMaking } from '../../../shared/records/field.ts'
import { openLab, rowsOf } from './lab.ts'
import { aClient, openProgram } from './programs.ts'

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

describe('filters', () => {
  const openTasks = async () => {
    const lab = await openLab()
    const program = await openProgram(lab, lab.anna, lab.anna.id)
    const make = async (resource: string, body: object) => {
      const made = await program.ask('POST', `/${resource}`, body)
      if (made.status !== 201) throw new Error(JSON.stringify(made.body))
      return String(made.body.id)
    }
    const found = async (query: string) => [...(await program.all(`/${query}`)).items.keys()].sort()
    const refused = async (query: string) => (await program.get(`/${query}`)).body.field
    return { lab, program, make, found, refused }
  }

  it('find by «нет» what nobody said «да» of', async () => {
    const { lab, make, found, refused } = await openTasks()
    const vip = newId()
    await lab.anna.write('field', vip, { recordType: 'client', kind: 'yesNo', name: 'VIP' })
    const [yes, no, silent] = [
      await make('clients', aClient({ custom: { [vip]: true } })),
      await make('clients', aClient({ custom: { [vip]: false } })),
      await make('clients', aClient()),
    ]
    const name = `filter[custom.${vip}]`
    expect(await found(`clients?${name}=true`)).toEqual([yes])
    expect(await found(`clients?${name}=false`)).toEqual([no, silent].sort())
    expect(await found(`clients?${name}=false&${name}=true`)).toEqual([yes, no, silent].sort())
    expect(await refused(`clients?${name}=1`)).toBe(name)
    const contract = { subject: 'Поставка', status: 'draft', client: yes }
    const [once, renewed] = [
      await make('contracts', { ...contract, number: '1' }),
      await make('contracts', { ...contract, number: '2', renews: true }),
    ]
    expect(await found('contracts?filter[renews]=true')).toEqual([renewed])
    expect(await found('contracts?filter[renews]=false')).toEqual([once])
  })

  it('have bounds for money, numbers, days and moments', async () => {
    const { lab, make, found, refused } = await openTasks()
    const limit = newId()
    await lab.anna.write('field', limit, { recordType: 'client', kind: 'number', name: 'Лимит' })
    const client = await make('clients', aClient({ custom: { [limit]: -5 } }))
    const other = await make('clients', aClient({ custom: { [limit]: 10.5 } }))
    await make('clients', aClient())
    const name = `filter[custom.${limit}`
    expect(await found(`clients?${name}.from]=-5`)).toEqual([client, other].sort())
    expect(await found(`clients?${name}.from]=-4.9`)).toEqual([other])
    expect(await found(`clients?${name}.to]=10.5&${name}.from]=-5`)).toEqual([client, other].sort())
    expect(await found(`clients?${name}.to]=10.4`)).toEqual([client])
    const contract = (number: string, amount: number, validTo: string) =>
      make('contracts', {
        ...{ subject: 'Поставка', status: 'draft', client, number, validTo },
        amount: { amount, currency: 'RUB' },
      })
    const small = await contract('1', 1000, '2026-11-30')
    const large = await contract('2', 250_000.5, '2027-01-31')
    await make('contracts', { subject: 'Аренда', status: 'draft', client, number: '3' })
    expect(await found('contracts?filter[amount.from]=1000.01')).toEqual([large])
    expect(await found('contracts?filter[amount.to]=1000')).toEqual([small])
    expect(await found('contracts?filter[validTo.to]=2026-11-30')).toEqual([small])
    expect(await found('contracts?filter[validTo.from]=2026-12-01')).toEqual([large])
    const task = (due: string) =>
      make('tasks', { kind: 'call', title: 'Звонок', due: Date.parse(due) })
    const [morning, night] = [await task('2026-11-22T08:00Z'), await task('2026-11-22T23:59Z')]
    await make('tasks', { kind: 'task', title: 'Когда-нибудь' })
    expect(await found('tasks?filter[due.to]=2026-11-22')).toEqual([morning, night].sort())
    expect(await found('tasks?filter[due.from]=2026-11-23')).toEqual([])
    const noon = encodeURIComponent('2026-11-22T15:00:00+03:00')
    expect(await found(`tasks?filter[due.from]=${noon}`)).toEqual([night])
    expect(await found(`tasks?filter[due.to]=${Date.parse('2026-11-22T12:00Z')}`)).toEqual([
      morning,
    ])
    for (const wrong of [
      'contracts?filter[amount.from]=много',
      'contracts?filter[validTo.to]=--11-22',
      'contracts?filter[validTo.to]=30.11.2026',
      'contracts?filter[amount.from]=1e999',
      'tasks?filter[due.from]=2026-11-22T10:00:00',
      'tasks?filter[due.from]=2026-11-22&filter[due.from]=2026-11-23',
      'tasks?filter[title.from]=А',
    ])
      expect([wrong, await refused(wrong)]).toEqual([wrong, /filter\[.+?\]/.exec(wrong)?.[0]])
  })
})

describe('lists by a value', () => {
  it('go on behind the page before, those without one last, both ways', async () => {
    const lab = await openLab()
    const boris = await lab.join('boris@romashka.ru')
    const limit = newId()
    await lab.anna.write('field', limit, { recordType: 'client', kind: 'number', name: 'Лимит' })
    const program = await openProgram(lab, lab.anna, lab.anna.id)
    const numbers = [5, null, -2, 100, 5, null]
    const ids: string[] = []
    for (const number of numbers) {
      const custom = { [limit]: number }
      ids.push(String((await program.ask('POST', '/clients', aClient({ custom }))).body.id))
    }
    const [first, none, least, most, second, other] = ids
    const read = async (query: string) => {
      const seen: string[] = []
      let after = ''
      for (let more = true; more; ) {
        const { status, body } = await program.get(`/clients?limit=2&${query}${after}`)
        if (status !== 200) throw new Error(JSON.stringify(body))
        seen.push(...(body.items ?? []).map(({ id }) => id))
        after = `&after=${body.cursor}`
        more = body.more === true
      }
      return seen
    }
    // Ids are made in order: equals come as they were made.
    expect(await read(`sort=custom.${limit}`)).toEqual([least, first, second, most, none, other])
    expect(await read(`sort=-custom.${limit}`)).toEqual([most, first, second, least, none, other])
    const bounds = `filter[custom.${limit}.from]=0`
    expect(await read(`sort=-custom.${limit}&${bounds}`)).toEqual([most, first, second])
    await program.ask('DELETE', `/clients/${first}`)
    expect(await read(`sort=custom.${limit}&${bounds}`)).toEqual([second, most])
    expect(await read('sort=createdAt')).toEqual([none, least, most, second, other])
    // Somebody else sees what is theirs.
    const his = await openProgram(lab, lab.anna, boris.id)
    expect((await his.get('/clients?sort=createdAt')).body).toMatchObject({
      items: [],
      more: false,
    })
  })

  it('are refused where the way is none, and another’s cursor is', async () => {
    const lab = await openLab()
    const program = await openProgram(lab, lab.anna, lab.anna.id)
    await program.ask('POST', '/clients', aClient())
    const { cursor } = (await program.get('/clients?sort=createdAt')).body
    for (const [query, field] of [
      ['sort=name', 'sort'],
      ['sort=__proto__', 'sort'],
      ['sort=createdAt&sort=createdAt', 'sort'],
      ['sort=createdAt&updated_since=0', 'updated_since'],
      ['sort=createdAt&after=x', 'after'],
      [`sort=-createdAt&after=${cursor}`, 'after'],
      [`after=${cursor}`, 'after'],
    ])
      expect((await program.get(`/clients?${query}`)).body).toMatchObject({ status: 400, field })
    const foreign = String(cursor).replace(/.{8}$/, '00000000')
    expect((await program.get(`/clients?sort=createdAt&after=${foreign}`)).body.reason).toBe(
      'epochChanged',
    )
    expect((await program.get('/employees?sort=createdAt')).status).toBe(400)
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
