import { describe, expect, test } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import type { Device } from '../../../shared/protocol/api.ts'
import { shortest } from '../../lab/shortest.ts'
import { cookieOf, type Lab, openLab, type Person, password, person } from './lab.ts'

const setState = async ({ relay }: Lab, { id }: Person, state: 'active' | 'blocked') =>
  relay.workspace?.write('employee', id, { state })

const refusal = async ({ app }: Lab, { headers }: Person, path = '/feed') =>
  ((await (await app.request(path, { headers })).json()) as { reason?: string }).reason

const devicesOf = async ({ app }: Lab, asking: Person, user: string) => {
  const answer = await app.request(`/api/devices?user=${user}`, { headers: asking.headers })
  return (await answer.json()) as { devices: Device[]; reason?: string }
}

const revoke = ({ app }: Lab, asking: Person, device: string) =>
  app.request(`/api/devices/${device}`, { method: 'DELETE', headers: asking.headers })

describe('a blocked employee', () => {
  test('is told why on an open stream, and at the next contact of a device that was away', async () => {
    const taken = await shortest(1_000, async () => {
      const lab = await openLab()
      const boris = await lab.join('boris@romashka.ru')
      const away = person(lab.app, boris.id, boris.cookie)
      const feed = await boris.feed()
      await feed.until('caughtUp')
      await (await away.feed()).until('caughtUp')
      const started = performance.now()
      await setState(lab, boris, 'blocked')
      expect((await feed.until('end')).at(-1)).toEqual({ kind: 'end', reason: 'blocked' })
      const taking = performance.now() - started
      expect(await refusal(lab, away)).toBe('blocked')
      return taking
    })
    expect(taken).toBeLessThan(1_000)
  })

  test('who is let in again has to sign in, and loses nothing', async () => {
    const lab = await openLab()
    const boris = await lab.join('boris@romashka.ru')
    await (await boris.feed()).until('caughtUp')
    await setState(lab, boris, 'blocked')
    await setState(lab, boris, 'active')
    expect(await refusal(lab, boris)).toBe('signedOut')
  })
})

describe('a revoked device', () => {
  test('loses its session and stream; the other devices of its user do not', async () => {
    const lab = await openLab()
    const boris = await lab.join('boris@romashka.ru')
    const signedIn = await lab.post('/api/sign-in', { email: 'boris@romashka.ru', password })
    const phone = person(lab.app, boris.id, cookieOf(signedIn))
    const feeds = [await boris.feed(), await phone.feed()] as const
    for (const feed of feeds) await feed.until('caughtUp')
    expect((await revoke(lab, lab.anna, phone.device)).status).toBe(200)
    expect((await feeds[1].until('end')).at(-1)).toEqual({ kind: 'end', reason: 'revoked' })
    expect(await refusal(lab, phone)).toBe('revoked')
    expect((await lab.app.request('/api/session', { headers: boris.headers })).status).toBe(200)
  })

  test('that comes back without its cookie, or signed in anew, is told to delete first', async () => {
    const lab = await openLab()
    const boris = await lab.join('boris@romashka.ru')
    await (await boris.feed()).until('caughtUp')
    await revoke(lab, boris, boris.device)
    expect(await refusal(lab, person(lab.app, boris.id, '', boris.device))).toBe('revoked')
    const again = await lab.post('/api/sign-in', { email: 'boris@romashka.ru', password })
    const anew = person(lab.app, boris.id, cookieOf(again), boris.device)
    expect(await refusal(lab, anew)).toBe('revoked')
    const wiped = person(lab.app, boris.id, cookieOf(again))
    await (await wiped.feed()).until('caughtUp')
  })

  test('takes all its sessions with it, also those from before, and no other’s', async () => {
    const lab = await openLab()
    const boris = await lab.join('boris@romashka.ru')
    const signIn = async () =>
      cookieOf(await lab.post('/api/sign-in', { email: 'boris@romashka.ru', password }))
    const cookies = [boris.cookie, await signIn(), await signIn()]
    for (const cookie of cookies)
      await (await person(lab.app, boris.id, cookie, boris.device).feed()).until('caughtUp')
    const phone = person(lab.app, boris.id, await signIn())
    await (await phone.feed()).until('caughtUp')
    const older = await person(lab.app, boris.id, boris.cookie, newId()).feed()
    await older.until('caughtUp')
    await revoke(lab, lab.anna, boris.device)
    // Without a word of the device: by the cookie alone.
    const status = async (cookie: string) =>
      (await lab.app.request('/api/session', { headers: { cookie } })).status
    expect(await Promise.all(cookies.map(status))).toEqual([401, 401, 401])
    expect((await older.until('end')).at(-1)).toMatchObject({ kind: 'end', reason: 'revoked' })
    expect(await status(phone.cookie)).toBe(200)
  })

  test('is another’s affair only for administrators', async () => {
    const lab = await openLab()
    const boris = await lab.join('boris@romashka.ru')
    await (await lab.anna.feed()).until('caughtUp')
    expect((await revoke(lab, boris, lab.anna.device)).status).toBe(404)
    expect((await devicesOf(lab, boris, lab.anna.id)).reason).toBe('forbidden')
  })

  test('cannot be made another’s by naming its id', async () => {
    const lab = await openLab()
    const boris = await lab.join('boris@romashka.ru')
    await (await lab.anna.feed()).until('caughtUp')
    const thief = person(lab.app, boris.id, boris.cookie, lab.anna.device)
    await (await thief.feed()).until('caughtUp')
    expect((await revoke(lab, boris, lab.anna.device)).status).toBe(404)
    expect((await devicesOf(lab, lab.anna, lab.anna.id)).devices).toHaveLength(1)
  })
})

test('an ended session alone revokes nothing', async () => {
  const lab = await openLab()
  const boris = await lab.join('boris@romashka.ru')
  await (await boris.feed()).until('caughtUp')
  await lab.post('/api/sign-out', {}, boris.headers)
  expect(await refusal(lab, boris)).toBe('signedOut')
})

test('the list of devices says which is connected, which asks, and when each was here', async () => {
  let now = 1_000
  const lab = await openLab({ clock: () => now })
  const boris = await lab.join('boris@romashka.ru')
  const feed = await boris.feed('', { 'user-agent': 'Probe' })
  await feed.until('caughtUp')
  const [open] = (await devicesOf(lab, boris, boris.id)).devices
  expect(open).toEqual({
    id: boris.device,
    agent: 'Probe',
    firstAt: 1_000,
    lastAt: 1_000,
    connected: true,
    current: true,
  })
  now = 5_000
  await feed.close()
  await expect
    .poll(async () => (await devicesOf(lab, lab.anna, boris.id)).devices[0])
    .toMatchObject({ connected: false, current: false, firstAt: 1_000, lastAt: 5_000 })
  expect((await revoke(lab, lab.anna, newId())).status).toBe(404)
})
