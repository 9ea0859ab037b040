import { describe, expect, it } from 'vitest'
import { day, minute, second } from '../../../shared/clock.ts'
import { newId } from '../../../shared/ids.ts'
import { restPaths } from '../../../shared/protocol/rest.ts'
import { requestsAtOnce, requestsPerSecond } from '../../../sync-server/rest/limits.ts'
import { openSqlite } from '../../../sync-server/store/sqlite.ts'
import { until } from '../../lab/processes.ts'
import { newMailbox, openLab, type Person } from './lab.ts'
import { aClient, openProgram } from './programs.ts'

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

  it('wait after a restore until an administrator lets them work again', async () => {
    const now = 1_700_000_000_000
    const store = openSqlite(':memory:')
    const lab = await openLab({ store, clock: () => now })
    const boris = await lab.join('boris@romashka.ru')
    const [kept, revoked] = [
      await openProgram(lab, lab.anna, boris.id),
      await openProgram(lab, lab.anna, boris.id),
    ]
    const revoke = (id: string) =>
      lab.app.request(`/api/tokens/${id}`, { method: 'DELETE', headers: lab.anna.headers })
    const resume = (id: string, { cookie }: Person = lab.anna) =>
      lab.post(`/api/tokens/${id}/resume`, {}, { cookie })
    await revoke(revoked.id)
    // What `restore` does to a base: this one is as old as the backup, revocations since are not in it.
    await store.startEpoch(lab.relay.workspace?.facts.id ?? '', newId(), now)
    expect(await kept.get('/clients')).toMatchObject({
      status: 403,
      body: { reason: 'tokenSuspended' },
    })
    const listed = async () =>
      (await (await lab.app.request('/api/tokens', { headers: lab.anna.headers })).json()) as {
        tokens: { id: string; suspendedAt?: number }[]
      }
    const suspended = (await listed()).tokens.filter(({ suspendedAt }) => suspendedAt === now)
    expect(suspended.map(({ id }) => id)).toEqual([kept.id])
    expect((await resume(kept.id, boris)).status).toBe(403)
    expect((await kept.get('/clients')).status).toBe(403)
    expect((await resume(kept.id)).status).toBe(200)
    expect((await kept.get('/clients')).status).toBe(200)
    await resume(revoked.id)
    expect(await revoked.get('/clients')).toMatchObject({ body: { reason: 'revoked' } })
    // One that is made since waits for nothing.
    const made = await openProgram(lab, lab.anna, boris.id)
    expect((await made.get('/clients')).status).toBe(200)
    expect((await resume(newId())).status).toBe(404)
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
    expect(Object.keys(paths).filter((path) => !path.includes('/files/'))).toEqual(
      restPaths.flatMap((path) => [`/${path}`, `/${path}/{id}`]),
    )
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
    expect(Object.keys(paths)).toEqual([
      ...['/clients', '/clients/{id}', '/clients/{id}/files/{hash}'],
    ])
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
