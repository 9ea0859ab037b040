import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ContactOptions, createSession } from '../../../client/import/session.ts'
import { openBase, type ReplicaBase } from '../../../client/replica/tables.ts'
import { createWriter } from '../../../client/replica/writer.ts'
import { writeRecords } from '../../../client/replica/writes.ts'
import { mergeWrites } from '../../../shared/duplicates/merge.ts'
import { newId } from '../../../shared/ids.ts'
import type { Patch } from '../../../shared/records/change.ts'
import type { ClientRow } from '../../../shared/records/client.ts'
import { tagId } from '../../../shared/records/directory.ts'
import type { Subject } from '../../../shared/rights.ts'
import { tokensOf } from '../../../shared/rights.ts'
import { files } from './files.ts'
import { xlsx } from './spreadsheet.ts'

const me = '00000000-0000-4000-8000-0000000000aa'
const subject: Subject = {
  kind: 'employee',
  id: me,
  administrator: false,
  tokens: tokensOf({ id: me, administrator: false }, []),
}

let base: ReplicaBase
let now = 1_700_000_000_000
beforeEach(async () => {
  base = openBase(`import-${newId()}`)
  await base.open()
})
afterEach(() => base.delete())

const session = () => createSession({ base, clock: () => ++now, onProgress: () => {} })

const optionsOf = (more: Partial<ContactOptions> = {}): ContactOptions => ({
  mapping: [],
  kind: 'auto',
  mode: 'fill',
  defaults: { managers: [me], tags: [] },
  withMistakes: false,
  stamp: { id: newId(), at: ++now },
  by: me,
  self: me,
  ...more,
})

const csv = (...rows: string[]) => new Blob([rows.join('\r\n')])

/** Reads, checks and loads a file; what the check promised and what the load did. */
const load = async (file: Blob, more: Partial<ContactOptions> = {}, as: Subject = subject) => {
  const run = session()
  const read = await run.read(file, {}, 'Столбец')
  if (!read.ok) throw new Error(read.reason)
  const options = optionsOf({ mapping: read.value.mapping, ...more })
  const check = await run.check(options)
  const rows = await run.rows('all', 0, 1000)
  const end = await run.load(options, as)
  return { run, options, check, rows, end, id: options.stamp.id }
}

const change = async (type: 'client' | 'person', id: string, patch: Patch) => {
  const deps = {
    base,
    writer: createWriter(() => 4242),
    subject: () => subject,
    clock: () => ++now,
  }
  const result = await writeRecords(deps, [{ type, id, patch }])
  if (!result.ok) throw new Error(`${result.reason} ${result.field}`)
}

const clients = async () =>
  (await base.client.toArray()).filter(({ deletedAt }) => deletedAt === undefined)
const named = async (name: string) => {
  const row = (await clients()).find((client) => client.name === name)
  if (!row) throw new Error(`no ${name}`)
  return row
}
const segment = { type: 'clientSegment', createdAt: 1 } as const
const withoutIds = (list: object[]) =>
  list.map((part) => {
    const { id: _, order: __, ...rest } = part as { id?: string; order?: string }
    return rest
  })

describe('loading a file', () => {
  it('creates what the check promised, and the outbox holds it', async () => {
    const file = new Blob([files['bitrix-contacts-1251.csv'] as Uint8Array<ArrayBuffer>])
    const { check, end } = await load(file, {
      defaults: { managers: [me], tags: [], relation: 'buyer' },
    })
    expect(check?.counts).toMatchObject({ create: 2, mistake: 0 })
    expect(end).toMatchObject({ kind: 'done', counts: { create: 2 } })
    const firm = await named('ООО Ромашка')
    expect(firm).toMatchObject({ kind: 'organisation', relation: 'buyer', managers: [me] })
    const [person] = await base.person.toArray()
    expect(person).toMatchObject({ name: 'Щукин Олег Игоревич', client: firm.id, managers: [me] })
    expect(await base.outbox.count()).toBe(3)
  })

  it('takes «Название» beside the names of a person for their firm, unless it says the same', async () => {
    await load(csv('Название;Фамилия;Имя', 'ООО Ландыш;Щукин;Олег'))
    expect(await named('ООО Ландыш')).toMatchObject({ kind: 'organisation' })
    expect(await base.person.toArray()).toMatchObject([{ name: 'Щукин Олег' }])
    await load(csv('Наименование;Фамилия;Имя', 'Белова Анна;Белова;Анна'))
    expect(await named('Белова Анна')).toMatchObject({ kind: 'person' })
  })

  it.each(Object.keys(files))(
    'changes nothing when %s comes twice, whatever the mode',
    async (name) => {
      const file = new Blob([files[name] as Uint8Array<ArrayBuffer>])
      await load(file, { withMistakes: true, mode: 'overwrite' })
      const waiting = await base.outbox.count()
      for (const mode of ['fill', 'overwrite'] as const) {
        const { end } = await load(file, { withMistakes: true, mode })
        expect({ mode, counts: end.counts }).toMatchObject({ counts: { create: 0, change: 0 } })
      }
      expect(await base.outbox.count()).toBe(waiting)
    },
  )

  it('finds a record by phone or e-mail and fills only what is empty', async () => {
    await load(csv('Название;Телефон;ИНН', 'Альфа;8 495 111-22-33;'))
    const second = csv(
      'Название;Телефон;ИНН;Почта',
      'ООО Альфа;+7 (495) 1112233;7707083893;a@alfa.test',
    )
    const { rows, end } = await load(second)
    expect(rows[0]).toMatchObject({
      outcome: 'change',
      found: { name: 'Альфа', key: 'phone:+74951112233' },
    })
    expect(Object.keys(rows[0]?.changed ?? {}).map((path) => path.split('/')[0])).toEqual([
      'inn',
      'emails',
    ])
    expect(end.counts).toMatchObject({ change: 1, create: 0 })
    expect(await named('Альфа')).toMatchObject({
      inn: '7707083893',
      emails: [{ value: 'a@alfa.test' }],
    })
  })

  it('makes the tags that the directory lacks', async () => {
    const { end } = await load(
      csv('Название;Телефон;Теги', 'Альфа;84951112233;опт, Выставка', 'Бета;84951112234;ОПТ'),
      { defaults: { managers: [me], tags: ['загрузка'] } },
    )
    expect(end.counts).toMatchObject({ create: 2, refused: 0 })
    const entries = await base.directory.toArray()
    expect(entries.map(({ name }) => name).sort()).toEqual(['Выставка', 'загрузка', 'опт'])
    expect((await named('Бета')).tags).toEqual([tagId('опт'), tagId('загрузка')])
  })

  it('puts clients into segments by hand, found by name or made, and into none that a rule makes', async () => {
    const [mine, theirs, ruled] = [newId(), newId(), newId()]
    const filter = { join: 'all', of: [{ field: 'inn', op: 'filled' }] }
    await base.clientSegment.bulkPut([
      { ...segment, id: mine, name: 'Выставка', owner: me },
      { ...segment, id: theirs, name: 'выставка', owner: newId(), shared: true },
      { ...segment, id: ruled, name: 'С ИНН', owner: me, filter },
      { ...segment, id: newId(), name: 'Рассылка', owner: me, deletedAt: 1 },
    ])
    await change('client', newId(), {
      kind: 'organisation',
      name: 'Чужая выставка',
      managers: [me],
      segments: [theirs],
    })
    const file = csv(
      'Название;Телефон;Сегменты',
      'Альфа;84951112233;ВЫСТАВКА, Рассылка',
      'Бета;84951112234;рассылка',
      'Гамма;84951112235;С ИНН',
      'Чужая выставка;;Выставка',
    )
    const { rows, end } = await load(file)
    expect(end.counts).toMatchObject({ create: 3, same: 1, mistake: 0 })
    const made = (await base.clientSegment.toArray()).filter(
      ({ name, deletedAt }) => name === 'Рассылка' && deletedAt === undefined,
    )
    expect(made).toMatchObject([{ owner: me }])
    const [{ id: mailing } = { id: '' }] = made
    expect(new Set((await named('Альфа')).segments)).toEqual(new Set([mine, mailing]))
    expect((await named('Бета')).segments).toEqual([mailing])
    expect(rows[2]?.problems).toMatchObject([{ code: 'byRule', value: 'С ИНН' }])
    const gamma = await named('Гамма')
    expect(gamma).toMatchObject({ note: 'Сегменты: С ИНН' })
    expect(gamma.segments ?? []).toEqual([])
    // Of two with one name it is in one already.
    expect((await named('Чужая выставка')).segments).toEqual([theirs])
    expect((await load(file)).end.counts).toMatchObject({ same: 4 })
  })

  it('tells by name the tags and segments that it would make', async () => {
    await load(csv('Название;Телефон', 'Альфа;84951112233'))
    const { rows } = await load(
      csv('Название;Телефон;Теги;Сегменты', 'Альфа;84951112233;Опт;Выставка'),
      { mode: 'create' },
    )
    expect(rows[0]?.outcome).toBe('skip')
    expect(rows[0]?.made.map(([, name]) => name)).toEqual(['Опт', 'Выставка'])
    expect(rows[0]?.changed).toMatchObject({
      tags: [null, [tagId('опт')]],
      segments: [null, [rows[0]?.made[1]?.[0]]],
    })
    expect(await base.clientSegment.count()).toBe(0)
  })

  it('overwrites, creates only, or creates anyway', async () => {
    const first = csv('Название;Телефон', 'Альфа;8 495 111-22-33')
    const second = csv('Название;Телефон;Заметка', 'Альфа плюс;8 495 111-22-33;новое')
    await load(first)
    expect((await load(second, { mode: 'create' })).end.counts).toMatchObject({
      skip: 1,
      create: 0,
    })
    expect(await clients()).toHaveLength(1)
    await load(second, { mode: 'overwrite' })
    expect(await named('Альфа плюс')).toMatchObject({ note: 'новое' })
    expect((await load(second, { mode: 'anyway' })).end.counts).toMatchObject({ create: 1 })
    expect(await clients()).toHaveLength(2)
  })

  it('joins two rows about one client, and tells firms with one phone by their ИНН', async () => {
    const { rows } = await load(
      csv(
        'Название;Телефон;ИНН',
        'Мак;8 495 000-00-01;7740000076',
        'АО «Мак»;8 495 000-00-02;7740000076',
        'Сосед Мака;8 495 000-00-01;7736050003',
      ),
    )
    expect(rows.map(({ outcome, found }) => [outcome, found?.line])).toEqual([
      ['create', undefined],
      ['change', 2],
      ['create', undefined],
    ])
    expect((await named('Мак')).phones.map(({ value }) => value)).toEqual([
      '+74950000001',
      '+74950000002',
    ])
  })

  it('leaves out rows with mistakes and gives them back as a file that loads once corrected', async () => {
    const { run, end } = await load(
      csv(
        'Название;Телефон;ИНН',
        'Верный;8 495 000-00-01;',
        '=Кривой;12-34-5678901234567890;7707083894',
        ';1;',
      ),
    )
    expect(end.counts).toMatchObject({ create: 1, mistake: 2 })
    expect(end.failed).toEqual([
      { line: 3, reason: null },
      { line: 4, reason: null },
    ])
    const report = await run.report(
      new Map([
        [3, 'телефон'],
        [4, 'имя'],
      ]),
      'Ошибка',
    )
    const text = (await report.text())
      .replace('12-34-5678901234567890', '84950000009')
      .replace('7707083894', '7707083893')
    expect(text).toContain("'=Кривой")
    const again = await load(new Blob([text]))
    expect(again.options.mapping).toEqual(['name', 'phone.work', 'inn', null])
    expect(again.end.counts).toMatchObject({ create: 1, mistake: 1 })
    expect(await named('=Кривой')).toMatchObject({ inn: '7707083893' })
  })

  it('keeps the wrong value in the note where mistakes are loaded, too', async () => {
    await load(csv('Название;Телефон', 'Косой;нет 12345678901234567'), { withMistakes: true })
    expect(await named('Косой')).toMatchObject({
      phones: [],
      note: 'Телефон: нет 12345678901234567',
    })
  })

  it('goes on after an interruption without a second record', async () => {
    const rows = Array.from({ length: 450 }, (_, n) => `Фирма без всего ${n};`)
    const file = csv('Название;Телефон', ...rows)
    const run = session()
    const read = await run.read(file, {}, 'Столбец')
    if (!read.ok) throw new Error(read.reason)
    const options = optionsOf({ mapping: read.value.mapping, mode: 'anyway' })
    let seen = 0
    const stopping = createSession({
      base,
      clock: () => ++now,
      onProgress: (progress) => {
        if (progress.kind === 'load' && ++seen === 1) void stopping.cancel()
      },
    })
    await stopping.read(file, {}, 'Столбец')
    expect(await stopping.load(options, subject)).toMatchObject({
      kind: 'cancelled',
      counts: { create: 200 },
    })
    expect(await clients()).toHaveLength(200)
    expect((await run.load(options, subject)).counts).toMatchObject({ create: 450, same: 0 })
    expect(await clients()).toHaveLength(450)
  })

  it('comes to a halt where the device is full, and goes on once there is room', async () => {
    const file = csv(
      'Название;Телефон',
      ...Array.from({ length: 230 }, (_, n) => `Фирма без всего ${n};`),
    )
    const run = session()
    const read = await run.read(file, {}, 'Столбец')
    if (!read.ok) throw new Error(read.reason)
    const options = optionsOf({ mapping: read.value.mapping, mode: 'anyway' })
    let room = 200
    const refuse = () => {
      if (room-- <= 0) throw new DOMException('full', 'QuotaExceededError')
    }
    base.client.hook('creating', refuse)
    expect(await run.load(options, subject)).toMatchObject({
      kind: 'failed',
      reason: 'deviceFull',
      counts: { create: 200, refused: 0 },
      failed: [],
    })
    base.client.hook('creating').unsubscribe(refuse)
    expect(await run.load(options, subject)).toMatchObject({
      kind: 'done',
      counts: { create: 230, refused: 0 },
    })
    expect(await clients()).toHaveLength(230)
  })

  it('shows what was chosen last where a check is asked for while another runs', async () => {
    const file = csv('Название;Телефон', ...new Array<string>(1100).fill('Альфа;84951112233'))
    const run = session()
    const read = await run.read(file, {}, 'Столбец')
    if (!read.ok) throw new Error(read.reason)
    const { mapping } = read.value
    const [earlier, later] = await Promise.all([
      run.check(optionsOf({ mapping, mode: 'anyway' })),
      run.check(optionsOf({ mapping })),
    ])
    expect({ earlier, later }).toMatchObject({
      earlier: null,
      later: { counts: { create: 1, same: 1099 } },
    })
    expect(await run.rows('all', 1, 1)).toMatchObject([{ outcome: 'same' }])
  })

  it('keeps the file that was read where another sheet shows nothing', async () => {
    const book = xlsx({ rows: [['Название'], ['ООО «Кит»']] }, undefined, [{ rows: [] }])
    const run = session()
    const file = new Blob([book as Uint8Array<ArrayBuffer>])
    expect(await run.read(file, {}, 'Столбец')).toMatchObject({ ok: true })
    expect(await run.read(file, { sheet: 1 }, 'Столбец')).toEqual({
      ok: false,
      reason: 'emptyFile',
    })
    expect(await run.headed(0, 'Столбец')).toMatchObject({ headings: ['Название'], count: 1 })
  })

  it('refuses by its size what would not fit into the memory, and says of a file that went away', async () => {
    const huge = new Blob(['Название\r\nКит'])
    Object.defineProperty(huge, 'size', { value: 3 * 1024 ** 3 })
    expect(await session().read(huge, {}, 'Столбец')).toEqual({ ok: false, reason: 'tooLarge' })
    const gone = new Blob(['Название\r\nКит'])
    gone.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotReadableError'))
    expect(await session().read(gone, {}, 'Столбец')).toEqual({
      ok: false,
      reason: 'unreadableFile',
    })
  })

  it('counts what it changed before an interruption once, with what it changes after', async () => {
    await load(csv('Название;Телефон', 'Альфа;', 'Бета;', 'Гамма;'))
    const nameless = Array.from({ length: 198 }, () => ';info@firma.test')
    const rows = ['Альфа;a@a.test', 'Бета;b@b.test', ...nameless, 'Гамма;c@c.test']
    const file = csv('Название;Почта', ...rows, 'Альфа;a@a.test')
    const options = optionsOf({ mapping: ['name', 'email.work'], mode: 'overwrite' })
    let seen = 0
    const stopping = createSession({
      base,
      clock: () => ++now,
      onProgress: (progress) => {
        if (progress.kind === 'load' && ++seen === 1) void stopping.cancel()
      },
    })
    await stopping.read(file, {}, 'Столбец')
    expect((await stopping.load(options, subject)).counts).toMatchObject({ change: 2 })
    const run = session()
    await run.read(file, {}, 'Столбец')
    expect((await run.load(options, subject)).counts).toMatchObject({ change: 3, same: 1 })
  })

  it('loads what it may where rights refuse a row', async () => {
    const stranger = newId()
    await change('client', newId(), {
      kind: 'organisation',
      name: 'Чужой',
      managers: [me],
      phones: { [newId()]: { value: '+74950000005', kind: 'work', order: 'a0' } },
    })
    const foreign = await named('Чужой')
    // Handed over to somebody else: readable to all, changed by nobody but them.
    await change('client', foreign.id, { managers: [stranger], open: 'read' })
    const { end } = await load(
      csv(
        'Название;Телефон;Почта;Теги;Сегменты',
        'Чужой;8 495 000-00-05;x@x.test;опт;VIP',
        'Свой;8 495 000-00-06;y@y.test;опт;VIP',
      ),
    )
    expect(end.counts).toMatchObject({ create: 1, refused: 1 })
    expect(end.failed).toEqual([{ line: 2, reason: 'forbidden' }])
    // What the refused row would have made is there for the rows below it.
    const [vip] = await base.clientSegment.toArray()
    expect(await named('Свой')).toMatchObject({ tags: [tagId('опт')], segments: [vip?.id] })
    expect((await base.directory.toArray()).map(({ id }) => id)).toEqual([tagId('опт')])
  })
})

describe('a file whose clients were made one since', () => {
  const file = csv(
    'Название;ИНН;Фамилия;Имя',
    'Ромашка;7707083893;Щукин;Олег',
    'Ромашка плюс;7736050003;Цой;Нина',
  )
  const merge = async (main: string, duplicate: string) => {
    const all = await base.client.bulkGet([main, duplicate])
    const [kept, gone] = all as [ClientRow, ClientRow] // both are there
    for (const { id, patch } of mergeWrites('client', kept, [gone], { by: me, at: ++now }))
      await change('client', id, patch)
  }

  it.each(['fill', 'overwrite'] as const)('makes neither of them anew (%s)', async (mode) => {
    await load(file)
    const [main, duplicate] = [await named('Ромашка'), await named('Ромашка плюс')]
    await merge(main.id, duplicate.id)
    const waiting = await base.outbox.count()
    const { rows, end } = await load(file, { mode })
    expect(end.counts).toMatchObject({ create: 0, same: 2 })
    expect(rows.map(({ found }) => found?.id)).toContain(main.id)
    expect(await base.outbox.count()).toBe(waiting)
    expect(await base.client.count()).toBe(2)
    expect(await base.person.count()).toBe(2)
  })

  it('knows our own table by the ids of both', async () => {
    await load(file)
    const [main, duplicate] = [await named('Ромашка'), await named('Ромашка плюс')]
    const table = csv('Наименование;ID клиента', `Ромашка;${main.id}`, `Другая;${duplicate.id}`)
    const mapping = ['name', 'id'] as const
    await merge(main.id, duplicate.id)
    const { end } = await load(table, { mapping: [...mapping] })
    expect(end.counts).toMatchObject({ create: 0, same: 2 })
  })
})

describe('undoing an import', () => {
  it('removes what it created and restores what it changed', async () => {
    await load(csv('Название;Телефон;Теги', 'Альфа;8 495 111-22-33;опт'))
    const before = await named('Альфа')
    const { run, id } = await load(
      csv(
        'Название;Телефон;Почта;ИНН;Теги',
        'Альфа+;84951112233;a@alfa.test;7707083893;vip',
        'Бета;84951112234;;;',
      ),
      { mode: 'overwrite' },
    )
    expect(await clients()).toHaveLength(2)
    expect(await run.undo(id, subject)).toEqual({ removed: 1, restored: 1, kept: 0, refused: 0 })
    const [after] = await clients()
    expect(after).toEqual({ ...before, imports: after?.imports })
    expect(withoutIds(after?.imports ?? [])).toEqual(withoutIds(before.imports))
    // A second time there is nothing left to undo.
    expect(await run.undo(id, subject)).toEqual({ removed: 0, restored: 0, kept: 0, refused: 0 })
  })

  it('keeps what people changed since, also in the fields beside', async () => {
    await load(csv('Название;Телефон', 'Альфа;8 495 111-22-33'))
    const { run, id } = await load(
      csv(
        'Название;Телефон;Почта;ИНН',
        'Альфа;84951112233;a@alfa.test;7707083893',
        'Бета;84951112234;;',
        'Гамма;84951112235;;',
      ),
    )
    const [alfa, beta] = [await named('Альфа'), await named('Бета')]
    await change('client', alfa.id, { inn: '7736050003' })
    await change('client', beta.id, { note: 'звонил, перезвонить' })
    expect(await run.undo(id, subject)).toEqual({ removed: 1, restored: 1, kept: 1, refused: 0 })
    expect((await clients()).map(({ name }) => name).sort()).toEqual(['Альфа', 'Бета'])
    expect(await named('Альфа')).toMatchObject({ inn: '7736050003', emails: [] })
  })

  it('keeps a client to whom somebody added a person, and takes its own persons along', async () => {
    const { run, id } = await load(
      csv(
        'Фамилия;Имя;Компания;Телефон',
        'Щукин;Олег;Первая;84950000011',
        'Белова;Анна;Вторая;84950000012',
      ),
    )
    const second = await named('Вторая')
    await change('person', newId(), { name: 'Новый человек', client: second.id, managers: [me] })
    expect(await run.undo(id, subject)).toEqual({ removed: 3, restored: 0, kept: 1, refused: 0 })
    expect((await clients()).map(({ name }) => name)).toEqual(['Вторая'])
  })

  it('takes back a change that two rows of the file made', async () => {
    await load(csv('Название;Телефон', 'Альфа;84951112233'))
    const { run, id } = await load(
      csv(
        'Название;Телефон;Почта;Сайт',
        'Альфа;84951112233;a@a.test;',
        'Альфа;84951112233;;a.test',
      ),
    )
    expect(await named('Альфа')).toMatchObject({ emails: [{}], links: [{}] })
    await run.undo(id, subject)
    expect(await named('Альфа')).toMatchObject({ emails: [], links: [], phones: [{}] })
  })
})

describe('names of people in a file', () => {
  const parts = { lastName: 'Щукин', firstName: 'Олег', middleName: 'Игоревич' }

  it('stand in parts of their own under whatever heading a program gives them', async () => {
    for (const header of [
      'Фамилия;Имя;Отчество;Телефон',
      'Last Name;First Name;Middle Name;Phone',
      'Family Name;Given Name;Additional Name;Phone',
      'Фамилия клиента;Имя клиента;Отчество клиента;Телефон',
    ]) {
      await load(csv(header, 'Щукин;Олег;Игоревич;89161234567'), { mode: 'anyway' })
      const made = (await clients()).at(-1)
      expect({ header, made }).toMatchObject({ header, made: { kind: 'person', ...parts } })
    }
    const card = ['BEGIN:VCARD', 'N:Щукин;Олег;Игоревич;;', 'FN:Олег Щукин', 'END:VCARD']
    await load(csv(...card), { mode: 'anyway' })
    expect((await clients()).filter((made) => made.middleName === 'Игоревич')).toHaveLength(5)
  })

  it('in one column are taken apart where a patronymic makes it sure, and stay whole elsewhere', async () => {
    await load(
      csv(
        'Компания;Контактное лицо',
        'ООО Ландыш;Олег Игоревич Щукин',
        'ООО Лютик;Щукин Олег',
        'ИП Белова Анна Ильинична;',
        'ИП Белов (ларёк);',
      ),
    )
    const persons = await base.person.toArray()
    expect(persons.map(({ name }) => name).sort()).toEqual(['Щукин Олег', 'Щукин Олег Игоревич'])
    expect(persons.find(({ middleName }) => middleName)).toMatchObject(parts)
    expect(persons.find(({ middleName }) => !middleName)).not.toHaveProperty('lastName')
    expect(await named('ИП Белова Анна Ильинична')).toMatchObject({
      kind: 'entrepreneur',
      lastName: 'Белова',
    })
    expect(await named('ИП Белов (ларёк)')).not.toHaveProperty('lastName')
  })

  it('fill what agrees, overwrite together, and go back together', async () => {
    const header = 'Фамилия;Имя;Отчество;Телефон'
    await load(csv('ФИО;Телефон', 'Щукин Олег;89161234567'))
    const whole = await named('Щукин Олег')
    await load(csv(header, 'Щукин;Олег;;89161234567'))
    await load(csv(header, 'Карпов;Пётр;Ильич;89161234567'))
    expect(await base.client.get(whole.id)).toMatchObject({ name: 'Щукин Олег', firstName: 'Олег' })
    const { run, id } = await load(csv(header, 'Карпов;Пётр;Ильич;89161234567'), {
      mode: 'overwrite',
    })
    expect(await base.client.get(whole.id)).toMatchObject({ name: 'Карпов Пётр Ильич' })
    await run.undo(id, subject)
    const back = await base.client.get(whole.id)
    expect(back).toMatchObject({ name: 'Щукин Олег', lastName: 'Щукин' })
    expect(back).not.toHaveProperty('middleName')
  })

  it('that it created itself are undone, in parts or whole', async () => {
    const rows = ['Щукин;Олег;;89161234567', 'Щукин;Олег;Игоревич;89161234567', 'Лин;;;']
    const { run, id } = await load(csv('Фамилия;Имя;Отчество;Телефон', ...rows))
    expect(await named('Щукин Олег Игоревич')).toMatchObject(parts)
    expect(await run.undo(id, subject)).toMatchObject({ removed: 2, kept: 0 })
  })
})

describe('a field of one’s own with a default', () => {
  const field = async (recordType: string, kind: string, value: unknown) => {
    const id = newId()
    const admin = { ...subject, administrator: true }
    const deps = {
      base,
      writer: createWriter(() => 4243),
      subject: () => admin,
      clock: () => ++now,
    }
    const patch = { recordType, kind, name: `Поле ${kind}`, default: value }
    const result = await writeRecords(deps, [{ type: 'field', id, patch }])
    if (!result.ok) throw new Error(`${result.reason} ${result.field}`)
    return id
  }

  it('begins with it in what an import creates, where the file has no column for it', async () => {
    const [score, city, day, role] = [
      await field('client', 'number', 7),
      await field('client', 'text', 'Москва'),
      await field('client', 'date', 'today'),
      await field('person', 'yesNo', false),
    ]
    await load(
      csv('Название;Поле text;Контактное лицо', 'Альфа;;Щукин Олег', 'Бета;Тверь;'),
      {},
      { ...subject, closed: new Set() },
    )
    const today = new Date(now)
    const made = `${today.getFullYear()}-${String(today.getMonth() + 1).padStart(2, '0')}-${String(today.getDate()).padStart(2, '0')}`
    expect((await named('Альфа')).custom).toEqual({ [score]: 7, [day]: made })
    expect((await named('Бета')).custom).toEqual({ [score]: 7, [city]: 'Тверь', [day]: made })
    expect(await base.person.toArray()).toMatchObject([{ custom: { [role]: false } }])
  })

  it('is left alone in what is there, and where who loads may not fill it in', async () => {
    await load(csv('Название;Телефон', 'Альфа;84951112233'))
    const score = await field('client', 'number', 7)
    await load(csv('Название;Телефон;Почта', 'Альфа;84951112233;a@a.test'))
    expect(await named('Альфа')).toMatchObject({ emails: [{}] })
    expect((await named('Альфа')).custom ?? {}).toEqual({})
    await load(csv('Название', 'Бета'), {}, { ...subject, closed: new Set([score]) })
    expect((await named('Бета')).custom ?? {}).toEqual({})
    const { run, id } = await load(csv('Название', 'Гамма'))
    expect((await named('Гамма')).custom).toEqual({ [score]: 7 })
    expect(await run.undo(id, subject)).toMatchObject({ removed: 1, kept: 0 })
  })
})
