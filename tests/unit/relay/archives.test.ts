import { createHash } from 'node:crypto'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { day } from '../../../shared/clock.ts'
import { newId } from '../../../shared/ids.ts'
import type { ArchiveInfo, ArchiveList } from '../../../shared/protocol/archives.ts'
import { openLab, type Person } from './lab.ts'
import { png } from './pictures.ts'

const open = async () => {
  let now = 1_750_000_000_000
  const lab = await openLab({ clock: () => now })
  const ask = async (who: Person, method: string, path = '', body?: object) =>
    lab.app.request(`/api/archives${path}`, {
      method,
      headers: { cookie: who.cookie, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
  const list = async (who: Person): Promise<ArchiveInfo[]> => {
    const { archives } = (await (await ask(who, 'GET')).json()) as ArchiveList
    return archives
  }
  /** Asks for one and waits until it is there. */
  const make = async (who: Person): Promise<ArchiveInfo> => {
    const { id } = (await (await ask(who, 'POST', '', { language: 'ru' })).json()) as ArchiveInfo
    const find = async () => (await list(who)).find((each) => each.id === id)
    await expect.poll(async () => (await find())?.state).toBe('ready')
    return (await find()) as ArchiveInfo // it was there on the line above
  }
  return { ...lab, ask, list, make, pass: (ms: number) => (now += ms) }
}

describe('the archive of everything', () => {
  it('holds every record, the history and the files, as JSON and as tables', async () => {
    const { anna, ask, make, app } = await open()
    const photo = png(200, 300)
    const hash = createHash('sha256').update(photo).digest('hex')
    await app.request(`/files/${hash}`, {
      method: 'PUT',
      headers: { cookie: anna.cookie, 'content-type': 'image/png' },
      body: photo,
    })
    const client = newId()
    await anna.write('client', client, {
      kind: 'organisation',
      name: '=cmd|calc; ООО «Хитрость»',
      managers: [anna.id],
      photo: hash,
    })
    await anna.write('client', client, { inn: '7707083893' })
    const person = newId()
    await anna.write('person', person, { name: 'Щукин Олег', client, managers: [anna.id] })

    const { id, ready, records } = await make(anna)
    expect(ready).toMatchObject({ files: 1, missing: 0 })
    const answer = await ask(anna, 'GET', `/${id}/file`)
    expect(answer.headers.get('content-disposition')).toMatch(/interes-all-.*\.zip/)
    const bytes = new Uint8Array(await answer.arrayBuffer())
    expect(bytes).toHaveLength(ready?.bytes ?? 0)
    const files = unzipSync(bytes)
    const text = (name: string) => strFromU8(files[name] ?? new Uint8Array())
    expect(JSON.parse(text('json/client.json'))).toMatchObject([{ id: client, inn: '7707083893' }])
    expect(text('csv/client.csv')).toContain(`"'=cmd|calc; ООО «Хитрость»"`)
    expect([...(files['csv/client.csv'] ?? []).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    expect(text('csv/person.csv')).toContain('Щукин Олег')
    const history = JSON.parse(text('json/history.json')) as { document: string }[]
    expect(history.filter(({ document }) => document === client).length).toBeGreaterThan(0)
    expect(text('csv/history.csv')).toContain(';inn;;7707083893')
    expect(files[`files/${hash}/photo.png`]).toEqual(photo)
    const facts = JSON.parse(text('archive.json')) as { records: Record<string, number> }
    expect(facts.records).toMatchObject({ client: 1, person: 1, employee: 1 })
    expect(records).toBeGreaterThanOrEqual(3)
  })

  it('is for administrators, for the one who asked, and for some days', async () => {
    const { anna, join, ask, list, make, pass } = await open()
    const boris = await join('boris@romashka.ru')
    const vera = await join('vera@romashka.ru', 'administrator')
    expect((await ask(boris, 'GET')).status).toBe(403)
    expect((await ask(boris, 'POST', '', { language: 'ru' })).status).toBe(403)
    const { id } = await make(anna)
    expect((await ask(boris, 'GET', `/${id}/file`)).status).toBe(403)
    // Another administrator sees that it was made, and may not read Anna's private letters in it.
    expect(await list(vera)).toMatchObject([{ id, by: anna.id }])
    expect((await ask(vera, 'GET', `/${id}/file`)).status).toBe(403)
    const twice = await Promise.all([1, 2].map(() => ask(anna, 'GET', `/${id}/file`)))
    expect(twice.map(({ status }) => status)).toEqual([200, 200])
    expect((await list(anna))[0]?.ready?.fetched).toHaveLength(2)
    pass(4 * day)
    expect((await ask(anna, 'GET', `/${id}/file`)).status).toBe(404)
  })

  it('leaves out what the administrator may not read', async () => {
    const { anna, join, ask, make } = await open()
    const vera = await join('vera@romashka.ru', 'administrator')
    const view = newId()
    const made = await vera.write('view', view, {
      owner: vera.id,
      name: 'Мой вид',
      recordType: 'client',
    })
    expect(made).toMatchObject({ ok: true })
    const tablesOf = async (who: Person) => {
      const { id } = await make(who)
      const answer = await ask(who, 'GET', `/${id}/file`)
      return Object.values(unzipSync(new Uint8Array(await answer.arrayBuffer())))
        .map((file) => strFromU8(file))
        .join('\n')
    }
    expect(await tablesOf(vera)).toContain(view)
    expect(await tablesOf(anna)).not.toContain(view)
  })

  it('goes when something is erased that it may hold', async () => {
    const { anna, list, make, post } = await open()
    const client = newId()
    await anna.write('client', client, { kind: 'person', name: 'Иван', managers: [anna.id] })
    await make(anna)
    const erased = await post(
      '/api/erase',
      { record: client, confirm: 'Иван', persons: false, messages: false },
      { cookie: anna.cookie },
    )
    expect(erased.status).toBe(200)
    expect(await list(anna)).toEqual([])
  })
})
