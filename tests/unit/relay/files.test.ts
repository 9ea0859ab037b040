import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import { defaultEntries } from '../../../shared/records/first-entries.ts'
import { simpleScenario, simpleStage } from '../../../shared/records/scenario.ts'
import { parseRange } from '../../../sync-server/files/range.ts'
import { connector, type Lab, newMailbox, openLab, type Person } from './lab.ts'
import { jpeg, png, webp } from './pictures.ts'

const bytes = new TextEncoder().encode('Коммерческое предложение')
const hash = createHash('sha256').update(bytes).digest('hex')

const hashOf = (content: Uint8Array) => createHash('sha256').update(content).digest('hex')

const put = (
  { app }: Lab,
  who: Person,
  body: Uint8Array<ArrayBuffer> = bytes,
  type = 'text/html',
  name = hash,
) =>
  app.request(`/files/${name}`, {
    method: 'PUT',
    headers: { ...who.headers, 'content-type': type },
    body,
  })
const get = ({ app }: Lab, who: Person, headers = {}, query = '', name = hash) =>
  app.request(`/files/${name}${query}`, { headers: { ...who.headers, ...headers } })

/** A letter with the file, in a mailbox of these people. */
const attach = async ({ app }: Lab, users: string[]) => {
  const [account, segment] = [newId(), newId()]
  const service = connector(app)
  await service.write('account', account, newMailbox({ access: 'list', users }))
  await service.write('segment', segment, {
    dialog: newId(),
    account,
    month: '2026-11',
    messages: {
      'mail:1': {
        at: Date.UTC(2026, 10, 5),
        direction: 'in',
        kind: 'letter',
        author: {},
        text: '',
        files: [{ hash, name: 'КП.html', size: bytes.length, type: 'text/html' }],
      },
    },
  })
  return { account, service }
}

describe('a file', () => {
  test('is read back as it was sent, and can do nothing in a browser', async () => {
    const lab = await openLab()
    expect((await put(lab, lab.anna)).status).toBe(200)
    const answer = await get(lab, lab.anna, {}, `?name=${encodeURIComponent('КП "1".html')}`)
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes)
    expect(answer.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'")
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="__ _1_.html"; filename*=UTF-8''%D0%9A%D0%9F%20%221%22.html`,
    )
  })

  test('of another hash is refused and not kept', async () => {
    const lab = await openLab()
    const answer = await put(lab, lab.anna, new Uint8Array([1, 2, 3]))
    expect(await answer.json()).toEqual({ reason: 'invalidRequest', field: 'hash' })
    expect(await lab.relay.disk.has(hash)).toBe(false)
    expect((await get(lab, lab.anna)).status).toBe(404)
  })

  test('over the limit is refused, whatever the header says', async () => {
    const lab = await openLab()
    const stored = await lab.relay.disk.put(
      hash,
      (async function* () {
        yield bytes
      })(),
      10,
    )
    expect(stored).toEqual({ ok: false, reason: 'tooLarge' })
    const headers = { ...lab.anna.headers, 'content-length': String(60 * 1024 * 1024) }
    const answer = await lab.app.request(`/files/${hash}`, { method: 'PUT', headers, body: bytes })
    expect(answer.status).toBe(413)
  })

  test('has no other names than hashes', async () => {
    const lab = await openLab()
    for (const name of ['..%2f..%2frelay.sqlite', 'ABC', hash.toUpperCase()])
      expect((await lab.app.request(`/files/${name}`, { headers: lab.anna.headers })).status).toBe(
        404,
      )
  })

  test('that hangs on nothing is read only by who brought it', async () => {
    const lab = await openLab()
    const boris = await lab.join('boris@romashka.ru')
    await put(lab, boris)
    expect((await get(lab, boris)).status).toBe(200)
    expect((await get(lab, lab.anna)).status).toBe(404)
    expect((await lab.app.request(`/files/${hash}`)).status).toBe(401)
  })

  test('is read by those who may read the record it hangs on, as long as they may', async () => {
    const lab = await openLab()
    const boris = await lab.join('boris@romashka.ru')
    await put(lab, connector(lab.app))
    expect((await get(lab, boris)).status).toBe(404)
    const { account, service } = await attach(lab, [boris.id])
    expect((await get(lab, boris)).status).toBe(200)
    // A private mailbox is private from administrators too.
    expect((await get(lab, lab.anna)).status).toBe(404)
    await service.write('account', account, { users: [lab.anna.id] })
    expect((await get(lab, boris)).status).toBe(404)
    expect((await get(lab, lab.anna)).status).toBe(200)
  })
})

describe('the photo of a client', () => {
  const face = png(200, 300)
  const photo = hashOf(face)

  test('is seen by whom the client is opened to, and put on no other client by its hash', async () => {
    const lab = await openLab()
    const [boris, vera] = [await lab.join('boris@romashka.ru'), await lab.join('vera@romashka.ru')]
    await put(lab, boris, face, 'image/png', photo)
    const statusFor = async (who: Person) => (await get(lab, who, {}, '', photo)).status
    const id = newId()
    const client = { kind: 'person', name: 'Анна', managers: [boris.id], photo }
    expect(await boris.write('client', id, client)).toMatchObject({ ok: true })
    expect(await statusFor(vera)).toBe(404)
    const stolen = { kind: 'person', name: 'Лже-Анна', managers: [vera.id], photo }
    const refused = { ok: false, reason: 'fileMissing', field: photo }
    expect(await vera.write('client', newId(), stolen)).toMatchObject(refused)
    await boris.write('client', id, { open: 'read' })
    expect(await statusFor(vera)).toBe(200)
    await boris.write('client', id, { open: 'closed' })
    expect(await statusFor(vera)).toBe(404)
  })

  const large = new Uint8Array(1024 * 1024 + 1)
  large.set(face)
  test.each([
    ['a PNG of 200 × 300', true, face],
    ['a JPEG', true, jpeg(120, 160)],
    ['a lossy WebP', true, webp.lossy(200, 200)],
    ['a lossless WebP', true, webp.lossless(200, 300)],
    ['a WebP with transparency', true, webp.extended(1, 300)],
    ['a wide PNG', false, png(201, 10)],
    ['a high JPEG', false, jpeg(10, 301)],
    ['a high lossless WebP', false, webp.lossless(200, 301)],
    ['a wide WebP with transparency', false, webp.extended(65_537, 1)],
    ['more than 1 MB', false, large],
    ['no picture', false, bytes],
    ['a picture that is cut off', false, png(10, 10).slice(0, 18)],
    ['a JPEG that stands still', false, new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0xff, 0xe0])],
  ])('is %s: %s', async (_what, fits, content) => {
    const lab = await openLab()
    const name = hashOf(content)
    await put(lab, lab.anna, content, 'image/png', name)
    const client = { kind: 'person', name: 'Анна', managers: [lab.anna.id], photo: name }
    expect(await lab.anna.write('client', newId(), client)).toMatchObject(
      fits ? { ok: true } : { ok: false, reason: 'invalidValue', field: 'photo' },
    )
  })
})

describe('a file in a field of one’s own', () => {
  test.each(['task', 'interest'] as const)(
    'of a record (%s) is read with the record, and put there by nobody who only knows its hash',
    async (type) => {
      const lab = await openLab({ firstEntries: defaultEntries })
      const [boris, vera] = [
        await lab.join('boris@romashka.ru'),
        await lab.join('vera@romashka.ru'),
      ]
      const field = newId()
      await lab.anna.write('field', field, { recordType: type, kind: 'file', name: 'Скан' })
      const record = (who: Person) => ({
        responsible: who.id,
        createdAt: 1,
        createdBy: who.id,
        custom: { [field]: [hash, 'КП.html', 'text/html'] },
        ...(type === 'task'
          ? { title: 'Позвонить', kind: 'call' }
          : {
              name: 'Плитка',
              position: {
                scenario: simpleScenario,
                stage: simpleStage('talks'),
                kind: 'open',
                since: 1,
              },
            }),
      })
      await put(lab, boris)
      const refused = { ok: false, reason: 'fileMissing', field: hash }
      expect(await vera.write(type, newId(), record(vera))).toMatchObject(refused)
      expect(await boris.write(type, newId(), record(boris))).toMatchObject({ ok: true })
      expect((await get(lab, vera)).status).toBe(200)
    },
  )
})

describe('to name a file in a record', () => {
  /** A note with the file, by somebody who reads the mailbox. */
  const name = async (who: Person, account: string) => {
    const id = newId()
    const at = Date.UTC(2026, 10, 6)
    return who.write('segment', id, {
      dialog: newId(),
      account,
      month: '2026-11',
      messages: {
        [`mail:${newId()}`]: {
          at,
          direction: 'out',
          kind: 'note',
          author: { employee: who.id },
          text: '',
          files: [{ hash, name: 'КП.html', size: bytes.length, type: 'text/html' }],
        },
      },
    })
  }
  const openTo = async (lab: Lab, users: string[]) => {
    const account = newId()
    await connector(lab.app).write('account', account, newMailbox({ access: 'list', users }))
    return account
  }

  test('one must have brought it or read it: knowing its hash opens nothing', async () => {
    const lab = await openLab()
    const [boris, vera] = [await lab.join('boris@romashka.ru'), await lab.join('vera@romashka.ru')]
    await put(lab, vera)
    const account = await openTo(lab, [boris.id])
    const refused = { ok: false, reason: 'fileMissing', field: hash }
    expect(await name(boris, account)).toMatchObject(refused)
    expect((await get(lab, boris)).status).toBe(404)
    // Who has the bytes themselves lets nothing out.
    await put(lab, boris)
    expect(await name(boris, account)).toMatchObject({ ok: true })
  })

  test('a file that nobody ever brought is refused, not promised', async () => {
    const lab = await openLab()
    const boris = await lab.join('boris@romashka.ru')
    const account = await openTo(lab, [boris.id])
    expect(await name(boris, account)).toMatchObject({ reason: 'fileMissing' })
  })

  test('who reads it in another record passes it on', async () => {
    const lab = await openLab()
    const boris = await lab.join('boris@romashka.ru')
    await put(lab, connector(lab.app))
    const { account: source, service } = await attach(lab, [boris.id])
    const account = await openTo(lab, [boris.id])
    expect(await name(boris, account)).toMatchObject({ ok: true })
    // Later too, when only what he was given speaks for him.
    const other = await openTo(lab, [boris.id])
    expect((await get(lab, boris)).status).toBe(200)
    await service.write('account', source, { users: [] })
    expect(await name(boris, other)).toMatchObject({ ok: true })
  })
})

describe('a range', () => {
  test('is served with its place', async () => {
    const lab = await openLab()
    await put(lab, lab.anna)
    const answer = await get(lab, lab.anna, { range: 'bytes=2-5' })
    expect(answer.status).toBe(206)
    expect(answer.headers.get('content-range')).toBe(`bytes 2-5/${bytes.length}`)
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes.slice(2, 6))
  })

  test('beyond the end cannot be satisfied', async () => {
    const lab = await openLab()
    await put(lab, lab.anna)
    const answer = await get(lab, lab.anna, { range: `bytes=${bytes.length}-` })
    expect(answer.status).toBe(416)
    expect(answer.headers.get('content-range')).toBe(`bytes */${bytes.length}`)
  })

  test.each([
    [undefined, null],
    ['bytes=0-', { start: 0, end: 999 }],
    ['bytes=-500', { start: 500, end: 999 }],
    ['bytes=-5000', { start: 0, end: 999 }],
    ['bytes=990-2000', { start: 990, end: 999 }],
    ['bytes=1000-', 'unsatisfiable'],
    ['bytes=5-4', 'unsatisfiable'],
    ['bytes=-', null],
    ['bytes=0-1,5-6', null],
    ['lines=1-2', null],
  ])('%s of 1000 bytes', (header, range) => {
    expect(parseRange(header, 1000)).toEqual(range)
  })
})
