import { describe, expect, test } from 'vitest'
import { minute } from '../../../shared/clock.ts'
import { newId } from '../../../shared/ids.ts'
import type { Job, JobOutcome, NewAccount } from '../../../shared/protocol/api.ts'
import { vault } from '../../../sync-server/accounts/vault.ts'
import {
  bearer,
  connector,
  type Lab,
  type LabOptions,
  newClient,
  newMailbox,
  openLab,
  type Person,
  rowsOf,
} from './lab.ts'

const openConnectors = async (options: LabOptions = {}) => {
  const lab = await openLab(options)
  const call = async (
    path: string,
    body?: unknown,
    method = body === undefined ? 'GET' : 'POST',
  ) => {
    const response = await lab.app.request(`/connector${path}`, {
      method,
      headers: { ...bearer, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
  const service = connector(lab.app)
  const mailbox = async (patch = {}) => {
    const id = newId()
    await service.write('account', id, newMailbox(patch))
    return id
  }
  return { ...lab, call, service, mailbox }
}

test('a connector needs the token', async () => {
  const { app, anna } = await openConnectors()
  expect((await app.request('/connector/jobs')).status).toBe(401)
  const wrong = { authorization: 'Bearer wrong' }
  expect((await app.request('/connector/jobs', { headers: wrong })).status).toBe(401)
  expect((await app.request('/connector/jobs', { headers: anna.headers })).status).toBe(403)
})

describe('leases', () => {
  const lease = (holder: string, release: string[] = []) => ({ holder, ttl: minute, release })

  test('give an account to one holder, who may renew it', async () => {
    const { call, mailbox } = await openConnectors()
    const id = await mailbox()
    expect((await call('/lease', lease('a'))).body).toEqual({ held: [id] })
    expect((await call('/lease', lease('b'))).body).toEqual({ held: [] })
    expect((await call('/lease', lease('a'))).body).toEqual({ held: [id] })
  })

  test('pass on when they run out, and at once when they are let go', async () => {
    let now = Date.now()
    const { call, mailbox } = await openConnectors({ clock: () => now })
    const id = await mailbox()
    await call('/lease', lease('a'))
    now += minute - 1
    expect((await call('/lease', lease('b'))).body).toEqual({ held: [] })
    now += 1
    expect((await call('/lease', lease('b'))).body).toEqual({ held: [id] })
    expect((await call('/lease', lease('a'))).body).toEqual({ held: [] })
    expect((await call('/lease', lease('b', [id]))).body).toEqual({ held: [] })
    expect((await call('/lease', lease('a'))).body).toEqual({ held: [id] })
  })

  test('leave out accounts that are paused or disconnected', async () => {
    const { call, mailbox, service } = await openConnectors()
    const [paused, gone] = [await mailbox(), await mailbox()]
    await service.write('account', paused, { health: { state: 'paused', since: 1 } })
    await service.write('account', gone, { deletedAt: 1 })
    expect((await call('/lease', lease('a'))).body).toEqual({ held: [] })
  })
})

test('what a connector keeps is there the next time', async () => {
  const { call } = await openConnectors()
  const account = newId()
  expect((await call(`/state/${account}/cursor`)).body).toEqual({ value: null })
  await call(`/state/${account}/cursor`, { value: { uidNext: 7 } }, 'PUT')
  await call(`/state/${account}/cursor`, { value: { uidNext: 8 } }, 'PUT')
  expect((await call(`/state/${account}/cursor`)).body).toEqual({ value: { uidNext: 8 } })
})

describe('looking up', () => {
  test('finds people by address and number, however they were typed', async () => {
    const { anna, call } = await openConnectors()
    const [client, person] = [newId(), newId()]
    await anna.write('client', client, {
      ...newClient,
      phones: { p: { order: 'a0', kind: 'work', value: '+74951234567' } },
    })
    await anna.write('person', person, {
      name: 'Иван',
      client,
      emails: { e: { order: 'a0', kind: 'work', value: 'Ivan@Zavod.ru' } },
    })
    const byEmail = await call('/lookup?key=email&value=ivan%40zavod.ru')
    expect(byEmail.body).toEqual({ hits: [{ id: person, type: 'person', client }] })
    const byPhone = await call(`/lookup?key=phone&value=${encodeURIComponent('8 (495) 123-45-67')}`)
    expect(byPhone.body).toEqual({ hits: [{ id: client, type: 'client' }] })
    await anna.write('person', person, { emails: { e: null } })
    expect((await call('/lookup?key=email&value=ivan%40zavod.ru')).body).toEqual({ hits: [] })
    await anna.write('client', client, { deletedAt: 5 })
    expect((await call('/lookup?key=phone&value=%2B74951234567')).body).toEqual({ hits: [] })
  })

  test('finds a letter by its Message-ID, in one account where asked', async () => {
    const { call, mailbox, service } = await openConnectors()
    const [account, dialog, segment] = [await mailbox(), newId(), newId()]
    const at = Date.UTC(2026, 10, 5)
    const message = {
      at,
      direction: 'in' as const,
      kind: 'letter' as const,
      author: {},
      text: 'x',
      messageId: '<1@zavod.ru>',
    }
    await service.write('segment', segment, {
      dialog,
      account,
      month: '2026-11',
      messages: { 'mail:1': message },
    })
    const value = encodeURIComponent('<1@zavod.ru>')
    const hit = { id: segment, type: 'segment', dialog }
    expect((await call(`/lookup?key=messageId&value=${value}`)).body).toEqual({ hits: [hit] })
    expect((await call(`/lookup?key=messageId&value=${value}&account=${account}`)).body).toEqual({
      hits: [hit],
    })
    expect((await call(`/lookup?key=messageId&value=${value}&account=${newId()}`)).body).toEqual({
      hits: [],
    })
    expect((await call(`/record/${segment}`)).body).toMatchObject({ row: { dialog } })
    expect((await call(`/record/${newId()}`)).status).toBe(404)
  })
})

describe('connecting a mailbox', () => {
  const form: NewAccount = {
    channel: 'mail',
    address: 'info@romashka.ru',
    password: 'mailbox secret',
    name: 'Ромашка',
    receive: true,
    send: true,
    access: 'all',
  }
  const imap = { host: 'imap.romashka.ru', port: 993, security: 'tls', user: form.address } as const
  const found: JobOutcome = { ok: true, found: { connection: { imap }, source: 'mx' } }

  /** A connector that answers the next job. */
  const answer = async (
    { call }: Awaited<ReturnType<typeof openConnectors>>,
    outcome: JobOutcome,
  ): Promise<Job> => {
    const { job } = (await call('/jobs?wait=5')).body as { job: Job }
    await call(`/jobs/${job.id}`, outcome)
    return job
  }
  const connect = ({ post }: Lab, who: Person, more: Partial<NewAccount> = {}) =>
    post('/api/accounts', { ...form, ...more }, { cookie: who.cookie })

  test('asks a connector to log in, then writes the record without the password', async () => {
    const lab = await openConnectors()
    const [job, response] = await Promise.all([answer(lab, found), connect(lab, lab.anna)])
    expect(job).toMatchObject({ kind: 'checkAccount', account: form })
    const { id } = (await response.json()) as { id: string }
    const rows = rowsOf(await (await lab.anna.feed()).until('caughtUp'))
    expect(rows.get(id)).toMatchObject({
      address: form.address,
      connection: { imap },
      health: { state: 'connecting' },
      createdBy: lab.anna.id,
    })
    expect(JSON.stringify([...rows])).not.toContain(form.password)
    expect((await lab.call(`/accounts/${id}/secret`)).body).toEqual({ password: form.password })
    expect(
      (await lab.app.request(`/connector/accounts/${id}/secret`, { headers: lab.anna.headers }))
        .status,
    ).toBe(403)
  })

  test('passes on what the mail server said', async () => {
    const lab = await openConnectors()
    const failure = {
      reason: 'wrongPassword',
      field: 'password',
      detail: 'NO LOGIN failed',
    } as const
    const [, response] = await Promise.all([
      answer(lab, { ok: false, failure }),
      connect(lab, lab.anna),
    ])
    expect(response.status).toBe(422)
    expect(await response.json()).toEqual(failure)
    expect(lab.relay.workspace?.directory.accounts()).toEqual([])
  })

  test('refuses a second record of one mailbox', async () => {
    const lab = await openConnectors()
    await lab.mailbox()
    expect(await (await connect(lab, lab.anna)).json()).toEqual({
      reason: 'accountExists',
      field: 'address',
    })
  })

  test('lets an employee connect only a mailbox of their own', async () => {
    const lab = await openConnectors()
    const boris = await lab.join('boris@romashka.ru')
    expect((await connect(lab, boris)).status).toBe(403)
    const own: Partial<NewAccount> = { access: 'user', users: [boris.id] }
    const [, response] = await Promise.all([answer(lab, found), connect(lab, boris, own)])
    expect(response.status).toBe(200)
  })

  test('proposes servers for an address', async () => {
    const lab = await openConnectors()
    const [job, response] = await Promise.all([
      answer(lab, found),
      lab.post('/api/accounts/find', { address: 'INFO@romashka.ru' }, { cookie: lab.anna.cookie }),
    ])
    expect(job).toMatchObject({ kind: 'findConnection', address: 'info@romashka.ru' })
    expect(await response.json()).toEqual({ connection: { imap }, source: 'mx' })
  })

  test('pauses, resumes, changes the password and disconnects', async () => {
    const lab = await openConnectors()
    const id = await lab.mailbox({ connection: { imap } })
    const { cookie } = lab.anna
    const row = () => lab.relay.workspace?.directory.account(id)
    await lab.post(`/api/accounts/${id}/pause`, {}, { cookie })
    expect(row()?.health).toMatchObject({ state: 'paused' })
    await lab.post(`/api/accounts/${id}/resume`, {}, { cookie })
    expect(row()?.health).toMatchObject({ state: 'connecting' })
    const [job] = await Promise.all([
      answer(lab, found),
      lab.post(`/api/accounts/${id}/secret`, { password: 'new one' }, { cookie }),
    ])
    expect(job).toMatchObject({ account: { password: 'new one', connection: { imap } } })
    expect((await lab.call(`/accounts/${id}/secret`)).body).toEqual({ password: 'new one' })
    await lab.app.request(`/api/accounts/${id}`, { method: 'DELETE', headers: { cookie } })
    expect(row()?.deletedAt).toBeGreaterThan(0)
    expect((await lab.call(`/accounts/${id}/secret`)).status).toBe(404)
  })

  test('is not for those who do not run the account', async () => {
    const lab = await openConnectors()
    const boris = await lab.join('boris@romashka.ru')
    const id = await lab.mailbox()
    const answers = await Promise.all([
      lab.post(`/api/accounts/${id}/pause`, {}, { cookie: boris.cookie }),
      lab.post(`/api/accounts/${id}/secret`, { password: 'x' }, { cookie: boris.cookie }),
    ])
    expect(answers.map(({ status }) => status)).toEqual([403, 403])
  })
})

test('a sealed secret opens only for its account', () => {
  const { seal, open } = vault(new Uint8Array(32).fill(1))
  const sealed = seal('a', 'тайна')
  expect(open('a', sealed)).toBe('тайна')
  expect(() => open('b', sealed)).toThrow()
  expect(() => vault(new Uint8Array(32)).open('a', sealed)).toThrow()
  expect(Buffer.from(sealed).includes('тайна')).toBe(false)
})

describe('quarantine', () => {
  test('keeps the raw bytes for administrators', async () => {
    const { anna, app, call, join, mailbox } = await openConnectors()
    const account = await mailbox()
    const boris = await join('boris@romashka.ru')
    const raw = Buffer.from('From: ?\r\n\r\n\xff').toString('base64')
    const item = { id: newId(), account, error: 'cannot parse', source: 'INBOX 7', raw }
    await call('/quarantine', item)
    // The answer was lost, or the worker died: it is told once more.
    await call('/quarantine', item)
    const path = `/api/accounts/${account}/quarantine`
    const listed = await app.request(path, { headers: anna.headers })
    const { items } = (await listed.json()) as { items: { file: string }[] }
    expect(items).toHaveLength(1)
    expect(items).toMatchObject([{ account, error: 'cannot parse', source: 'INBOX 7' }])
    const file = `/files/${items[0]?.file}`
    const bytes = await (await app.request(file, { headers: anna.headers })).arrayBuffer()
    expect(Buffer.from(bytes).toString('base64')).toBe(raw)
    expect((await app.request(path, { headers: boris.headers })).status).toBe(403)
    expect((await app.request(file, { headers: boris.headers })).status).toBe(404)
  })
})

describe('webhooks', () => {
  test('are stored as they came and given out until they are done', async () => {
    const { app, call, mailbox } = await openConnectors({ clock: () => 1_700_000_000_000 })
    const account = await mailbox()
    const body = new Uint8Array([0, 1, 255])
    const answer = await app.request(`/hooks/${account}/events?x=1`, {
      method: 'PUT',
      headers: { 'x-signature': 'abc' },
      body,
    })
    expect(answer.status).toBe(200)
    const { requests } = (await call('/hooks')).body as { requests: { id: string }[] }
    expect(requests).toMatchObject([
      {
        account,
        at: 1_700_000_000_000,
        method: 'PUT',
        path: `/hooks/${account}/events?x=1`,
        headers: { 'x-signature': 'abc' },
        body: Buffer.from(body).toString('base64'),
      },
    ])
    expect((await call(`/hooks?account=${newId()}`)).body).toEqual({ requests: [] })
    await call(`/hooks/${requests[0]?.id}/done`, {})
    expect((await call('/hooks')).body).toEqual({ requests: [] })
  })

  test('wake a connector that waits', async () => {
    const { app, call, mailbox } = await openConnectors()
    const account = await mailbox()
    const [waited] = await Promise.all([
      call('/hooks?wait=5'),
      app.request(`/hooks/${account}`, { method: 'POST', body: '{}' }),
    ])
    expect(waited.body.requests).toHaveLength(1)
  })

  test('of an unknown account are not found, and too large ones refused', async () => {
    const { app, mailbox } = await openConnectors()
    expect((await app.request(`/hooks/${newId()}/x`, { method: 'POST' })).status).toBe(404)
    const body = new Uint8Array(1024 * 1024 + 1)
    const account = await mailbox()
    expect((await app.request(`/hooks/${account}/x`, { method: 'POST', body })).status).toBe(413)
  })
})
