import { describe, expect, it } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import { tagId } from '../../../shared/records/directory.ts'
import { files } from './files.ts'
import { csv, loadLab, me, segment } from './load-lab.ts'

const lab = loadLab()
const { change, clients, load, named } = lab

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
    const [person] = await lab.base.person.toArray()
    expect(person).toMatchObject({ name: 'Щукин Олег Игоревич', client: firm.id, managers: [me] })
    expect(await lab.base.outbox.count()).toBe(3)
  })

  it('takes «Название» beside the names of a person for their firm, unless it says the same', async () => {
    await load(csv('Название;Фамилия;Имя', 'ООО Ландыш;Щукин;Олег'))
    expect(await named('ООО Ландыш')).toMatchObject({ kind: 'organisation' })
    expect(await lab.base.person.toArray()).toMatchObject([{ name: 'Щукин Олег' }])
    await load(csv('Наименование;Фамилия;Имя', 'Белова Анна;Белова;Анна'))
    expect(await named('Белова Анна')).toMatchObject({ kind: 'person' })
  })

  it.each(Object.keys(files))(
    'changes nothing when %s comes twice, whatever the mode',
    async (name) => {
      const file = new Blob([files[name] as Uint8Array<ArrayBuffer>])
      await load(file, { withMistakes: true, mode: 'overwrite' })
      const waiting = await lab.base.outbox.count()
      for (const mode of ['fill', 'overwrite'] as const) {
        const { end } = await load(file, { withMistakes: true, mode })
        expect({ mode, counts: end.counts }).toMatchObject({ counts: { create: 0, change: 0 } })
      }
      expect(await lab.base.outbox.count()).toBe(waiting)
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
    const entries = await lab.base.directory.toArray()
    expect(entries.map(({ name }) => name).sort()).toEqual(['Выставка', 'загрузка', 'опт'])
    expect((await named('Бета')).tags).toEqual([tagId('опт'), tagId('загрузка')])
  })

  it('puts clients into segments by hand, found by name or made, and into none that a rule makes', async () => {
    const [mine, theirs, ruled] = [newId(), newId(), newId()]
    const filter = { join: 'all', of: [{ field: 'inn', op: 'filled' }] }
    await lab.base.clientSegment.bulkPut([
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
    const made = (await lab.base.clientSegment.toArray()).filter(
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
    expect(await lab.base.clientSegment.count()).toBe(0)
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
    const [vip] = await lab.base.clientSegment.toArray()
    expect(await named('Свой')).toMatchObject({ tags: [tagId('опт')], segments: [vip?.id] })
    expect((await lab.base.directory.toArray()).map(({ id }) => id)).toEqual([tagId('опт')])
  })
})
