import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, strToU8, unzipSync } from 'fflate'
import { describe, expect, onTestFinished, test } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import type { ArchiveInfo, ArchiveList } from '../../../shared/protocol/archives.ts'
import { dadata } from '../../../sync-server/companies/dadata.ts'
import { openSqlite } from '../../../sync-server/store/sqlite.ts'
import { type FakeDadata, startDadata } from '../../lab/dadata.ts'
import { connector, type Lab, type LabOptions, newClient, openLab, type Person } from './lab.ts'

const started = async (): Promise<FakeDadata> => {
  const service = await startDadata()
  onTestFinished(service.stop)
  return service
}

interface Opened {
  lab: Lab
  service: FakeDadata
  ask: (who: Person, inn: string) => Promise<{ status: number; body: unknown }>
  key: (
    who: Person,
    method: 'GET' | 'PUT' | 'DELETE',
    key?: string,
  ) => Promise<{ status: number; body: unknown }>
}

const opened = async (options: Pick<LabOptions, 'clock' | 'store'> = {}): Promise<Opened> => {
  const service = await started()
  const lab = await openLab({ findCompanies: dadata(service.url), ...options })
  const send = async (path: string, who: Person, method = 'GET', body?: unknown) => {
    const answer = await lab.app.request(path, {
      method,
      headers: { ...who.headers, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return { status: answer.status, body: (await answer.json()) as unknown }
  }
  return {
    lab,
    service,
    ask: (who, inn) => send(`/api/companies?inn=${inn}`, who),
    key: (who, method, key) =>
      send('/api/companies/key', who, method, key === undefined ? undefined : { key }),
  }
}

describe('a company by its ИНН', () => {
  test('has its requisites, the head office first and each branch with a КПП of its own', async () => {
    const { lab, service, ask, key } = await opened()
    expect(await key(lab.anna, 'PUT', service.key)).toEqual({
      status: 200,
      body: { connected: true },
    })
    const ivan = await lab.join('ivan@romashka.ru')
    expect(await ask(ivan, '7736050003')).toEqual({
      status: 200,
      body: {
        companies: [
          {
            kind: 'organisation',
            inn: '7736050003',
            kpp: '773601001',
            ogrn: '1027700092661',
            name: 'ООО «Северный ветер»',
            fullName: 'Общество с ограниченной ответственностью «Северный ветер»',
            address: '123001, г Москва, ул Большая Ордынка, д 8',
            head: { name: 'Скворцов Пётр Ильич', post: 'Генеральный директор' },
            state: 'active',
            branch: false,
          },
          expect.objectContaining({ kpp: '246602001', branch: true }),
        ],
      },
    })
  })

  test('of an entrepreneur has no КПП and no head, and says that it is closed', async () => {
    const service = await started()
    expect(await dadata(service.url)('500100732259', service.key)).toEqual({
      ok: true,
      value: [
        {
          kind: 'entrepreneur',
          inn: '500100732259',
          ogrn: '304500116000157',
          name: 'ИП Ветров Олег Иванович',
          fullName: 'Индивидуальный предприниматель Ветров Олег Иванович',
          person: { lastName: 'Ветров', firstName: 'Олег', middleName: 'Иванович' },
          address: 'г Балашиха',
          state: 'liquidated',
          branch: false,
        },
      ],
    })
  })

  test('that nobody has is an empty answer', async () => {
    const service = await started()
    expect(await dadata(service.url)('7727563778', service.key)).toEqual({ ok: true, value: [] })
  })

  test('with wrong check digits is not asked for', async () => {
    const { lab, service, ask, key } = await opened()
    await key(lab.anna, 'PUT', service.key)
    const before = service.asked.length
    expect(await ask(lab.anna, '7736050004')).toEqual({
      status: 422,
      body: { reason: 'invalidValue', field: 'inn' },
    })
    expect(service.asked).toHaveLength(before)
  })

  test('is asked for once an hour, whoever opens the card', async () => {
    let now = 1_000_000
    const { lab, service, ask, key } = await opened({ clock: () => now })
    await key(lab.anna, 'PUT', service.key)
    const before = service.asked.length
    await ask(lab.anna, '7736050003')
    await ask(await lab.join('ivan@romashka.ru'), '7736050003')
    expect(service.asked).toHaveLength(before + 1)
    now += 3_600_001
    await ask(lab.anna, '7736050003')
    expect(service.asked).toHaveLength(before + 2)
  })

  test('cannot be used to copy the register: one employee has 30 questions a minute', async () => {
    const { lab, service, ask, key } = await opened({ clock: () => 1_000_000 })
    await key(lab.anna, 'PUT', service.key)
    service.failWith = 500
    for (let n = 0; n < 30; n++)
      expect(await ask(lab.anna, '7736050003')).toMatchObject({
        body: { reason: 'serviceUnavailable' },
      })
    expect(await ask(lab.anna, '7736050003')).toMatchObject({
      status: 429,
      body: { reason: 'tooManyRequests', retryAfter: 60 },
    })
  })
})

describe('the key of the service', () => {
  test('is the administrator’s to set and to take away, and never leaves the relay', async () => {
    const { lab, service, ask, key } = await opened()
    const ivan = await lab.join('ivan@romashka.ru')
    expect(await ask(ivan, '7736050003')).toMatchObject({
      status: 409,
      body: { reason: 'serviceNotConnected' },
    })
    for (const method of ['GET', 'PUT', 'DELETE'] as const)
      expect(await key(ivan, method, method === 'PUT' ? service.key : undefined)).toMatchObject({
        status: 403,
      })
    await key(lab.anna, 'PUT', service.key)
    expect(await key(lab.anna, 'GET')).toEqual({ status: 200, body: { connected: true } })
    expect(JSON.stringify(await ask(ivan, '7736050003'))).not.toContain(service.key)
    await key(lab.anna, 'DELETE')
    expect(await ask(ivan, '7707083893')).toMatchObject({ body: { reason: 'serviceNotConnected' } })
  })

  test('is in nothing that a device gets, and lies sealed in the base', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'interes-key-'))
    onTestFinished(() => rm(directory, { recursive: true, force: true }))
    const file = join(directory, 'relay.sqlite')
    const { lab, service, key } = await opened({ store: openSqlite(file) })
    await key(lab.anna, 'PUT', service.key)
    const client = newId()
    await lab.anna.write('client', client, { ...newClient, managers: [lab.anna.id] })
    const bytesAt = async (path: string, headers = lab.anna.headers) =>
      new Uint8Array(await (await lab.app.request(path, { headers })).arrayBuffer())
    const got: Uint8Array[] = await Promise.all(
      [
        '/api/companies?inn=7736050003',
        '/api/companies/key',
        '/api/session',
        '/api/history',
        `/api/history/${client}`,
      ].map((path) => bytesAt(path)),
    )
    // Devices and connectors get records by the same stream.
    for (const who of [lab.anna, connector(lab.app)])
      for (const frame of await (await who.feed()).until('caughtUp')) {
        got.push(strToU8(JSON.stringify(frame)))
        if (frame.kind === 'records') got.push(...frame.entries.map(({ bytes }) => bytes))
      }
    // An administrator takes the archive of everything home.
    const made = await lab.post('/api/archives', { language: 'ru' }, { cookie: lab.anna.cookie })
    const { id } = (await made.json()) as ArchiveInfo
    const stateOf = async () => {
      const list = JSON.parse(strFromU8(await bytesAt('/api/archives'))) as ArchiveList
      return list.archives.find((each) => each.id === id)?.state
    }
    await expect.poll(stateOf).toBe('ready')
    got.push(...Object.values(unzipSync(await bytesAt(`/api/archives/${id}/file`))))
    const base = await Promise.all([file, `${file}-wal`].map((name) => readFile(name)))
    const textOf = (list: Uint8Array[]) => Buffer.concat(list).toString('latin1')
    // What is looked through is what it is meant to be.
    for (const word of ['7736050003', '"connected":true', client, '"head":', 'administrator'])
      expect(textOf(got)).toContain(word)
    expect(textOf(base)).toContain('service:dadata')
    expect(textOf([...got, ...base])).not.toContain(service.key)
  })

  test('is tried before it is kept', async () => {
    const { lab, key } = await opened()
    const wrong = '0123456789abcdef0123456789abcdef01234567'
    expect(await key(lab.anna, 'PUT', wrong)).toMatchObject({
      status: 422,
      body: { reason: 'serviceKeyRefused' },
    })
    expect(await key(lab.anna, 'GET')).toEqual({ status: 200, body: { connected: false } })
    expect(await key(lab.anna, 'PUT', 'x\r\ny')).toMatchObject({
      status: 400,
      body: { reason: 'invalidRequest', field: 'key' },
    })
  })
})

describe('a service that does not work', () => {
  test.each([
    [429, 'tooManyRequests'],
    [403, 'serviceKeyRefused'],
    [500, 'serviceUnavailable'],
  ] as const)('with %s is said by its reason', async (status, reason) => {
    const service = await started()
    service.failWith = status
    expect(await dadata(service.url)('7736050003', service.key)).toEqual({ ok: false, reason })
  })

  test.each(['<html>сервис на обслуживании</html>', '{"suggestions":[{"value":1}]}', '{}'])(
    'or answers %s is unavailable',
    async (page) => {
      const server = createServer((_, response) => response.end(page))
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
      onTestFinished(() => void server.close())
      const { port } = server.address() as AddressInfo // it listens on a port
      expect(await dadata(`http://127.0.0.1:${port}`)('7736050003', 'k')).toEqual({
        ok: false,
        reason: 'serviceUnavailable',
      })
    },
  )

  test('nor is there at all is unavailable', async () => {
    const service = await started()
    await service.stop()
    expect(await dadata(service.url)('7736050003', 'k')).toEqual({
      ok: false,
      reason: 'serviceUnavailable',
    })
  })
})
