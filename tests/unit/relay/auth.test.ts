import { describe, expect, test } from 'vitest'
import { hour, minute } from '../../../shared/clock.ts'
import type { Invite } from '../../../shared/protocol/api.ts'
import { createApp } from '../../../sync-server/app.ts'
import {
  bearer,
  company,
  cookieOf,
  type Lab,
  openLab,
  openTestRelay,
  password,
  person,
} from './lab.ts'

const bodyOf = async (response: Response) => ({
  status: response.status,
  body: (await response.json()) as unknown,
})

const signIn = ({ post }: Lab, more = {}, headers = {}) =>
  post('/api/sign-in', { email: company.email, password, ...more }, headers)

describe('set-up', () => {
  test('makes the company and its administrator once', async () => {
    const relay = await openTestRelay()
    const app = createApp(relay)
    const needed = async () => (await app.request('/api/setup')).json()
    expect(await needed()).toEqual({ needed: true })
    const send = () => app.request('/api/setup', { method: 'POST', body: JSON.stringify(company) })
    const first = await send()
    expect(await first.json()).toMatchObject({
      user: { name: 'Анна Петрова', email: 'anna@romashka.ru', administrator: true, locale: 'ru' },
      workspace: { name: 'ООО «Ромашка»' },
      tokens: ['all', expect.stringMatching(/^user:/), 'admin'],
    })
    expect(await needed()).toEqual({ needed: false })
    expect(await bodyOf(await send())).toEqual({ status: 409, body: { reason: 'alreadySetUp' } })
  })

  test('that is sent twice at once makes one company', async () => {
    const app = createApp(await openTestRelay())
    const send = () => app.request('/api/setup', { method: 'POST', body: JSON.stringify(company) })
    const statuses = (await Promise.all([send(), send()])).map(({ status }) => status)
    expect(statuses.toSorted()).toEqual([200, 409])
  })

  test('that was cut before the administrator had a record is completed at the next start', async () => {
    const relay = await openTestRelay()
    // What `setUp` leaves when the process dies after its first transaction.
    await relay.store.createWorkspace({
      id: 'w',
      name: 'Ромашка',
      epoch: 'e',
      factsJson: JSON.stringify({
        administrator: { id: relay.newId(), name: 'А', email: 'a@b.ru' },
      }),
      createdAt: 1,
      administrator: { id: 'u', email: 'a@b.ru', passwordHash: '', locale: 'ru' },
    })
    const again = await openTestRelay({ store: relay.store })
    expect(await again.workspace?.store.documentsOfType('employee')).toHaveLength(1)
  })

  test('refuses a short password by name', async () => {
    const app = createApp(await openTestRelay())
    const body = JSON.stringify({ ...company, password: 'short' })
    expect(await bodyOf(await app.request('/api/setup', { method: 'POST', body }))).toEqual({
      status: 422,
      body: { reason: 'weakPassword', field: 'password' },
    })
  })

  test('is what everything else waits for', async () => {
    const app = createApp(await openTestRelay())
    expect((await app.request('/api/session')).status).toBe(401)
    expect((await app.request('/feed')).status).toBe(401)
    expect((await app.request('/connector/jobs', { headers: bearer })).status).toBe(503)
  })
})

describe('the cookie of a session', () => {
  test('is out of reach for scripts and other sites, and lasts', async () => {
    const lab = await openLab()
    const cookie = (await signIn(lab)).headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^interes_session=[a-z0-9]{40};/)
    expect(cookie).toContain('HttpOnly')
    expect(cookie).toContain('SameSite=Lax')
    expect(cookie).toContain('Path=/')
    expect(cookie).toContain('Max-Age=2592000')
    expect(cookie).not.toContain('Secure')
  })

  test('is for TLS only behind TLS', async () => {
    const lab = await openLab()
    const answer = await signIn(lab, {}, { 'x-forwarded-proto': 'https' })
    expect(answer.headers.get('set-cookie')).toContain('Secure')
    expect(answer.headers.get('strict-transport-security')).toMatch(/^max-age=/)
  })

  test('is nothing worth after signing out, and the open stream ends', async () => {
    const lab = await openLab()
    const cookie = cookieOf(await signIn(lab))
    const phone = person(lab.app, lab.anna.id, cookie)
    const feed = await phone.feed()
    await feed.until('caughtUp')
    const out = await lab.post('/api/sign-out', {}, { cookie })
    expect(out.headers.get('set-cookie')).toContain('interes_session=;')
    expect(await feed.next()).toEqual({ kind: 'end', reason: 'signedOut' })
    expect(await bodyOf(await lab.app.request('/api/session', { headers: { cookie } }))).toEqual({
      status: 401,
      body: { reason: 'signedOut' },
    })
    expect((await lab.app.request('/api/session', { headers: lab.anna.headers })).status).toBe(200)
  })
})

describe('signing in', () => {
  test('takes the address in any case', async () => {
    const lab = await openLab()
    expect((await signIn(lab, { email: ' Anna@Romashka.RU ' })).status).toBe(200)
  })

  test('says the same of a wrong password and of a stranger', async () => {
    const lab = await openLab()
    const refused = { status: 401, body: { reason: 'wrongCredentials' } }
    expect(await bodyOf(await signIn(lab, { password: 'wrong' }))).toEqual(refused)
    expect(await bodyOf(await signIn(lab, { email: 'who@nobody.ru' }))).toEqual(refused)
  })

  test('is limited for a guesser, and open again when the time is over', async () => {
    let now = Date.now()
    const lab = await openLab({ clock: () => now })
    for (let i = 0; i < 10; i++) await signIn(lab, { password: 'wrong' })
    const refused = await signIn(lab)
    expect(await bodyOf(refused)).toEqual({
      status: 429,
      body: { reason: 'tooManyRequests', retryAfter: 900 },
    })
    expect(refused.headers.get('retry-after')).toBe('900')
    expect((await signIn(lab, { email: 'boris@romashka.ru' })).status).toBe(401)
    now += 15 * minute
    expect((await signIn(lab)).status).toBe(200)
  })

  test('is not limited for an office where everyone knows their password', async () => {
    const lab = await openLab({ clock: () => 1_700_000_000_000 })
    const statuses = new Set<number>()
    for (let i = 0; i < 110; i++) statuses.add((await signIn(lab)).status)
    expect(statuses).toEqual(new Set([200]))
  })

  test('is limited for one address that tries many people', async () => {
    const lab = await openLab({ clock: () => 1_700_000_000_000 })
    const statuses = new Set<number>()
    for (let i = 0; i < 101; i++)
      statuses.add((await lab.post('/api/sign-in', { email: `${i}@b.ru`, password: '' })).status)
    expect(statuses).toEqual(new Set([401, 429]))
  })
})

describe('a request from a foreign page', () => {
  test.each([
    ['/api/sign-in', { origin: 'https://evil.example' }],
    ['/api/sign-out', { origin: 'null' }],
    ['/push', { origin: 'https://evil.example' }],
    ['/api/invites', { 'sec-fetch-site': 'cross-site' }],
    ['/api/accounts', { origin: 'http://localhost.evil.example' }],
  ])('to %s is refused', async (path, headers) => {
    const lab = await openLab()
    const answer = await lab.post(path, {}, { cookie: lab.anna.cookie, ...headers })
    expect(await bodyOf(answer)).toEqual({ status: 403, body: { reason: 'badOrigin' } })
  })

  test('is not what our own page sends', async () => {
    const lab = await openLab()
    expect((await signIn(lab, {}, { origin: 'http://localhost' })).status).toBe(200)
  })
})

describe('changing the password', () => {
  test('ends the other sessions and keeps this one', async () => {
    const lab = await openLab()
    const laptop = cookieOf(await signIn(lab))
    const form = { current: password, next: 'another long one' }
    const answer = await lab.post('/api/password', form, { cookie: lab.anna.cookie })
    expect(answer.status).toBe(200)
    const of = (cookie: string) => lab.app.request('/api/session', { headers: { cookie } })
    expect((await of(lab.anna.cookie)).status).toBe(200)
    expect((await of(laptop)).status).toBe(401)
    expect((await signIn(lab)).status).toBe(401)
    expect((await signIn(lab, { password: form.next })).status).toBe(200)
  })

  test('needs the current one', async () => {
    const lab = await openLab()
    const form = { current: 'wrong', next: 'another long one' }
    const answer = await lab.post('/api/password', form, { cookie: lab.anna.cookie })
    expect(await bodyOf(answer)).toEqual({
      status: 401,
      body: { reason: 'wrongCredentials', field: 'current' },
    })
  })
})

describe('an invitation', () => {
  const invite = async (lab: Lab, form: object = { role: 'employee' }) =>
    (await (await lab.post('/api/invites', form, { cookie: lab.anna.cookie })).json()) as Invite
  const boris = { name: 'Борис', email: 'boris@romashka.ru', password, locale: 'ru' }

  test('lets one person in, with the role it names', async () => {
    const lab = await openLab()
    const { token, path } = await invite(lab, { role: 'employee', name: 'Борис' })
    expect(path).toBe(`/invite/${token}`)
    const info = await lab.app.request(`/api/invites/${token}`)
    expect(await info.json()).toEqual({ company: 'ООО «Ромашка»', name: 'Борис' })
    const accept = () => lab.post(`/api/invites/${token}/accept`, boris)
    const accepted = await accept()
    expect(await accepted.json()).toMatchObject({ user: { name: 'Борис', administrator: false } })
    expect(
      (await lab.app.request('/api/session', { headers: { cookie: cookieOf(accepted) } })).status,
    ).toBe(200)
    expect(
      await bodyOf(await lab.post(`/api/invites/${token}/accept`, { ...boris, email: 'c@d.ru' })),
    ).toEqual({
      status: 410,
      body: { reason: 'inviteInvalid' },
    })
  })

  test('lives a week', async () => {
    let now = Date.now()
    const lab = await openLab({ clock: () => now })
    const { token } = await invite(lab)
    now += 7 * 24 * hour + 1
    expect((await lab.app.request(`/api/invites/${token}`)).status).toBe(410)
    expect((await lab.post(`/api/invites/${token}/accept`, boris)).status).toBe(410)
  })

  test('is made, seen and taken back by administrators only', async () => {
    const lab = await openLab()
    const employee = await lab.join('ivan@romashka.ru')
    const { token } = await invite(lab)
    const as = (cookie: string, method = 'GET', path = '/api/invites') =>
      lab.app.request(path, { method, headers: { cookie } })
    expect(
      (await lab.post('/api/invites', { role: 'administrator' }, { cookie: employee.cookie }))
        .status,
    ).toBe(403)
    expect((await as(employee.cookie)).status).toBe(403)
    expect((await as(employee.cookie, 'DELETE', `/api/invites/${token}`)).status).toBe(403)
    expect(await (await as(lab.anna.cookie)).json()).toMatchObject({ invites: [{ token }] })
    expect((await as(lab.anna.cookie, 'DELETE', `/api/invites/${token}`)).status).toBe(200)
    expect((await lab.app.request(`/api/invites/${token}`)).status).toBe(410)
  })

  test('does not take an address that is taken', async () => {
    const lab = await openLab()
    const { token } = await invite(lab)
    const answer = await lab.post(`/api/invites/${token}/accept`, {
      ...boris,
      email: company.email,
    })
    expect(await bodyOf(answer)).toEqual({
      status: 409,
      body: { reason: 'emailTaken', field: 'email' },
    })
    expect((await lab.app.request(`/api/invites/${token}`)).status).toBe(200)
  })
})

describe('every answer', () => {
  test('tells the browser to run nothing that is not ours', async () => {
    const lab = await openLab()
    const { headers } = await lab.app.request('/health')
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'self'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("object-src 'none'")
    expect(policy).not.toContain('unsafe')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('strict-transport-security')).toBeNull()
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('to a program that is too old says so', async () => {
    const lab = await openLab()
    const answer = await lab.app.request('/feed', {
      headers: { ...lab.anna.headers, 'x-interes-program': '0' },
    })
    expect(await bodyOf(answer)).toEqual({ status: 426, body: { reason: 'programTooOld' } })
  })
})

test('metrics are for this machine and for holders of the service token', async () => {
  const lab = await openLab()
  const page = await lab.app.request('/metrics')
  expect(await page.text()).toContain('interes_commits_total 1')
  const outside = { 'x-forwarded-for': '203.0.113.5' }
  expect((await lab.app.request('/metrics', { headers: outside })).status).toBe(401)
  expect((await lab.app.request('/metrics', { headers: { ...outside, ...bearer } })).status).toBe(
    200,
  )
})
