import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { WorkType } from '../../../client/import/plan.ts'
import { type CheckOptions, createSession } from '../../../client/import/session.ts'
import { openBase, type ReplicaBase } from '../../../client/replica/tables.ts'
import { createWriter } from '../../../client/replica/writer.ts'
import { type Write, writeRecords } from '../../../client/replica/writes.ts'
import { mergeWrites } from '../../../shared/duplicates/merge.ts'
import { newId } from '../../../shared/ids.ts'
import type { ClientRow } from '../../../shared/records/client.ts'
import { entryId, tagId } from '../../../shared/records/directory.ts'
import { defaultEntries } from '../../../shared/records/first-entries.ts'
import { simpleScenario, simpleStage } from '../../../shared/records/scenario.ts'
import { type Subject, service, tokensOf } from '../../../shared/rights.ts'
import { workFiles } from './work-files.ts'

const me = '00000000-0000-4000-8000-0000000000aa'
const anna = '00000000-0000-4000-8000-0000000000bb'
const subject: Subject = {
  kind: 'employee',
  id: me,
  administrator: false,
  tokens: tokensOf({ id: me, administrator: false }, []),
}
/** Makes what people may not. */
const relay: Subject = { ...service('relay'), id: me }
const firm = newId()
const oleg = newId()

let base: ReplicaBase
let now = 1_700_000_000_000

const write = async (writes: Write[], as: Subject = subject) => {
  const deps = { base, writer: createWriter(() => 4242), subject: () => as, clock: () => ++now }
  const result = await writeRecords(deps, writes)
  if (!result.ok) throw new Error(`${result.reason} ${result.field}`)
}

const employee = (id: string, name: string, email: string): Write => ({
  type: 'employee',
  id,
  patch: { name, email, role: 'employee' },
})

beforeEach(async () => {
  base = openBase(`work-${newId()}`)
  await base.open()
  await write(
    [
      ...defaultEntries.map(
        ({ type, id, row, name, more }): Write => ({
          type,
          id,
          patch: { ...row, name: name.ru, ...more?.('ru') },
        }),
      ),
      employee(me, 'Пётр Ёлкин', 'petr@firm.test'),
      employee(anna, 'Анна Смирнова', 'anna@firm.test'),
    ],
    relay,
  )
  await write([
    {
      type: 'client',
      id: firm,
      patch: {
        kind: 'organisation',
        name: 'ООО «Ромашка»',
        inn: '7707083893',
        managers: [me],
        phones: { a: { value: '+74951234567', kind: 'work', order: 'a0' } },
      },
    },
    {
      type: 'person',
      id: oleg,
      patch: { name: 'Щукин Олег', client: firm, managers: [me] },
    },
  ])
  const waiting = await base.outbox.toCollection().primaryKeys()
  await base.outbox.bulkDelete(waiting)
})
afterEach(() => base.delete())

type Options = Extract<CheckOptions, { content: WorkType }>

const optionsOf = (content: WorkType, more: Partial<Options> = {}): Options => ({
  content,
  mapping: [],
  mode: 'fill',
  defaults: { responsible: me, scenario: simpleScenario, tags: [], restricted: false },
  withMistakes: false,
  stamp: { id: newId(), at: ++now },
  by: me,
  ...more,
})

const load = async (
  content: WorkType,
  file: Blob | Uint8Array,
  more: Partial<Options> = {},
  as: Subject = subject,
) => {
  const run = createSession({ base, clock: () => ++now, onProgress: () => {} })
  const blob = file instanceof Blob ? file : new Blob([file as Uint8Array<ArrayBuffer>])
  const read = await run.read(blob, {}, 'Столбец', content)
  if (!read.ok) throw new Error(read.reason)
  const options = optionsOf(content, { mapping: read.value.mapping, ...more })
  const check = await run.check(options)
  const rows = await run.rows('all', 0, 1000)
  const end = await run.load(options, as)
  return { run, options, check, rows, end, id: options.stamp.id }
}

const file = (content: Exclude<WorkType, 'product'>, name: string): Uint8Array => {
  const found = workFiles[content][name]
  if (!found) throw new Error(`no ${name}`)
  return found
}
const csv = (...rows: string[]) => new Blob([rows.join('\r\n')])
const interests = async () =>
  (await base.interest.toArray())
    .filter(({ deletedAt }) => deletedAt === undefined)
    .sort((a, b) => (a.name + a.amount?.amount < b.name + b.amount?.amount ? -1 : 1))

describe('importing Interests, tasks and events by hand (F41)', () => {
  it('makes Interests of an export of Битрикс24: client, stage, money and days found', async () => {
    const { check, rows, end } = await load('interest', file('interest', 'bitrix-deals-1251.csv'), {
      defaults: {
        responsible: me,
        scenario: simpleScenario,
        tags: ['из Битрикса'],
        restricted: true,
      },
    })
    expect(check).toMatchObject({ counts: { create: 3, mistake: 0 }, warned: 2 })
    expect(end.counts).toMatchObject({ create: 3, refused: 0 })
    const [assembly, big, won] = await interests()
    expect(big).toMatchObject({
      name: 'Поставка кабеля',
      client: firm,
      person: oleg,
      amount: { amount: 1_250_000.5, currency: 'RUB' },
      probability: 50,
      closeDate: '2024-04-30',
      responsible: anna,
      tags: [tagId('из Битрикса')],
      restricted: true,
      createdAt: new Date(2024, 2, 12, 10, 11, 12).getTime(),
      status: 'open',
    })
    expect(big?.description).toBe('Ждут скидку\nСтадия сделки: Согласование')
    expect(won).toMatchObject({
      client: firm,
      responsible: me,
      status: 'won',
      closedAt: new Date(2024, 1, 1).getTime(),
      amount: { amount: 900, currency: 'USD' },
    })
    // Who is not there is said, and kept.
    expect(assembly?.client).toBeUndefined()
    expect(assembly?.description).toContain('Компания: Неизвестная фирма')
    expect(rows[2]?.problems.map(({ code }) => code)).toEqual(['client', 'manager'])
  })

  it('takes words and days of the end of a deal, and the phone for who it is', async () => {
    const { rows } = await load('interest', file('interest', 'amocrm-deals.csv'))
    const [advert, site] = await interests()
    expect(site).toMatchObject({
      client: firm,
      person: oleg,
      status: 'lost',
      stage: simpleStage('lost'),
      closedAt: new Date(2024, 1, 20).getTime(),
      tags: [tagId('опт'), tagId('выставка')].sort(),
      amount: { amount: 300_000, currency: 'RUB' },
    })
    expect(site?.description).toBe('Просили скидку\nПричина отказа: Дорого')
    expect(advert).toMatchObject({ client: firm })
    expect(rows.map(({ outcome }) => outcome)).toEqual(['create', 'create'])
  })

  it('finds the header of an Excel table under its title, and the client by ИНН', async () => {
    await load('interest', file('interest', '1c-interests.xlsx'))
    const [only] = await interests()
    expect(only).toMatchObject({
      name: 'Обслуживание на год',
      client: firm,
      amount: { amount: 120_000, currency: 'RUB' },
      createdAt: new Date(2024, 2, 12, 12, 0).getTime(),
    })
  })

  it('makes tasks with due, reminder, state and the Interest they are about', async () => {
    await load('interest', file('interest', 'bitrix-deals-1251.csv'))
    const [deal] = (await interests()).filter(({ name }) => name === 'Монтаж')
    await load(
      'task',
      csv(
        'Задача;Вид;Крайний срок;Длительность, мин;Напомнить;Статус;Сделка;Клиент',
        'Позвонить;Звонок;15.03.2024 14:30;90;60;В работе;Монтаж;',
        'Договор;;16.03.2024;;;Завершена;;ООО Ромашка',
      ),
    )
    const tasks = await base.task.toArray()
    expect(tasks.find(({ title }) => title === 'Позвонить')).toMatchObject({
      kind: 'call',
      due: new Date(2024, 2, 15, 14, 30).getTime(),
      duration: 90,
      remind: 60,
      interest: deal?.id,
      responsible: me,
    })
    const contract = tasks.find(({ title }) => title === 'Договор')
    expect(contract).toMatchObject({
      kind: 'task',
      due: Date.UTC(2024, 2, 16),
      allDay: true,
      client: firm,
      done: { by: me },
    })
  })

  it('makes events with their contacts; who is no client of ours makes none', async () => {
    const { check, rows } = await load('interaction', file('interaction', 'calls.csv'))
    expect(check?.counts).toMatchObject({ create: 3, mistake: 1 })
    expect(rows[3]?.problems.map(({ code }) => code)).toEqual(['client', 'noContact'])
    const [call, meeting, lunch] = (await base.interaction.toArray()).sort((a, b) => a.at - b.at)
    expect(call).toMatchObject({
      contact: firm,
      contactType: 'client',
      persons: [oleg],
      kind: entryId('interactionKind', 'call'),
      at: new Date(2024, 2, 12, 10, 30).getTime(),
      text: 'Договорились о встрече',
    })
    expect(meeting).toMatchObject({ contact: firm, persons: [oleg] })
    expect(lunch?.text).toBe('Новый вид события\nВид: Обед')
  })

  it.each(
    (['interest', 'task', 'interaction'] as const).flatMap((content) =>
      Object.keys(workFiles[content]).map((name) => [content, name] as const),
    ),
  )(
    'changes nothing when the file of %s %s comes twice, whatever the mode',
    async (content, name) => {
      await load(content, file(content, name), { mode: 'overwrite', withMistakes: true })
      const waiting = await base.outbox.count()
      expect(waiting).toBeGreaterThan(0)
      for (const mode of ['fill', 'overwrite', 'create'] as const) {
        const { end } = await load(content, file(content, name), { mode, withMistakes: true })
        expect({ mode, counts: end.counts }).toMatchObject({ counts: { create: 0, change: 0 } })
      }
      expect(await base.outbox.count()).toBe(waiting)
    },
  )

  it('keeps two equal deals apart, and knows both again', async () => {
    const twice = csv('Сделка;Клиент;Сумма', 'Кабель;ООО Ромашка;100', 'Кабель;ООО Ромашка;200')
    await load('interest', twice)
    const raised = csv('Сделка;Клиент;Сумма', 'Кабель;ООО Ромашка;100', 'Кабель;ООО Ромашка;250')
    const { end } = await load('interest', raised, { mode: 'overwrite' })
    expect(end.counts).toMatchObject({ create: 0, change: 1, same: 1 })
    expect((await interests()).map(({ amount }) => amount?.amount)).toEqual([100, 250])
  })

  it.each(['fill', 'overwrite'] as const)(
    'knows them again when their client was merged into another (%s)',
    async (mode) => {
      const [main, plus] = [newId(), newId()]
      const organisation = (id: string, name: string): Write => ({
        type: 'client',
        id,
        patch: { kind: 'organisation', name, managers: [me] },
      })
      await write([organisation(main, 'Пион'), organisation(plus, 'Пион плюс')])
      const deals = csv('Сделка;Клиент;Сумма', 'Кабель;Пион плюс;100')
      const calls = csv('Дата;Клиент;Описание', '01.02.2024 10:00;Пион плюс;Звонили')
      await load('interest', deals, { mode })
      await load('interaction', calls, { mode })
      const [kept, gone] = (await base.client.bulkGet([main, plus])) as [ClientRow, ClientRow] // written above
      await write(
        mergeWrites('client', kept, [gone], { by: me, at: ++now }).map((each) => ({
          ...each,
          type: 'client' as const,
        })),
      )
      for (const [content, again] of [
        ['interest', deals],
        ['interaction', calls],
      ] as const) {
        const { end, rows } = await load(content, again, { mode })
        expect({
          content,
          counts: end.counts,
          problems: rows.flatMap((row) => row.problems),
        }).toEqual(
          expect.objectContaining({
            counts: expect.objectContaining({ create: 0, change: 0, same: 1 }),
            problems: [],
          }),
        )
      }
    },
  )

  it('moves an Interest that another program moved, and knows it by the number there', async () => {
    const at = (name: string, stageName: string) =>
      csv('ID;Название сделки;Стадия сделки', `12;${name};${stageName}`)
    await load('interest', at('Кабель', ''))
    const [before] = await interests()
    const { end, id } = await load('interest', at('Кабель медный', 'Сделка успешна'), {
      mode: 'overwrite',
    })
    expect(end.counts).toMatchObject({ create: 0, change: 1 })
    const [after] = await interests()
    expect(after).toMatchObject({ id: before?.id, name: 'Кабель медный', status: 'won' })
    expect(after?.entered).toHaveLength(2)
    const { run } = await load('interest', at('Кабель медный', 'Сделка успешна'))
    expect(await run.undo(id, subject)).toMatchObject({ restored: 1 })
    const [back] = await interests()
    expect(back).toMatchObject({ name: 'Кабель', status: 'open' })
    expect(back?.entered).toHaveLength(1)
  })

  it('refuses a lost deal without its reason where one is demanded (decision 7)', async () => {
    await write([{ type: 'scenario', id: simpleScenario, patch: { reasonRequired: true } }], relay)
    const scenarios = new Map((await base.scenario.toArray()).map((each) => [each.id, each]))
    const { rows, end } = await load(
      'interest',
      csv(
        'Сделка;Этап;Причина отказа',
        'Без причины;Проиграна;',
        'С причиной;Проиграна;Не устроила цена',
      ),
      { withMistakes: true },
      { ...subject, scenarios: scenarios as NonNullable<Subject['scenarios']> },
    )
    expect(rows[0]).toMatchObject({ outcome: 'mistake', problems: [{ code: 'noReason' }] })
    expect(rows[1]?.outcome).toBe('create')
    expect(end.counts).toMatchObject({ create: 1, mistake: 1, refused: 0 })
    expect(await interests()).toMatchObject([
      {
        name: 'С причиной',
        stage: simpleStage('lost'),
        lossReason: entryId('lossReason', 'price'),
      },
    ])
  })

  it('takes an import back, but not what people worked on since', async () => {
    const { run, id } = await load('interest', file('interest', 'bitrix-deals-1251.csv'))
    const [assembly, cable] = await interests()
    await write([{ type: 'interest', id: cable?.id ?? '', patch: { budget: 'month' } }])
    await write([
      {
        type: 'task',
        id: newId(),
        patch: { title: 'Замер', kind: 'task', responsible: me, interest: assembly?.id },
      },
    ])
    expect(await run.undo(id, subject)).toEqual({ removed: 1, restored: 0, kept: 2, refused: 0 })
    expect((await interests()).map(({ name }) => name)).toEqual(['Монтаж', 'Поставка кабеля'])
  })

  it('leaves a client on whom an Interest hangs when its own import is taken back', async () => {
    const run = createSession({ base, clock: () => ++now, onProgress: () => {} })
    const read = await run.read(csv('Название', 'ООО Лютик'), {}, 'Столбец')
    if (!read.ok) throw new Error(read.reason)
    const stamp = { id: newId(), at: ++now }
    await run.load(
      {
        mapping: read.value.mapping,
        kind: 'auto',
        mode: 'fill',
        defaults: { managers: [me], tags: [] },
        withMistakes: false,
        stamp,
        by: me,
        self: me,
      },
      subject,
    )
    await load('interest', csv('Сделка;Клиент', 'Договор;ООО Лютик'))
    expect(await run.undo(stamp.id, subject)).toMatchObject({ removed: 0, kept: 1 })
  })

  it('goes on where it was interrupted and makes nothing twice', async () => {
    const some = csv('Сделка', ...Array.from({ length: 450 }, (_, n) => `Сделка ${n % 300}`))
    const options = { mode: 'anyway' as const, stamp: { id: newId(), at: ++now } }
    const run = createSession({
      base,
      clock: () => ++now,
      onProgress: ({ kind, done }) => {
        if (kind === 'load' && done >= 200) void run.cancel()
      },
    })
    const read = await run.read(some, {}, 'Столбец', 'interest')
    if (!read.ok) throw new Error(read.reason)
    const given = optionsOf('interest', {
      ...options,
      mapping: read.value.mapping,
    })
    expect(await run.load(given, subject)).toMatchObject({ kind: 'cancelled' })
    expect(await base.interest.count()).toBe(200)
    const { end } = await load('interest', some, options)
    expect(end.counts).toMatchObject({ create: 450, same: 0 })
    expect(await base.interest.count()).toBe(450)
  })

  it('says what it does not understand and loads the row with its words', async () => {
    const { rows } = await load(
      'interest',
      csv(
        'Сделка;Этап;Сумма;Предполагаемая дата закрытия;Вероятность;Воронка',
        'Раз;Полёт;много;когда-нибудь;146;Главная',
        ';;;;;',
        ';Новый;5;;;',
      ),
    )
    expect(rows[0]?.outcome).toBe('create')
    expect(rows[0]?.problems.map(({ code }) => code).sort()).toEqual([
      'field',
      'field',
      'field',
      'field',
      'stage',
    ])
    const [only] = await interests()
    for (const word of ['Полёт', 'много', 'когда-нибудь', '146', 'Главная'])
      expect(only?.description).toContain(word)
    expect(rows[1]).toMatchObject({
      outcome: 'mistake',
      problems: [{ code: 'title' }, { code: 'stage' }],
    })
  })
})
