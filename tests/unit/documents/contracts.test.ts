/** Contracts on the device: their status, what holds a client, who is told of an end, where they are found. */
import { beforeEach, describe, expect, it, onTestFinished, test } from 'vitest'
import { exportContracts } from '../../../client/export/export-contracts.ts'
import { clientCurrency } from '../../../client/fields/client-currency.ts'
import { find } from '../../../client/frame/find.ts'
import { locale } from '../../../client/i18n/index.ts'
import { presetFilter } from '../../../client/lists/list-state.ts'
import { splitFilter } from '../../../client/lists/query.ts'
import { lineOf } from '../../../client/notices/notice-lines.ts'
import { dueReminders } from '../../../client/notices/reminders.ts'
import { openBase, type ReplicaBase, storedRow } from '../../../client/replica/tables.ts'
import { contractOfInterest } from '../../../client/screens/documents/copy.ts'
import { holdingContracts, withNumber } from '../../../client/screens/documents/queries.ts'
import { contractName, heldWords, inForceWords } from '../../../client/screens/documents/title.ts'
import { fieldWords, readNames } from '../../../client/screens/offline-work/field-words.ts'
import { refusalWords } from '../../../client/screens/offline-work/refusal-words.ts'
import { openSources } from '../../../client/screens/timeline/sources.ts'
import { openIndexer } from '../../../client/search/indexer.ts'
import { contractMoments, statusPatch, statusUndo, withLapsed } from '../../../shared/contracts.ts'
import { type FieldInfo, fieldsOf, fieldValue } from '../../../shared/fields/fields.ts'
import { compileFilter, type Group } from '../../../shared/fields/filter.ts'
import { type Names, namesWith, parseWords, wordsOf } from '../../../shared/fields/words.ts'
import { newId } from '../../../shared/ids.ts'
import { change } from '../../../shared/records/change.ts'
import type { ContractRow } from '../../../shared/records/contract.ts'
import type { Row } from '../../../shared/records/declaration.ts'
import { service } from '../../../shared/rights.ts'

const me = newId()
const now = new Date(2026, 10, 22, 12, 0).getTime()

const names: Names = {
  language: 'ru',
  entries: new Map(),
  records: new Map(),
  currency: 'RUB',
  today: new Date(now),
}

let count = 0
const open = (): ReplicaBase => {
  const base = openBase(`contracts-${count++}`)
  onTestFinished(() => base.delete())
  return base
}

const put = async (base: ReplicaBase, row: object): Promise<string> => {
  const whole = storedRow({ id: newId(), ...row } as Row)
  await base.table(whole.type).put(whole)
  return whole.id
}
const contract = (base: ReplicaBase, more: object) =>
  put(base, { type: 'contract', subject: 'Поставка станков', status: 'signed', ...more })
const client = (base: ReplicaBase, name: string, more: object = {}) =>
  put(base, { type: 'client', kind: 'organisation', name, ...more })

beforeEach(() => {
  locale.value = 'ru'
})

describe('the status of a contract', () => {
  it('keeps when it was reached, and is taken back without a trace', () => {
    const id = newId()
    const by = newId()
    const rowOf = (state: Uint8Array | null, patch: Parameters<typeof change>[3]) => {
      const made = change('contract', id, state, patch, 7)
      if (!made.ok) throw new Error(made.reason)
      return { state: made.value.state, row: made.value.row as unknown as ContractRow }
    }
    const draft = rowOf(null, {
      subject: 'Поставка',
      client: newId(),
      createdAt: 5,
      ...statusPatch('draft', { at: 5, by }),
    })
    const signed = rowOf(draft.state, statusPatch('signed', { at: 9, by }))
    expect(signed.row.status).toBe('signed')
    expect(contractMoments(signed.row)).toEqual([
      { moment: 'created', at: 5 },
      { moment: 'signed', at: 9 },
    ])
    const back = rowOf(signed.state, statusUndo(draft.row, 'signed'))
    expect(back.row).toEqual(draft.row)
  })
})

describe('a contract in force', () => {
  it('holds its client, and what was merged into it, until it ends or is deleted', async () => {
    const base = open()
    const duplicate = newId()
    const held = await client(base, 'Завод', {
      merged: [{ id: duplicate, order: 'a0', at: 1, by: me, set: {} }],
    })
    await client(base, 'Дубль', { id: duplicate, mergedInto: held })
    const free = await client(base, 'Вольный')
    await contract(base, { client: held, status: 'draft' })
    await contract(base, { client: free, status: 'ended' })
    await contract(base, { client: free, deletedAt: 1 })
    expect([...(await holdingContracts(base, [held, free])).keys()]).toEqual([])
    // Past its last day, but not ended: by its status alone, as the relay decides.
    await contract(base, { client: duplicate, validTo: '2020-01-01' })
    expect([...(await holdingContracts(base, [held, free])).keys()]).toEqual([held])
  })

  it('is named by its number and date where the client cannot go', async () => {
    const first = { number: '12', date: '2026-02-01', status: 'signed' } as const
    const today = new Date(now)
    expect(contractName({})).toBe('Договор без номера')
    const held = 'договор № 12 от 01.02.2026'
    expect(heldWords(first, 1, today)).toBe(`Нельзя удалить: действует ${held}`)
    expect(heldWords(first, 3, today)).toBe(`Нельзя удалить: действует ${held} и ещё 2`)
    const over = { ...first, validTo: '2026-11-21' }
    expect(heldWords(over, 1, today)).toBe(`Нельзя удалить: срок истёк, но не завершён ${held}`)
    expect(heldWords({ ...over, renews: true }, 1, today)).toBe(`Нельзя удалить: действует ${held}`)
    expect(inForceWords(undefined, 4)).toBe('Незавершённых договоров: 4')
    const base = open()
    const id = await contract(base, { client: newId(), ...first })
    const refused = { type: 'client', reason: 'contractInForce', field: `2:${id}` } as const
    const names = await readNames(base, [id])
    expect(refusalWords(refused, names)).toBe('Не завершены: Договор № 12 от 01.02.2026 и ещё 1')
    expect(refusalWords(refused, new Map())).toBe('Незавершённых договоров: 2')
    expect(fieldWords('contract', { reached: [[], [{ id, at: 1 }]] }, names)).toEqual([])
  })
})

describe('the number of a contract', () => {
  it('is known to be taken, however it is written, also in the trash', async () => {
    const base = open()
    const id = await contract(base, { client: newId(), number: 'Д-1 а', deletedAt: 1 })
    await contract(base, { client: newId() })
    expect((await withNumber(base, ' д-1  А'))?.id).toBe(id)
    expect(await withNumber(base, 'Д-1 а', id)).toBeUndefined()
    expect(await withNumber(base, 'Д-2')).toBeUndefined()
  })
})

describe('the end of a contract', () => {
  it('is told to who answers for it, so many days before, once, unless it renews', async () => {
    const base = open()
    const anna = { user: me, own: new Set([me]), quiet: [] as string[] }
    const mine = { client: newId(), responsible: me }
    const usual = await contract(base, { ...mine, validTo: '2026-12-22' })
    const early = await contract(base, { ...mine, validTo: '2027-01-31', remindDays: 70 })
    await contract(base, { ...mine, validTo: '2026-12-23' })
    await contract(base, { ...mine, validTo: '2026-12-01', renews: true })
    await contract(base, { ...mine, validTo: '2026-12-01', remindDays: 0 })
    await contract(base, { ...mine, validTo: '2026-12-01', status: 'ended' })
    await contract(base, { ...mine, validTo: '2026-12-01', responsible: newId() })
    await contract(base, { ...mine, validTo: '2026-11-21' })
    const writes = await dueReminders(base, anna, now)
    expect(writes.map(({ patch }) => patch.about).sort()).toEqual([usual, early].sort())
    const [write] = writes.filter(({ patch }) => patch.about === usual)
    await put(base, { ...write?.patch, id: write?.id, type: 'notice' })
    expect((await dueReminders(base, anna, now)).map(({ patch }) => patch.about)).toEqual([early])
    expect(await dueReminders(base, { ...anna, quiet: ['contract'] }, now)).toEqual([])
    expect(await lineOf(base, await base.notice.toArray())).toMatchObject({
      name: 'Поставка станков',
      path: `/documents/${usual}`,
      day: '2026-12-22',
    })
  })
})

test('«Скоро истекают» are those in force that end within thirty days for good', () => {
  const infos = fieldsOf('contract', [])
  const context = { user: me, today: new Date(now) }
  const { test: isEnding } = compileFilter(presetFilter('contract', 'ending'), infos, context)
  const signed = { status: 'signed', validTo: '2026-12-22' }
  expect(isEnding(signed)).toBe(true)
  expect(isEnding({ ...signed, renews: false })).toBe(true)
  expect(isEnding({ ...signed, renews: true })).toBe(false)
  expect(isEnding({ ...signed, validTo: '2026-12-23' })).toBe(false)
  expect(isEnding({ ...signed, status: 'draft' })).toBe(false)
})

describe('a contract in force whose last day is over', () => {
  const infos = withLapsed(fieldsOf('contract', []), '2026-11-22')
  const status = infos.find(({ key }) => key === 'status')
  const told = (row: object): string =>
    status ? wordsOf(status, fieldValue(status, { status: 'signed', ...row }), names) : ''

  it('is told to be past its end, unless it renews, and keeps its status', () => {
    expect(told({ validTo: '2026-11-21' })).toBe('Срок истёк')
    expect(told({ validTo: '2026-11-22' })).toBe('Действует')
    expect(told({})).toBe('Действует')
    expect(told({ validTo: '2026-11-21', renews: true })).toBe('Действует')
    expect(told({ validTo: '2026-11-21', status: 'draft' })).toBe('Черновик')
    expect(told({ validTo: '2026-11-21', status: 'ended' })).toBe('Завершён')
  })

  it('is found by that, and not among those in force, though the index knows the status alone', () => {
    const context = { user: me, today: new Date(now) }
    const by = (value: string): Group => ({
      join: 'all',
      of: [{ field: 'status', op: 'is', value: [value] }],
    })
    expect(splitFilter(by('signed'), context, infos)).toEqual({ facets: [], rest: by('signed') })
    const finds = (value: string, row: object) =>
      compileFilter(by(value), infos, context).test({ status: 'signed', ...row })
    expect(finds('lapsed', { validTo: '2026-11-21' })).toBe(true)
    expect(finds('signed', { validTo: '2026-11-21' })).toBe(false)
    expect(finds('signed', { validTo: '2026-11-22' })).toBe(true)
    expect(finds('lapsed', { validTo: '2026-11-22' })).toBe(false)
  })
})

describe('contracts are found', () => {
  it('by number, subject, and the name of the client', async () => {
    const base = open()
    const held = await client(base, 'Ромашка', { phones: [], emails: [], addresses: [], links: [] })
    const ours = await contract(base, { client: held, number: 'Д-0042', files: [], reached: [] })
    const other = await contract(base, {
      client: newId(),
      subject: 'Аренда склада',
      files: [],
      reached: [],
    })
    await contract(base, { client: held, subject: 'Удалённый', deletedAt: 1 })
    const indexer = await openIndexer({ base, breathe: async () => {} })
    while (await indexer.step());
    const found = async (typed: string) =>
      (await find(base, typed)).flatMap(({ kind, id }) => (kind === 'contract' ? [id] : []))
    expect(await found('0042')).toEqual([ours])
    expect(await found('склад')).toEqual([other])
    expect(await found('ромашка')).toEqual([ours])
    expect(await found('удалённый')).toEqual([])
  })

  it('in the timeline of the client, where they were made, signed and ended', async () => {
    const base = open()
    const held = await client(base, 'Ромашка', { phones: [], emails: [], addresses: [], links: [] })
    const by = me
    const reachedAt = (status: Parameters<typeof statusPatch>[0], at: number) =>
      Object.entries(statusPatch(status, { at, by }).reached as object).map(([id, part]) => ({
        id,
        ...part,
      }))
    const id = await contract(base, {
      client: held,
      createdAt: 5,
      status: 'ended',
      files: [],
      reached: [...reachedAt('signed', 7), ...reachedAt('ended', 9)],
    })
    const filter = { kind: 'contracts', who: '', since: null, typed: 'станк' } as const
    const sources = await openSources(base, { table: 'client', id: held }, filter, [])
    const pages = await Promise.all(
      sources.map((source) =>
        source({ before: Number.POSITIVE_INFINITY, since: Number.NEGATIVE_INFINITY, count: 10 }),
      ),
    )
    const told = pages.flatMap(({ entries }) => entries)
    expect(told.map(({ key, at }) => [key, at])).toEqual([
      [`${id} created`, 5],
      [`${id} signed`, 7],
      [`${id} ended`, 9],
    ])
  })
})

it('contracts are exported with names of what they link, without what may not be taken out', async () => {
  const base = open()
  const held = await client(base, 'Ромашка')
  const person = await put(base, { type: 'person', name: 'Лев Яшин', client: held })
  const interest = await put(base, {
    type: 'interest',
    name: 'Станки',
    position: { scenario: newId(), stage: newId(), kind: 'open', since: 1 },
  })
  const ids = [
    await contract(base, {
      client: held,
      person,
      interest,
      number: '7',
      date: '2026-02-01',
      amount: { amount: 12.5, currency: 'RUB' },
    }),
  ]
  const { blob, count: exported } = await exportContracts(base, ids, service('test'), 'ru', 'csv')
  expect(exported).toBe(1)
  const [heads = '', line = ''] = (await blob.text()).split(/\r?\n/)
  expect(heads).toContain('Номер;Дата;О чём;Клиент;Подписант;Интерес;Статус;Сумма')
  expect(line).toContain('7;01.02.2026;Поставка станков;Ромашка;Лев Яшин;Станки;Действует;12,5 RUB')
})

describe('the amount of a new contract', () => {
  const amountInfo: FieldInfo = {
    key: 'amount',
    kind: 'money',
    label: { ru: 'Сумма', en: 'Amount' },
    required: false,
    writable: true,
  }
  const typed = (text: string, by = names) => parseWords(amountInfo, text, by)

  it('is in the client’s own currency (F53), also of one merged into another, else the company’s', async () => {
    const base = open()
    const yuan = newId()
    const entry = { id: yuan, type: 'directory', name: 'Юань', code: 'CNY', moves: [] }
    const known = {
      entries: new Map([[yuan, { ...entry, directory: 'currency' as const }]]),
      currency: 'RUB',
    }
    const main = await client(base, 'ООО «Шанхай»', { currency: yuan })
    const merged = await client(base, 'Шанхай', { mergedInto: main })
    const plain = await client(base, 'Завод')
    expect(await clientCurrency(base, main, known)).toBe('CNY')
    expect(await clientCurrency(base, merged, known)).toBe('CNY')
    expect(await clientCurrency(base, plain, known)).toBe('RUB')
    expect(await clientCurrency(base, undefined, known)).toBe('RUB')
  })

  it.each(['RUB', 'USD', 'EUR', 'CNY', 'KZT', 'BYN', 'GBP', 'UAH'])(
    'made from an Interest is what that is worth altogether, in %s',
    (currency) => {
      const id = newId()
      const worth = {
        id,
        amount: { amount: 1250.5, currency },
        budget: 'month' as const,
        periods: 3,
      }
      for (const language of ['ru', 'en'] as const) {
        const { interest, amount = '' } = contractOfInterest(worth, language)
        expect(interest).toBe(id)
        expect(typed(amount)).toEqual({ ok: true, value: { amount: 3751.5, currency } })
      }
      expect(contractOfInterest({ id }, 'ru')).toEqual({ interest: id })
    },
  )

  it('keeps its currency where another figure is typed without one', () => {
    const held = { amount: 5, currency: 'USD' }
    expect(typed('1300', namesWith(names, held))).toEqual({
      ok: true,
      value: { amount: 1300, currency: 'USD' },
    })
    expect(namesWith(names, undefined).currency).toBe('RUB')
    expect(namesWith(names, 'text').currency).toBe('RUB')
  })
})
