/** What a program that means harm, or does not know better, sends to the REST API. */
import { describe, expect, it } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import { maxFound } from '../../../sync-server/rest/limits.ts'
import { openLab } from './lab.ts'
import { aClient, openProgram } from './programs.ts'

const openTarget = async () => {
  const lab = await openLab()
  const boris = await lab.join('boris@romashka.ru')
  const program = await openProgram(lab, lab.anna, boris.id)
  const made = await program.ask('POST', '/clients', aClient())
  const id = String(made.body.id)
  const foreign = newId()
  await lab.anna.write('client', foreign, { ...aClient(), managers: [lab.anna.id] })
  const stateOf = async () =>
    JSON.stringify([
      (await lab.relay.workspace?.pipeline.read(id))?.row,
      (await lab.relay.workspace?.pipeline.read(foreign))?.row,
    ])
  return { lab, boris, program, id, foreign, stateOf }
}

describe('bodies', () => {
  const deep = `{"note":${'['.repeat(50_000)}${']'.repeat(50_000)}}`
  const bodies: [what: string, body: unknown, status: number][] = [
    ['no JSON', '{', 400],
    ['no object', '[]', 400],
    ['null', 'null', 400],
    ['JSON that is very deep', deep, 400],
    ['a body that is too large', JSON.stringify({ note: 'x'.repeat(300_000) }), 413],
    ['keys of the prototype', '{"__proto__":{"managers":[]}}', 422],
    ['a constructor', '{"constructor":{"prototype":{}}}', 422],
    ['a key of the prototype as an own field', '{"custom":{"__proto__":"x"}}', 422],
    ['a field that nobody has', { nope: 1 }, 422],
    ['a number for a text', { name: 5 }, 422],
    ['an object for a text', { name: { ru: 'x' } }, 422],
    ['an empty name', { name: ' ' }, 422],
    ['no name at all', { name: null }, 422],
    ['a value that is none of the list', { kind: 'ship' }, 422],
    ['a list that is none', { phones: { a: 1 } }, 422],
    ['parts that are none', { phones: [null] }, 422],
    ['parts with ids that are none', { phones: [{ id: '../x', value: '1', kind: 'work' }] }, 422],
    ['parts with one id twice', { phones: twice() }, 422],
    ['tags that are none', { tags: [{}] }, 422],
    ['too many tags', { tags: Array.from({ length: 101 }, (_, n) => `t${n}`) }, 422],
    ['a text that is too long', { note: 'x'.repeat(100_001) }, 422],
    ['its author', { createdBy: newId() }, 403],
    ['when it was made', { createdAt: 1 }, 403],
    ['its trash', { deletedAt: 1 }, 422],
    ['its merges', { merged: {} }, 422],
    ['what it is merged into', { mergedInto: newId() }, 422],
    ['its photo', { photo: 'a'.repeat(64) }, 422],
    ['another id', { id: newId() }, 422],
    ['itself as its parent', 'self', 409],
  ]

  it('change nothing, whatever is in them', async () => {
    const { program, id, stateOf } = await openTarget()
    const before = await stateOf()
    const outcomes: typeof bodies = []
    for (const [what, given] of bodies) {
      const body = given === 'self' ? { parent: id } : given
      const answer = await program.ask('PATCH', `/clients/${id}`, body)
      expect(answer.headers.get('content-type')).toContain('application/problem+json')
      expect(await stateOf(), what).toBe(before)
      outcomes.push([what, given, answer.status])
    }
    expect(outcomes).toEqual(bodies)
    expect(({} as { managers?: unknown }).managers).toBeUndefined()
    expect((await program.get(`/clients/${id}`)).status).toBe(200)
  })

  it('of another type than JSON are not read', async () => {
    const { program, id } = await openTarget()
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx'])
      expect(
        (await program.ask('PATCH', `/clients/${id}`, {}, { 'content-type': type })).status,
      ).toBe(400)
  })
})

function twice() {
  const id = newId()
  return [1, 2].map(() => ({ id, value: '+74951234567', kind: 'work' }))
}

describe('what is foreign', () => {
  it('is neither read, changed, deleted nor given away, and not told apart from nothing', async () => {
    const { program, foreign, stateOf } = await openTarget()
    const before = await stateOf()
    const nothing = newId()
    for (const [method, body] of [
      ['GET', undefined],
      ['PATCH', { name: 'Моё' }],
      ['PATCH', { managers: [] }],
      ['DELETE', undefined],
    ] as const) {
      const [one, other] = await Promise.all(
        [foreign, nothing].map((id) => program.ask(method, `/clients/${id}`, body)),
      )
      expect(one?.status).toBe(404)
      expect(one?.body).toEqual(other?.body)
    }
    expect(await stateOf()).toBe(before)
  })

  it('is not made by one who would not be among its managers', async () => {
    const { program, lab } = await openTarget()
    const managers = [lab.anna.id]
    expect((await program.ask('POST', '/clients', aClient({ managers }))).status).toBe(403)
  })

  it('is not reached by ids of other types, of relay tables, or odd ones', async () => {
    const { program, id, lab } = await openTarget()
    for (const odd of [
      ...[lab.anna.id, '..%2f..%2fhealth', '%00', "1' OR '1'='1", id.toUpperCase()],
      'x'.repeat(2_000),
    ])
      expect((await program.get(`/clients/${encodeURIComponent(odd)}`)).status).toBe(404)
    expect((await program.get(`/tasks/${id}`)).status).toBe(404)
    expect((await program.ask('PATCH', `/persons/${id}`, { name: 'x' })).status).toBe(404)
    for (const path of ['/roles', '/accounts', '/notices', '/private-values', '/__proto__', '/'])
      expect((await program.get(path)).status).toBe(404)
    for (const path of ['/employees', '/fields', '/directories', '/dialogs'])
      expect((await program.ask('POST', path, { name: 'x' })).status).toBe(404)
  })

  it('is told of employees: their names and addresses, and nothing else', async () => {
    const { program, boris, lab } = await openTarget()
    await lab.relay.workspace?.write('employee', boris.id, { phone: '+74951234567' })
    expect(Object.keys((await program.get(`/employees/${boris.id}`)).body).sort()).toEqual([
      ...['email', 'id', 'name', 'updatedAt', 'version'],
    ])
  })
})

describe('queries', () => {
  const queries: [query: string, status: number][] = [
    ['limit=0', 400],
    ['limit=201', 400],
    ['limit=1e9', 400],
    ['limit=-1', 400],
    ['limit=x', 400],
    ['limit=1&limit=2', 400],
    ['after=x', 400],
    ['after=1', 400],
    ["after=1-1-00000000' OR 1=1", 400],
    ['updated_since=yesterday', 400],
    ['after=0-0-00000000&updated_since=5', 400],
    ['sort=name', 400],
    ['filter[name', 400],
    ['filter[name]=', 400],
    [`filter[name]=${'x'.repeat(501)}`, 400],
    [Array.from({ length: 51 }, (_, n) => `filter[name]=${n}`).join('&'), 400],
    [`filter[inn]=1&${'abcdefghijk'.replace(/./g, 'filter[$&]=1&')}x=1`, 400],
    ['filter[nope]=1', 422],
    ['filter[__proto__]=1', 422],
    ['filter[constructor]=1', 422],
    ['filter[custom.__proto__]=1', 422],
    ['filter[deletedAt]=1', 422],
    ['filter[deletedAt.from]=1', 422],
    ['filter[__proto__.from]=1', 422],
    ['filter[custom.__proto__.to]=1', 422],
    ['filter[.from]=1', 422],
    ['filter[createdAt.from]=NaN', 400],
    ['filter[createdAt.to]=1e400', 400],
    ['sort=-', 400],
    ['sort=--createdAt', 400],
    ['sort=deletedAt', 400],
    ['sort=createdAt&after=W10.00000000', 400],
    ['filter[merged]=1', 422],
    ['filter[phones]=1', 422],
    ["filter[name]=x' OR '1'='1", 200],
    ['filter[inn]=%25', 200],
    ['filter[phone]=%00', 200],
    ['updated_since=99999999999999', 200],
    ['updated_since=0', 200],
  ]

  it('are answered in their place', async () => {
    const { program } = await openTarget()
    const outcomes: typeof queries = []
    for (const [query] of queries) {
      const answer = await program.get(`/clients?${query}`)
      outcomes.push([query, answer.status])
      if (query.includes('OR') && answer.status === 200) expect(answer.body.items).toEqual([])
    }
    expect(outcomes).toEqual(queries)
  })

  it('are bounded by what they look at, and go on with the cursor', async () => {
    const { program, lab, boris } = await openTarget()
    const phones = [{ value: '+74951234567', kind: 'work' as const }]
    const total = 30
    for (let n = 0; n < total; n++)
      await lab.relay.workspace?.write('client', newId(), {
        ...aClient({ name: n % 3 === 0 ? 'Третий' : 'Иной' }),
        managers: [boris.id],
        phones: { [newId()]: { ...phones[0], order: 'a0' } },
      })
    const found = new Set<string>()
    let cursor = ''
    for (let more = true; more; ) {
      const page = await program.get(`/clients?limit=4&filter[name]=Третий${cursor}`)
      for (const { id } of page.body.items ?? []) found.add(id)
      cursor = `&after=${page.body.cursor}`
      more = page.body.more === true
    }
    expect(found.size).toBe(total / 3)
    const byPhone = new Set<string>()
    cursor = ''
    for (let more = true; more; ) {
      const page = await program.get(`/clients?limit=7&filter[phone]=84951234567${cursor}`)
      for (const { id } of page.body.items ?? []) byPhone.add(id)
      cursor = `&after=${page.body.cursor}`
      more = page.body.more === true
    }
    expect(byPhone.size).toBe(total)
    expect(maxFound).toBeGreaterThan(total)
  })
})

it('hundreds of numbers that are all of the same records are as many records to compare', async () => {
  const { program, lab, boris } = await openTarget()
  const numbers = Array.from({ length: 50 }, (_, n) => `+74951230${100 + n}`)
  const phones = numbers.map((value) => ({ value, kind: 'work' }))
  const doubled = 10
  for (let n = 0; n < doubled; n++)
    await lab.relay.workspace?.write('client', newId(), {
      ...aClient(),
      managers: [boris.id],
      phones: Object.fromEntries(phones.map((phone) => [newId(), { ...phone, order: 'a0' }])),
    })
  const { workspace } = lab.relay
  if (!workspace) throw new Error('no workspace')
  const { pipeline } = workspace
  const { read } = pipeline
  let reads = 0
  pipeline.read = (id) => {
    reads++
    return read(id)
  }
  const asked = await program.ask('POST', '/clients?on_duplicate=refuse', aClient({ phones }))
  expect(asked.body.duplicates).toHaveLength(doubled)
  expect(reads).toBeLessThanOrEqual(2 * doubled)
})

it('keys that are none are refused, and headers that are none are not believed', async () => {
  const { program, id } = await openTarget()
  for (const key of ['', ' ', 'x'.repeat(201)])
    expect(
      (await program.ask('POST', '/clients', aClient(), { 'idempotency-key': key })).status,
    ).toBe(400)
  expect((await program.ask('POST', '/clients?on_duplicate=destroy', aClient())).status).toBe(400)
  expect((await program.ask('POST', '/tasks?on_duplicate=return', { title: 'x' })).status).toBe(400)
  expect(
    (await program.ask('PATCH', `/clients/${id}`, { name: 'x' }, { 'if-match': 'x' })).status,
  ).toBe(412)
})
