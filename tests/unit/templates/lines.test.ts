import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { docxOf } from '../../../client/screens/templates/docx.ts'
import type { NamedLine } from '../../../shared/templates/lines-table.ts'
import { type Block, renderDocument, renderText } from '../../../shared/templates/render.ts'
import { variablesOf } from '../../../shared/templates/variables.ts'

const line = (name: string, more: Partial<NamedLine> = {}): NamedLine => ({
  name,
  quantity: 1,
  price: 100,
  currency: 'RUB',
  ...more,
})

const filling = (lines: NamedLine[] | undefined, language: 'ru' | 'en' = 'ru') => ({
  variables: variablesOf('contract', [], { tokens: new Set<string>() }),
  records: { contract: { subject: 'Мебель' }, ...(lines && { interest: { lines } }) },
  names: {
    language,
    entries: new Map(),
    records: new Map(),
    currency: 'RUB',
    today: new Date(2026, 10, 22),
  },
})

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ')

/** Cells and lines as texts. */
const say = (blocks: readonly Block[]): string[] =>
  blocks.flatMap((block) => {
    const textOf = (runs: readonly { text: string }[]) =>
      plain(runs.map(({ text }) => text).join(''))
    switch (block.kind) {
      case 'table':
        return block.rows.map((row) => row.map(textOf).join(' | '))
      case 'split':
        return [textOf(block.right)]
      case 'pageBreak':
        return []
      default:
        return block.lines.map(textOf)
    }
  })

const chairs = [
  line('Кресло', { quantity: 2, unit: 'шт', price: 12_000, discount: 10, vat: '20' }),
  line('Доставка', { price: 1_500.5, vat: '10' }),
]

describe('lines of goods in a document', () => {
  it('are a table with totals, the VAT of each rate, and the sum in words', () => {
    const { content, problems } = renderDocument('До\n{interest.lines}\nпосле', filling(chairs))
    expect(problems).toEqual([])
    expect(say(content)).toEqual([
      'До',
      '№ | Наименование | Кол-во | Ед. | Цена, ₽ | Скидка, % | Сумма, ₽',
      '1 | Кресло | 2 | шт | 12 000,00 | 10 | 21 600,00',
      '2 | Доставка | 1 |  | 1 500,50 |  | 1 500,50',
      'Всего без скидки: 25 500,50 ₽',
      'Скидка: 2 400,00 ₽',
      'Итого: 23 100,50 ₽',
      // 1 500,50 × 10 / 110 = 136,409…; 21 600 × 20 / 120 = 3 600.
      'В том числе НДС 10 %: 136,41 ₽',
      'В том числе НДС 20 %: 3 600,00 ₽',
      'Всего наименований 2, на сумму 23 100,50 ₽',
      'Двадцать три тысячи сто рублей 50 копеек',
      'после',
    ])
  })

  it('have no columns that no line needs, and are free of VAT only where each says so', () => {
    const free = renderDocument('{interest.lines}', filling([line('А', { vat: 'none' })]))
    expect(say(free.content).slice(0, 4)).toEqual([
      '№ | Наименование | Кол-во | Цена, ₽ | Сумма, ₽',
      '1 | А | 1 | 100,00 | 100,00',
      'Итого: 100,00 ₽',
      'Без НДС',
    ])
    const silent = renderDocument(
      '{interest.lines}',
      filling([line('А'), line('Б', { vat: 'none' })]),
    )
    expect(say(silent.content).join()).not.toContain('НДС')
  })

  it('are told apart from those in another currency, which the total does not count', () => {
    const lines = [line('Свой'), line('Чужой', { price: 5, currency: 'USD' })]
    const { content, problems } = renderDocument('{interest.lines}', filling(lines))
    expect(problems).toEqual([{ label: 'Чужой', fault: 'foreign' }])
    expect(say(content)).toContain('2 | Чужой | 1 | 5,00 $ | 5,00 $')
    expect(say(content)).toContain('Всего наименований 1, на сумму 100,00 ₽')
  })

  it('are marked where there are none, unless they may be absent', () => {
    for (const lines of [[], undefined]) {
      const { content, problems } = renderDocument('{interest.lines}', filling(lines))
      expect(say(content)).toEqual(['[Интерес: Таблица товаров]'])
      expect(problems).toEqual([{ label: 'Интерес: Таблица товаров', fault: 'empty' }])
      expect(renderDocument('{interest.lines?}', filling(lines))).toMatchObject({
        content: [],
        problems: [],
      })
    }
  })

  it('are a text in a letter, and where other words stand on their line', () => {
    const letter = plain(renderText('Состав:\n{interest.lines}', filling(chairs)).content)
    expect(letter.split('\n').slice(0, 4)).toEqual([
      'Состав:',
      '1. Кресло — 2 шт × 12 000,00 − 10 % = 21 600,00 ₽',
      '2. Доставка — 1 × 1 500,50 = 1 500,50 ₽',
      'Всего без скидки: 25 500,50 ₽',
    ])
    const { content } = renderDocument('Товар: {interest.lines}', filling([line('А')]))
    expect(content.map(({ kind }) => kind)).toEqual(['paragraph'])
  })

  it('are never read as signs or markup', () => {
    const name = '# **x** {client.name} | </w:t><script>'
    const { content } = renderDocument('{interest.lines}', filling([line(name)]))
    expect(say(content)[1]).toBe(`1 | ${name} | 1 | 100,00 | 100,00`)
    const xml = strFromU8(unzipSync(docxOf(content))['word/document.xml'] ?? new Uint8Array())
    expect(xml).toContain('# **x** {client.name} | &lt;/w:t&gt;&lt;script&gt;')
    expect(xml).not.toContain('<script>')
  })

  it('have widths of their own in DOCX, figures at the right edge and the head on every page', () => {
    const { content } = renderDocument('{interest.lines}', filling(chairs))
    const xml = strFromU8(unzipSync(docxOf(content))['word/document.xml'] ?? new Uint8Array())
    const widths = [...xml.matchAll(/<w:gridCol w:w="(\d+)"\/>/g)].map(([, width]) => Number(width))
    expect(widths).toHaveLength(7)
    expect(widths[1]).toBeGreaterThan((widths[0] ?? 0) * 5)
    expect(xml.match(/<w:tblHeader\/>/g)).toHaveLength(1)
    // Five columns of figures in three rows.
    expect(xml.match(/<w:jc w:val="right"\/>/g)).toHaveLength(15)
  })

  it('are in English without words of the sum', () => {
    const { content } = renderDocument('{interest.lines}', filling([line('A')], 'en'))
    expect(say(content)).toEqual([
      '№ | Name | Qty | Price, RUB | Sum, RUB',
      '1 | A | 1 | 100.00 | 100.00',
      'Total: RUB 100.00',
      'Items 1, total RUB 100.00',
    ])
  })
})
