import { describe, expect, it } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import type { FieldRow } from '../../../shared/records/field.ts'
import { fieldToken } from '../../../shared/records/field.ts'
import { renderDocument, renderText } from '../../../shared/templates/render.ts'
import { variablesOf } from '../../../shared/templates/variables.ts'

const fieldOf = (name: string, more: Partial<FieldRow> = {}): FieldRow => ({
  id: newId(),
  type: 'field',
  recordType: 'client',
  kind: 'text',
  name,
  options: [],
  ...more,
})

const discount = fieldOf('Скидка', { kind: 'number' })
const secret = fieldOf('Маржа', { readers: [newId()] })
const grade = fieldOf('Класс', {
  kind: 'oneOf',
  options: [{ id: 'o1', order: 'a0', name: 'Первый' }],
})
const since = fieldOf('С какого дня', { kind: 'date' })

const manager = newId()
const parent = newId()
const filling = (definitions: FieldRow[] = [], tokens: string[] = []) => ({
  variables: variablesOf('interest', definitions, { tokens: new Set(tokens) }),
  records: {
    client: {
      name: 'ООО «Завод»',
      kind: 'organisation',
      inn: '7707083893',
      managers: [manager],
      parent,
      phones: [
        { id: 'p1', order: 'a0', value: '+74951234567', kind: 'work' },
        { id: 'p2', order: 'a1', value: '+79161234567', kind: 'mobile' },
      ],
      addresses: [
        { id: 'a1', order: 'a0', value: 'Тула, Ленина, 1', kind: 'actual' },
        { id: 'a2', order: 'a1', value: 'Москва, Тверская, 2', kind: 'legal' },
      ],
      createdAt: new Date(2026, 2, 12).getTime(),
      custom: {
        [discount.id]: 7.5,
        [secret.id]: 'сорок',
        [grade.id]: 'o1',
        [since.id]: '2026-03-05',
      },
    },
    interest: { name: 'Станок', amount: { amount: 1_250_000, currency: 'RUB' }, probability: 30 },
    responsible: { name: 'Орлова Анна Сергеевна', position: 'Менеджер' },
    organisation: { name: 'ООО «Ромашка»', head: 'Петров Пётр Петрович' },
    today: { date: '2026-11-22' },
  },
  names: {
    language: 'ru' as const,
    entries: new Map(),
    records: new Map([
      [manager, 'Орлова Анна'],
      [parent, 'Холдинг'],
    ]),
    currency: 'RUB',
    today: new Date(2026, 10, 22),
  },
})

/** No-break spaces of Intl as plain ones. */
const say = (source: string, definitions?: FieldRow[], tokens?: string[]) =>
  renderText(source, filling(definitions, tokens)).content.replace(/[\u00a0\u202f]/g, ' ')

describe('a value in a template', () => {
  it.each([
    ['{client.name}', 'ООО «Завод»'],
    ['{client.kind}', 'Организация'],
    ['{client.managers}', 'Орлова Анна'],
    ['{client.parent}', 'Холдинг'],
    ['{client.phones}', '+7 495 123-45-67, +7 916 123-45-67'],
    ['{client.phones|first}', '+7 495 123-45-67'],
    ['{client.addresses|legal}', 'Москва, Тверская, 2'],
    ['{client.createdAt}', '12.03.2026'],
    ['{client.createdAt|long}', '12 марта 2026 г.'],
    ['{interest.amount}', '1 250 000,00 ₽'],
    ['{interest.amount|number}', '1 250 000,00'],
    ['{interest.amount|words}', 'Один миллион двести пятьдесят тысяч рублей 00 копеек'],
    ['{responsible.name|initials}', 'Орлова А. С.'],
    ['{organisation.head|initials}', 'Петров П. П.'],
    ['{today.date}', '22.11.2026'],
    ['{today.date|long}', '22 ноября 2026 г.'],
  ])('%s is %s', (source, words) => {
    expect(say(source)).toBe(words)
  })

  it('is of any field of one’s own, whatever that is called now', () => {
    const all = [discount, grade, since]
    const source = `{client.custom/${discount.id}} {client.custom/${grade.id}} {client.custom/${since.id}|long}`
    expect(say(source, all)).toBe('7,5 Первый 5 марта 2026 г.')
    expect(say(source, [{ ...discount, name: 'Другое имя' }, grade, since])).toBe(
      '7,5 Первый 5 марта 2026 г.',
    )
  })

  it('is never of a field that the user may not see, though the device holds it', () => {
    const source = `{client.custom/${secret.id}}`
    const hidden = renderText(source, filling([secret]))
    expect(hidden.content).toBe('[Клиент: Маржа]')
    expect(hidden.problems).toEqual([{ label: 'Клиент: Маржа', fault: 'hidden' }])
    expect(JSON.stringify(renderDocument(source, filling([secret])))).not.toContain('сорок')
    const seen = renderText(source, filling([secret], [fieldToken(secret.id)]))
    expect(seen).toEqual({ content: 'сорок', problems: [], restricted: ['Клиент: Маржа'] })
  })

  it('is told where the field was deleted, is unknown, or holds nothing', () => {
    const gone = { ...discount, deletedAt: 1 }
    const source = `{client.custom/${discount.id}} {client.custom/${since.id}} {client.kpp} {чепуха}`
    const { content, problems } = renderText(source, filling([gone]))
    expect(content).toBe(`[Клиент: Скидка] [client.custom/${since.id}] [Клиент: КПП] [чепуха]`)
    expect(problems.map(({ fault }) => fault)).toEqual(['gone', 'unknown', 'empty', 'unknown'])
  })

  it('is told once, however often it lacks', () => {
    expect(renderText('{client.kpp} {client.kpp}', filling()).problems).toHaveLength(1)
  })
})

describe('what may be empty', () => {
  it('takes its line with it, and is no fault', () => {
    const { content, problems } = renderText(
      'ИНН {client.inn}\nКПП {client.kpp?}\nконец',
      filling(),
    )
    expect(content).toBe('ИНН 7707083893\nконец')
    expect(problems).toEqual([])
  })

  it('leaves its cell empty, and takes the row where nothing is left of it', () => {
    const { content } = renderDocument(
      '| КПП {client.kpp?} | ИНН {client.inn} |\n| {client.kpp?} | {client.ogrn?} |',
      filling(),
    )
    expect(content).toEqual([
      {
        kind: 'table',
        ruled: true,
        rows: [[[], [{ text: 'ИНН ' }, { text: '7707083893' }]]],
      },
    ])
  })
})

describe('a value that looks like a sign', () => {
  it('is put in as it is', () => {
    const odd = '# <script>alert(1)</script> {organisation.name} | ** --- >> \\'
    const one = filling()
    const records = { ...one.records, client: { name: odd } }
    const { content } = renderDocument('{client.name}\n\n| {client.name} | b |', {
      ...one,
      records,
    })
    expect(content).toEqual([
      { kind: 'paragraph', lines: [[{ text: odd }]] },
      { kind: 'table', ruled: true, rows: [[[{ text: odd }], [{ text: 'b' }]]] },
    ])
    expect(renderText('{client.name}', { ...one, records }).content).toBe(odd)
  })
})
