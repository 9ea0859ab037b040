import { expect, it, onTestFinished } from 'vitest'
import { openBase, storedRow } from '../../../client/replica/tables.ts'
import {
  findProducts,
  productsWithArticle,
} from '../../../client/screens/products/find-products.ts'
import { newId } from '../../../shared/ids.ts'
import type { Row } from '../../../shared/records/declaration.ts'

const names = (rows: readonly { name: string }[]) => rows.map(({ name }) => name)

let count = 0
const catalogue = async (products: readonly object[]) => {
  const base = openBase(`find-products-${count++}`)
  onTestFinished(() => base.delete())
  const rows = products.map((row) => storedRow({ id: newId(), type: 'product', ...row } as Row))
  await base.table('product').bulkPut(rows)
  const find = async (typed: string, wanted = 6) => names(await findProducts(base, typed, wanted))
  return { base, find }
}

it('puts first what has the article, then what is called so, then the rest by name', async () => {
  const { find } = await catalogue([
    { name: 'Ящик для стола' },
    { name: 'Стол письменный', article: 'T-1' },
    { name: 'Комод', article: 'Стол' },
    { name: 'Накладка для стола' },
    { name: 'Стол снятый', active: false },
    { name: 'Стол удалённый', deletedAt: 1 },
  ])
  expect(await find('стол')).toEqual([
    'Комод',
    'Стол письменный',
    'Накладка для стола',
    'Ящик для стола',
  ])
  expect(await find('для стола')).toEqual(['Накладка для стола', 'Ящик для стола'])
  expect(await find('T-1')).toEqual(['Стол письменный'])
  expect(await find('стол', 1)).toEqual(['Комод'])
})

it('finds one among thousands that have the same words', async () => {
  const { find } = await catalogue([
    // More of each word than is looked through, and only one of them has both.
    ...Array.from({ length: 300 }, (_, n) => ({ name: `Болт ${n}`, article: `A-${n}` })),
    ...Array.from({ length: 250 }, (_, n) => ({ name: `Гайка ${n}`, article: `B-${n}` })),
    { name: 'Гайка и болт', article: 'Я-1' },
    { name: 'Я болт', article: 'Я-9' },
  ])
  expect(await find('болт гайка')).toEqual(['Гайка и болт'])
  expect(await find('я-9')).toEqual(['Я болт'])
  expect((await find('болт'))[0]).toMatch(/^Болт/)
  expect(await find('я б')).toEqual(['Я болт', 'Гайка и болт'])
  expect((await find('болт 12', 3)).every((name) => /^Болт 12/.test(name))).toBe(true)
  expect(await find('болт 299')).toEqual(['Болт 299'])
})

it('knows whose an article is, also of one that is not offered', async () => {
  const { base } = await catalogue([
    ...Array.from({ length: 300 }, (_, n) => ({ name: `Лист А 1 ${n}`, article: `A-1-${n}` })),
    { name: 'Снятый', article: ' а-1', active: false },
    { name: 'Нужный', article: 'A-1' },
  ])
  expect(names(await productsWithArticle(base, 'a-1 '))).toEqual(['Нужный'])
  expect(names(await productsWithArticle(base, 'А-1'))).toEqual(['Снятый'])
  for (const typed of ['', '—', 'A-2']) expect(await productsWithArticle(base, typed)).toEqual([])
})
