/** Files through the REST API: of the records that a program's employee may read, and no others. */
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { second } from '../../../shared/clock.ts'
import { newId } from '../../../shared/ids.ts'
import { bytesPerRequest, requestsAtOnce } from '../../../sync-server/rest/limits.ts'
import { type Lab, openLab } from './lab.ts'
import { aClient, openProgram, type TestProgram } from './programs.ts'

const bytes = new TextEncoder().encode('Договор поставки')
const hashOf = (content: Uint8Array) => createHash('sha256').update(content).digest('hex')
const hash = hashOf(bytes)

const put = (
  { app }: Lab,
  { secret }: TestProgram,
  body: Uint8Array<ArrayBuffer> = bytes,
  name = hashOf(body),
) =>
  app.request(`/api/v1/files/${name}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/pdf' },
    body,
  })

const get = ({ app }: Lab, { secret }: TestProgram, path: string, headers = {}) =>
  app.request(`/api/v1${path}`, { headers: { authorization: `Bearer ${secret}`, ...headers } })

/** A client of Boris with a file in a field that he does not see and one in a field that he does. */
const openFiles = async (options = {}) => {
  const lab = await openLab(options)
  const boris = await lab.join('boris@romashka.ru')
  const vera = await lab.join('vera@romashka.ru')
  const [open, hidden] = [newId(), newId()]
  const field = { recordType: 'client', kind: 'file' }
  await lab.anna.write('field', open, { ...field, name: 'Устав' })
  await lab.anna.write('field', hidden, { ...field, name: 'Паспорт', readers: [vera.id] })
  const [ofBoris, ofVera] = [
    await openProgram(lab, lab.anna, boris.id),
    await openProgram(lab, lab.anna, vera.id),
  ]
  return { lab, boris, vera, ofBoris, ofVera, open, hidden }
}

describe('a file', () => {
  it('is kept, named in a record, and read by who reads that', async () => {
    const { lab, boris, ofBoris, ofVera, open } = await openFiles()
    const kept = await put(lab, ofBoris)
    expect([kept.status, await kept.json()]).toEqual([
      200,
      { hash, size: bytes.length, type: 'application/pdf' },
    ])
    const custom = { [open]: [hash, 'Устав.pdf', 'application/pdf'] }
    const made = await ofBoris.ask('POST', '/clients', aClient({ custom }))
    expect(made.status).toBe(201)
    const path = `/clients/${made.body.id}/files/${hash}`
    const answer = await get(lab, ofBoris, path)
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-security-policy': "sandbox; default-src 'none'",
      'cache-control': 'no-store',
      etag: `"${hash}"`,
    })
    expect(answer.headers.get('content-disposition')).toContain(encodeURIComponent('Устав.pdf'))
    const some = await get(lab, ofBoris, path, { range: 'bytes=0-3' })
    expect([some.status, (await some.arrayBuffer()).byteLength]).toEqual([206, 4])
    expect((await get(lab, ofVera, path)).status).toBe(404)
    const tasks = await openProgram(lab, lab.anna, boris.id, { resources: ['tasks'] })
    expect((await get(lab, tasks, path)).status).toBe(403)
    await ofBoris.ask('PATCH', `/clients/${made.body.id}`, { custom: { [open]: null } })
    expect((await get(lab, ofBoris, path)).status).toBe(404)
  })

  it('in a field that is closed to the employee is not theirs, whatever record it hangs on', async () => {
    const { lab, boris, vera, ofBoris, ofVera, open, hidden } = await openFiles()
    await put(lab, ofVera)
    const managers = [boris.id, vera.id]
    const custom = { [hidden]: [hash, 'Паспорт.pdf', 'application/pdf'] }
    const { id } = (await ofVera.ask('POST', '/clients', aClient({ managers, custom }))).body
    expect((await get(lab, ofVera, `/clients/${id}/files/${hash}`)).status).toBe(200)
    expect((await get(lab, ofBoris, `/clients/${id}/files/${hash}`)).status).toBe(404)
    // Its hash opens nothing, and is not named by who was never given it.
    const named = { [open]: [hash, 'x.pdf', 'application/pdf'] }
    expect(await ofBoris.ask('PATCH', `/clients/${id}`, { custom: named })).toMatchObject({
      body: { reason: 'fileMissing' },
    })
    expect((await get(lab, ofBoris, `/files/${hash}`)).status).toBe(404)
  })

  it('of a contract is read by its name; who hung it there is not for programs to say', async () => {
    const { lab, ofBoris } = await openFiles()
    await put(lab, ofBoris)
    const client = (await ofBoris.ask('POST', '/clients', aClient())).body.id
    const contract = { subject: 'Поставка', status: 'draft', client, number: '1' }
    const { id } = (await ofBoris.ask('POST', '/contracts', contract)).body
    const file = { hash, name: 'Договор.pdf', type: 'application/pdf', size: bytes.length }
    const by = { at: 1, by: lab.anna.id, order: 'a0' }
    const part = newId()
    await lab.relay.workspace?.write('contract', String(id), {
      files: { [part]: { ...file, ...by } },
    })
    expect((await ofBoris.get(`/contracts/${id}`)).body.files).toEqual([
      { id: part, ...file, at: 1, by: lab.anna.id },
    ])
    expect((await get(lab, ofBoris, `/contracts/${id}/files/${hash}`)).status).toBe(200)
    expect(await ofBoris.ask('PATCH', `/contracts/${id}`, { files: [] })).toMatchObject({
      body: { reason: 'immutableField', field: 'files' },
    })
  })

  it('is refused under a wrong hash, from a token that only reads, and without one', async () => {
    const { lab, boris, ofBoris } = await openFiles()
    expect((await put(lab, ofBoris, bytes, 'a'.repeat(64))).status).toBe(400)
    expect((await put(lab, ofBoris, bytes, '..%2f..%2frelay.sqlite')).status).toBe(400)
    expect((await put(lab, ofBoris, bytes, 'A'.repeat(64))).status).toBe(400)
    const reads = await openProgram(lab, lab.anna, boris.id, { writes: false })
    expect((await put(lab, reads)).status).toBe(403)
    expect((await put(lab, { ...reads, secret: 'x' })).status).toBe(401)
    expect(await lab.relay.disk.has(hash)).toBe(false)
  })

  it('costs as much as requests of its size', async () => {
    let now = 1_700_000_000_000
    const { lab, ofBoris } = await openFiles({ clock: () => now })
    const large = new Uint8Array(bytesPerRequest * requestsAtOnce)
    expect((await put(lab, ofBoris, large)).status).toBe(200)
    expect((await put(lab, ofBoris)).status).toBe(429)
    now += 10 * second
    expect((await put(lab, ofBoris)).status).toBe(200)
  })
})
