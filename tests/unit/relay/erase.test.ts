import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { day, minute } from '../../../shared/clock.ts'
import { derivedId, monthOf, newId, segmentId } from '../../../shared/ids.ts'
import type { Patch } from '../../../shared/records/change.ts'
import type { RecordType } from '../../../shared/records/index.ts'
import type { Message } from '../../../shared/records/segment.ts'
import { openSqlite } from '../../../sync-server/store/sqlite.ts'
import { bearer, connector, type Lab, newMailbox, openLab, type Person } from './lab.ts'

/** A lab whose base is a file, so that its bytes can be looked at. */
const openFileLab = async (clock?: () => number) => {
  const directory = await mkdtemp(join(tmpdir(), 'interes-erase-'))
  const store = openSqlite(join(directory, 'relay.sqlite'))
  onTestFinished(async () => {
    await store.close()
    await rm(directory, { recursive: true, force: true })
  })
  const lab = await openLab({ store, ...(clock && { clock }) })
  const bytes = async () => {
    const names = await readdir(directory)
    const contents = await Promise.all(names.map((name) => readFile(join(directory, name))))
    return Buffer.concat(contents)
  }
  return { ...lab, bytes }
}

const erase = (lab: Lab, who: Person, body: Record<string, unknown>) =>
  lab.post(
    '/api/erase',
    { persons: true, messages: true, interests: true, contracts: true, ...body },
    { cookie: who.cookie },
  )

const marker = (index: number) => `Секрет${index}Secret`

/**
 * A client with a person, a dialog, an appeal, a letter with a file, Interests, tasks and an event, each
 * changed since; every text holds the marker.
 */
const liveWith = async (lab: Lab, secret: string, shared: string) => {
  const service = connector(lab.app)
  const [client, person, account] = [newId(), newId(), newId()]
  const [interest, ofPerson, foreign, contract] = [newId(), newId(), newId(), newId()]
  const [task, ofInterest, event] = [newId(), newId(), newId()]
  const position = { scenario: newId(), stage: newId(), kind: 'open', since: 1 }
  const responsible = lab.anna.id
  const dialog = newId()
  const at = Date.UTC(2024, 4, 5)
  const put = async (text: string) => {
    const hash = createHash('sha256').update(text).digest('hex')
    const { status } = await lab.app.request(`/files/${hash}?record=${dialog}&name=x`, {
      method: 'PUT',
      headers: bearer,
      body: text,
    })
    expect(status).toBe(200)
    return hash
  }
  const [own, common] = [await put(`файл ${secret}`), await put(shared)]
  const file = (hash: string) => ({ hash, name: secret, size: 10, type: 'text/plain' })
  const letter = (hashes: string[]): Message => ({
    at,
    direction: 'in',
    kind: 'letter',
    author: { name: secret, address: `${secret.toLowerCase()}@x.test` },
    text: `Здравствуйте, я ${secret}`,
    messageId: `<${secret}@x.test>`,
    files: hashes.map(file),
  })
  const phones = (order: string) => ({
    [newId()]: { value: `${secret} ${order}`, kind: 'work', order },
  })
  const steps: [Person, RecordType, string, Patch][] = [
    [service, 'account', account, newMailbox({ address: `${account}@romashka.ru` })],
    [
      lab.anna,
      'client',
      client,
      { kind: 'organisation', name: secret, phones: phones('a0'), managers: [lab.anna.id] },
    ],
    [lab.anna, 'client', client, { name: `${secret} бис`, note: `Заметка ${secret}` }],
    [lab.anna, 'client', client, { note: `Другая заметка ${secret}`, phones: phones('a1') }],
    [lab.anna, 'person', person, { name: `Пётр ${secret}`, client }],
    [lab.anna, 'interest', interest, { name: secret, client, position, responsible }],
    [lab.anna, 'interest', interest, { name: `${secret} бис`, description: `О ${secret}` }],
    [lab.anna, 'interest', ofPerson, { name: secret, person, position, responsible }],
    // Of another client, who only has the same person.
    [lab.anna, 'interest', foreign, { name: 'Чужой', client: newId(), person, position }],
    [
      lab.anna,
      'contract',
      contract,
      { subject: secret, client, status: 'ended', description: `О ${secret}` },
    ],
    [lab.anna, 'task', task, { title: `Позвонить ${secret}`, kind: 'call', client, responsible }],
    [lab.anna, 'task', task, { title: `Написать ${secret}`, result: secret }],
    [lab.anna, 'task', ofInterest, { title: secret, kind: 'task', interest, responsible }],
    [
      lab.anna,
      'interaction',
      event,
      { kind: newId(), at, contact: person, contactType: 'person', text: `Встреча с ${secret}` },
    ],
    [lab.anna, 'interaction', event, { text: `Обед с ${secret}` }],
    [
      service,
      'dialog',
      dialog,
      {
        account,
        channel: 'mail',
        subject: secret,
        peer: { address: secret },
        client,
        state: 'open',
      },
    ],
    [
      service,
      'appeal',
      derivedId('appeal', dialog),
      {
        account,
        channel: 'mail',
        dialog,
        who: { address: secret },
        firstWords: secret,
        at,
        state: 'new',
      },
    ],
    [
      service,
      'segment',
      segmentId(dialog, at),
      {
        dialog,
        account,
        month: monthOf(at),
        messages: { [`mail:${secret}`]: letter([own, common]) },
      },
    ],
  ]
  for (const [who, type, id, patch] of steps)
    expect(await who.write(type, id, patch)).toMatchObject({ ok: true })
  const belongings = {
    client,
    person,
    dialog,
    interest,
    ofPerson,
    contract,
    task,
    ofInterest,
    event,
  }
  return { ...belongings, foreign, account, own, common, name: `${secret} бис` }
}

const status = async (lab: Lab, path: string) =>
  (await lab.app.request(path, { headers: bearer })).status

describe('«стереть»', () => {
  test('leaves no byte of the record in the base, its log and the files, and nothing else is touched', async () => {
    const lab = await openFileLab()
    const first = await liveWith(lab, marker(1), 'общий файл')
    const second = await liveWith(lab, marker(2), 'общий файл')
    expect((await lab.bytes()).includes(marker(1))).toBe(true)

    const answer = await erase(lab, lab.anna, { record: first.client, confirm: first.name })
    expect(await answer.json()).toEqual({ erased: 11 })
    const bytes = await lab.bytes()
    expect(bytes.includes(marker(1))).toBe(false)
    expect(bytes.includes(marker(1).toLowerCase())).toBe(false)
    expect(bytes.includes(marker(2))).toBe(true)

    expect(await status(lab, `/files/${first.own}`)).toBe(404)
    expect(await lab.relay.disk.has(first.own)).toBe(false)
    expect(await status(lab, `/files/${first.common}`)).toBe(200)
    const belongings = ({
      client,
      person,
      dialog,
      interest,
      ofPerson,
      contract,
      task,
      ofInterest,
      event,
    }: typeof first) => [
      client,
      person,
      dialog,
      interest,
      ofPerson,
      contract,
      task,
      ofInterest,
      event,
    ]
    for (const id of belongings(first))
      expect(await status(lab, `/connector/record/${id}`)).toBe(404)
    for (const id of [...belongings(second), first.foreign])
      expect(await status(lab, `/connector/record/${id}`)).toBe(200)
    expect(await status(lab, `/api/history/${first.client}`)).toBe(404)
    const { hits } = (await (
      await lab.app.request(`/connector/lookup?key=messageId&value=<${marker(1)}@x.test>`, {
        headers: bearer,
      })
    ).json()) as { hits: unknown[] }
    expect(hits).toEqual([])
  })

  test('the correspondence, the contact persons and the Interests stay where they were not asked for', async () => {
    const lab = await openFileLab()
    const made = await liveWith(lab, marker(1), 'общий')
    const kept = { persons: false, messages: false, interests: false, contracts: false }
    await erase(lab, lab.anna, { record: made.client, confirm: made.name, ...kept })
    for (const id of [made.client, made.task])
      expect(await status(lab, `/connector/record/${id}`)).toBe(404)
    for (const id of [
      made.person,
      made.dialog,
      made.interest,
      made.contract,
      made.ofInterest,
      made.event,
    ])
      expect(await status(lab, `/connector/record/${id}`)).toBe(200)
  })

  test('after any edits, none of their values is left in the file', async () => {
    const lab = await openFileLab()
    let serial = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            field: fc.constantFrom('name', 'note', 'fullName'),
            size: fc.integer({ min: 1, max: 400 }),
          }),
          { minLength: 1, maxLength: 12 },
        ),
        async (edits) => {
          const id = newId()
          const written: string[] = []
          const text = (size: number) => {
            const word = `S${(++serial).toString(36)}Z${'ж'.repeat(size)}`
            written.push(word.slice(0, 20))
            return word
          }
          let name = text(3)
          await lab.anna.write('client', id, { kind: 'person', name, managers: [lab.anna.id] })
          for (const { field, size } of edits) {
            const value = text(size)
            if (field === 'name') name = value
            expect(await lab.anna.write('client', id, { [field]: value })).toMatchObject({
              ok: true,
            })
          }
          const answer = await erase(lab, lab.anna, { record: id, confirm: name })
          expect(answer.status).toBe(200)
          const bytes = await lab.bytes()
          for (const word of written) expect(bytes.includes(word)).toBe(false)
        },
      ),
      { seed: 20261121, numRuns: 15 },
    )
  })

  test('is an administrator’s act, confirmed by the name, and only of clients and persons', async () => {
    const lab = await openFileLab()
    const boris = await lab.join('boris@romashka.ru')
    const { client, account, name } = await liveWith(lab, marker(1), 'общий')
    const reasonOf = async (answer: Response) => (await answer.json()) as { reason: string }
    expect(await reasonOf(await erase(lab, boris, { record: client, confirm: name }))).toEqual({
      reason: 'forbidden',
    })
    for (const wrong of [
      { record: client, confirm: 'Другое имя' },
      { record: account, confirm: 'Ромашка' },
    ])
      expect(await reasonOf(await erase(lab, lab.anna, wrong))).toEqual({ reason: 'forbidden' })
    expect(await reasonOf(await erase(lab, lab.anna, { record: newId(), confirm: 'x' }))).toEqual({
      reason: 'gone',
    })
    expect(await status(lab, `/connector/record/${client}`)).toBe(200)
  })

  test('an old device cannot bring it back, and is told to forget it, streaming or coming back', async () => {
    const lab = await openFileLab()
    const { client, name } = await liveWith(lab, marker(1), 'общий')
    const live = await lab.anna.feed('head=0&below=0&epoch=')
    const caughtUp = (await live.until('caughtUp')).at(-1)
    const head = caughtUp?.kind === 'caughtUp' ? caughtUp.cursor.head : 0
    await erase(lab, lab.anna, { record: client, confirm: name })
    const told = (await live.until('forget')).at(-1)
    expect(told).toMatchObject({ kind: 'forget', erased: true })
    expect(told?.kind === 'forget' && told.ids).toContain(client)

    expect(await lab.anna.write('client', client, { name: 'Вернулся' })).toMatchObject({
      ok: false,
      reason: 'gone',
    })
    const returning = await lab.anna.feed(`head=${head}&below=0&epoch=`)
    const frames = await returning.until('caughtUp')
    const forgets = frames.filter((frame) => frame.kind === 'forget' && frame.erased)
    expect(forgets.flatMap((frame) => (frame.kind === 'forget' ? frame.ids : []))).toContain(client)
    // Records that come later do not hide it from a device that was away longer.
    await lab.anna.write('client', newId(), {
      kind: 'person',
      name: 'Позже',
      managers: [lab.anna.id],
    })
    const later = await (await lab.anna.feed(`head=${head}&below=0&epoch=`)).until('caughtUp')
    expect(later.some((frame) => frame.kind === 'forget' && frame.ids.includes(client))).toBe(true)
  })
})

describe('the trash', () => {
  test('is emptied thirty days after the relay learned of the deletion, not by the device’s clock', async () => {
    let now = Date.UTC(2026, 0, 1)
    const lab = await openFileLab(() => now)
    const create = async (patch: Patch) => {
      const id = newId()
      const base = { kind: 'person', name: 'Мак', managers: [lab.anna.id] }
      await lab.anna.write('client', id, base)
      await lab.anna.write('client', id, { deletedBy: lab.anna.id, ...patch })
      return id
    }
    const behind = await create({ deletedAt: now - 400 * day })
    const ahead = await create({ deletedAt: now + 400 * day })
    const back = await create({ deletedAt: now })
    await lab.anna.write('client', back, { deletedAt: null, deletedBy: null })
    const workspace = lab.relay.workspace
    if (!workspace) throw new Error('no workspace')

    now += 30 * day - 1
    expect(await workspace.purgeTrash(lab.relay.disk, 'this process')).toBe(0)
    const late = await create({ deletedAt: now })
    now += 1
    expect(await workspace.purgeTrash(lab.relay.disk, 'this process')).toBe(2)
    expect(await workspace.purgeTrash(lab.relay.disk, 'this process')).toBe(0)
    for (const [id, answer] of [
      [behind, 404],
      [ahead, 404],
      [back, 200],
      [late, 200],
    ] as const)
      expect(await status(lab, `/connector/record/${id}`)).toBe(answer)
  })

  test('is emptied by one process at a time', async () => {
    let now = Date.UTC(2026, 0, 1)
    const lab = await openFileLab(() => now)
    const workspace = lab.relay.workspace
    const id = newId()
    await lab.anna.write('client', id, { kind: 'person', name: 'Мак', managers: [lab.anna.id] })
    await lab.anna.write('client', id, { deletedAt: now })
    now += 30 * day
    await workspace?.store.lease('another process', ['job:trash'], now, now + minute)
    expect(await workspace?.purgeTrash(lab.relay.disk, 'this process')).toBe(0)
    now += minute
    expect(await workspace?.purgeTrash(lab.relay.disk, 'this process')).toBe(1)
  })

  test('nobody puts a record there in another’s name', async () => {
    const lab = await openFileLab()
    const boris = await lab.join('boris@romashka.ru')
    const id = newId()
    await lab.anna.write('client', id, { kind: 'person', name: 'Мак', managers: [lab.anna.id] })
    expect(await lab.anna.write('client', id, { deletedAt: 5, deletedBy: boris.id })).toMatchObject(
      { ok: false, reason: 'immutableField', field: 'deletedBy' },
    )
  })
})
