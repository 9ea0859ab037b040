import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exportWork } from '../../../client/export/export-work.ts'
import type { Mode, WorkType } from '../../../client/import/plan.ts'
import { createSession } from '../../../client/import/session.ts'
import { openBase, type ReplicaBase } from '../../../client/replica/tables.ts'
import { createWriter } from '../../../client/replica/writer.ts'
import { type Write, writeRecords } from '../../../client/replica/writes.ts'
import { newId } from '../../../shared/ids.ts'
import { defaultEntries } from '../../../shared/records/first-entries.ts'
import { simpleScenario, simpleStage } from '../../../shared/records/scenario.ts'
import { type Subject, service, tokensOf } from '../../../shared/rights.ts'

const me = '00000000-0000-4000-8000-0000000000aa'
const subject: Subject = {
  kind: 'employee',
  id: me,
  administrator: true,
  tokens: tokensOf({ id: me, administrator: true }, []),
}
const relay: Subject = { ...service('relay'), id: me }
let now = 1_700_000_000_000
const bases: ReplicaBase[] = []

const write = async (base: ReplicaBase, writes: Write[], as: Subject = subject) => {
  const deps = { base, writer: createWriter(() => 4242), subject: () => as, clock: () => ++now }
  const result = await writeRecords(deps, writes)
  if (!result.ok) throw new Error(`${result.reason} ${result.field}`)
}

const company = async (): Promise<ReplicaBase> => {
  const base = openBase(`products-${newId()}`)
  bases.push(base)
  await base.open()
  await write(
    base,
    [
      ...defaultEntries.map(
        ({ type, id, row, name, more }): Write => ({
          type,
          id,
          patch: { ...row, name: name.ru, ...more?.('ru') },
        }),
      ),
      {
        type: 'employee',
        id: me,
        patch: { name: 'Ёлкин Пётр', email: 'p@firm.test', role: 'administrator' },
      },
    ],
    relay,
  )
  return base
}

const load = async (base: ReplicaBase, content: WorkType, blob: Blob, mode: Mode = 'overwrite') => {
  const run = createSession({ base, clock: () => ++now, onProgress: () => {} })
  const read = await run.read(blob, {}, 'Столбец', content)
  if (!read.ok) throw new Error(read.reason)
  const options = {
    content,
    mapping: read.value.mapping,
    mode,
    defaults: { responsible: me, scenario: '', tags: [], restricted: false },
    withMistakes: false,
    stamp: { id: newId(), at: ++now },
    by: me,
  }
  await run.check(options)
  const rows = await run.rows('all', 0, 100)
  const problems = rows.flatMap((row) => row.problems)
  return { run, id: options.stamp.id, problems, end: await run.load(options, subject) }
}

const csv = (...rows: string[]) => new Blob([rows.join('\r\n')])
const position = {
  scenario: simpleScenario,
  stage: simpleStage('talks'),
  kind: 'open',
  since: new Date(2024, 2, 12).getTime(),
}
const [chair, table, firm, deal, byHand] = Array.from({ length: 5 }, () => newId()) as [
  string,
  string,
  string,
  string,
  string,
]

let base: ReplicaBase
beforeEach(async () => {
  base = await company()
  await write(base, [
    { type: 'client', id: firm, patch: { kind: 'organisation', name: 'ООО «Ромашка»' } },
    {
      type: 'product',
      id: chair,
      patch: {
        name: 'Кресло "Босс"; чёрное',
        article: '0012',
        kind: 'goods',
        unit: 'шт',
        price: { amount: 12_500.5, currency: 'USD' },
        vat: '20',
        description: 'Кожа',
        active: false,
      },
    },
    { type: 'product', id: table, patch: { name: 'Стол', vat: 'none' } },
    {
      type: 'interest',
      id: deal,
      patch: {
        name: 'Мебель',
        client: firm,
        position,
        lines: {
          x: {
            product: chair,
            name: 'Кресло "Босс"; чёрное',
            quantity: 2,
            unit: 'шт',
            price: 12_500.5,
            currency: 'RUB',
            discount: 7.5,
            vat: '20',
            order: 'a0',
          },
          y: { name: 'Доставка', quantity: 0.5, price: 1000.1234, currency: 'RUB', order: 'a1' },
          z: { name: 'Доставка', quantity: 3, price: 10, currency: 'RUB', order: 'a2' },
        },
      },
    },
    {
      type: 'interest',
      id: byHand,
      patch: {
        name: 'По договорённости',
        position,
        amountBy: 'manual',
        amount: { amount: 90, currency: 'RUB' },
        lines: {
          x: {
            name: 'Стол',
            product: table,
            quantity: 1,
            price: 100,
            currency: 'RUB',
            order: 'a0',
          },
        },
      },
    },
    { type: 'interest', id: newId(), patch: { name: 'Пустой', position } },
  ])
})
afterEach(() => Promise.all(bases.splice(0).map((each) => each.delete())))

const products = async (of: ReplicaBase) =>
  (await of.product.orderBy('sortName').toArray()).map(
    ({ id, imports, createdAt, createdBy, importIds, ...rest }: Record<string, unknown>) => rest,
  )
/** What people see of the lines; ids of products are those of their base. */
const deals = async (of: ReplicaBase) =>
  (await of.interest.orderBy('sortName').toArray()).map(({ name, amount, amountBy, lines }) => ({
    name,
    amount,
    amountBy,
    lines: lines.map(({ id, order, product, ...line }) => ({ ...line, known: Boolean(product) })),
  }))
const ids = async (of: ReplicaBase) => (await of.interest.toArray()).map(({ id }) => id)

describe.each(['csv', 'xlsx'] as const)('the catalogue in %s', (format) => {
  it('comes back as it was, into another base and into its own', async () => {
    const other = await company()
    const { blob, count } = await exportWork(base, 'product', [chair, table], subject, 'ru', format)
    expect(count).toBe(2)
    const own = await load(base, 'product', blob)
    expect(own.end.counts).toMatchObject({ same: 2, create: 0, change: 0 })
    const there = await load(other, 'product', blob)
    expect(there.problems).toEqual([])
    expect(there.end.counts).toMatchObject({ create: 2 })
    expect(await products(other)).toEqual(await products(base))
  })
})

describe('a price list', () => {
  const list = csv(
    'Номенклатура;Код товара;Ед. изм.;Цена с НДС;Ставка НДС;Группа',
    'Кресло Босс;0012;шт;13 000,00;НДС 20%;Мебель',
    'стол;;шт;8000;Без НДС;мебель',
    'Монтаж;M-1;ч;1500;22;Услуги',
  )

  it('finds products by their article, then by name, and makes the categories', async () => {
    const { problems, end } = await load(base, 'product', list)
    expect(problems).toEqual([])
    expect(end.counts).toMatchObject({ change: 2, create: 1 })
    expect(await base.product.get(chair)).toMatchObject({
      name: 'Кресло Босс',
      price: { amount: 13_000, currency: 'RUB' },
    })
    const categories = await base.directory.where('directory').equals('productCategory').toArray()
    expect(categories.map(({ name }) => name).sort()).toEqual(['Мебель', 'Услуги'])
    const made = (await base.product.toArray()).find(({ article }) => article === 'M-1')
    expect(made).toMatchObject({ vat: '22', active: true })
    expect((await load(base, 'product', list)).end.counts).toMatchObject({ same: 3 })
  })

  it('is taken back, but for what stands in lines by now', async () => {
    const { run, id } = await load(base, 'product', list, 'fill')
    const made = (await base.product.toArray()).find(({ article }) => article === 'M-1')
    const line = { name: 'Монтаж', quantity: 1, price: 1, currency: 'RUB', order: 'a5' }
    await write(base, [
      { type: 'interest', id: deal, patch: { lines: { m: { ...line, product: made?.id } } } },
    ])
    expect(await run.undo(id, subject)).toMatchObject({ kept: 1, removed: 0 })
    await write(base, [{ type: 'interest', id: deal, patch: { lines: { m: null } } }])
    const again = await load(base, 'product', csv('Название', 'Шкаф'))
    expect(await again.run.undo(again.id, subject)).toMatchObject({ removed: 1 })
  })
})

describe.each(['csv', 'xlsx'] as const)('Interests by product lines in %s (F46)', (format) => {
  it('are a row for each line, and come back equal', async () => {
    const other = await company()
    const catalogue = await exportWork(base, 'product', [chair, table], subject, 'ru', 'csv')
    await load(other, 'product', catalogue.blob)
    await write(other, [
      { type: 'client', id: newId(), patch: { kind: 'organisation', name: 'ООО «Ромашка»' } },
    ])
    const { blob, count } = await exportWork(
      base,
      'interest',
      await ids(base),
      subject,
      'ru',
      format,
      true,
    )
    expect(count).toBe(3)
    const own = await load(base, 'interest', blob)
    expect(own.problems).toEqual([])
    // Three lines of one, one of another, and one without.
    expect(own.end.counts).toMatchObject({ same: 5, create: 0, change: 0 })
    const there = await load(other, 'interest', blob)
    expect(there.problems).toEqual([])
    expect(await deals(other)).toEqual(await deals(base))
    expect((await load(other, 'interest', blob)).end.counts).toMatchObject({ same: 5 })
    await there.run.undo(there.id, subject)
    const left = (await other.interest.toArray()).filter(({ deletedAt }) => deletedAt === undefined)
    expect(left).toEqual([])
  })
})

describe('a table of lines', () => {
  it('names its columns as people do', async () => {
    const { blob } = await exportWork(base, 'interest', [deal], subject, 'ru', 'csv', true)
    const [heads, first, second] = (await blob.text()).replace('\uFEFF', '').split('\r\n')
    expect(heads).toContain('Товар;Артикул;Количество;Ед.;Цена;Скидка, %;НДС;Сумма строки')
    expect(first).toContain('0012;2;шт;12500,5 RUB;7,5;20 %;23125,93 RUB')
    expect(second).toContain('Доставка;;0,5;;1000,1234 RUB;;;500,06 RUB')
  })

  it('of another program is joined by name and client', async () => {
    const file = csv(
      'Название сделки;Компания;Товар;Цена;Количество;Скидка',
      'Офис;ООО Ромашка;Стол;8000;2;10%',
      'Офис;ООО Ромашка;Сборка;500,5;1;',
      'Другой;ООО Ромашка;Стол;8000;1;',
    )
    const { problems, end } = await load(base, 'interest', file)
    expect(problems).toEqual([])
    expect(end.counts).toMatchObject({ create: 2, change: 1 })
    const office = (await base.interest.toArray()).find(({ name }) => name === 'Офис')
    expect(office?.amount).toEqual({ amount: 14_900.5, currency: 'RUB' })
    expect(office?.lines).toMatchObject([
      { product: table, name: 'Стол', quantity: 2, discount: 10 },
      { name: 'Сборка', quantity: 1 },
    ])
  })

  it('fills no lines beside others, and leaves an amount that is there', async () => {
    const rows = ['Название;Клиент;Товар;Цена', 'Мебель;ООО Ромашка;Шкаф;1']
    const filled = await load(base, 'interest', csv(...rows, 'Торг;;Шкаф;1'), 'fill')
    expect(filled.end.counts).toMatchObject({ same: 1, create: 1 })
    expect((await base.interest.get(deal))?.lines).toHaveLength(3)
    await write(base, [
      {
        type: 'interest',
        id: newId(),
        patch: { name: 'Ремонт', position, amount: { amount: 7, currency: 'RUB' } },
      },
    ])
    await load(base, 'interest', csv('Название;Товар;Цена', 'Ремонт;Шкаф;1'), 'fill')
    const repaired = (await base.interest.toArray()).find(({ name }) => name === 'Ремонт')
    expect(repaired).toMatchObject({ amount: { amount: 7 }, lines: [{ name: 'Шкаф' }] })
  })

  it('says what is wrong with a line, and keeps it in the description', async () => {
    const file = csv('Название;Товар;Цена;Количество', 'Офис;Стол;дорого;-2')
    const { problems } = await load(base, 'interest', file)
    expect(problems.map(({ code, value }) => `${code} ${value}`)).toContain('field дорого')
  })
})
