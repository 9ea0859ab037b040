import { describe, expect, it } from 'vitest'
import { compareKeys, sortKey } from '../../../shared/fields/compare.ts'
import { formatDay, parseDay } from '../../../shared/fields/days.ts'
import {
  customField,
  fieldsOf,
  fieldValue,
  missingFields,
  patchOf,
} from '../../../shared/fields/fields.ts'
import { type Names, parseNumber, parseWords, wordsOf } from '../../../shared/fields/words.ts'
import { newId } from '../../../shared/ids.ts'
import type { DirectoryRow } from '../../../shared/records/directory.ts'
import type { FieldKind, FieldRow } from '../../../shared/records/field.ts'

const hot: DirectoryRow = {
  id: newId(),
  type: 'directory',
  directory: 'heat',
  name: 'Горячий',
  order: 'a2',
}
const cold: DirectoryRow = { ...hot, id: newId(), name: 'Холодный', order: 'a0' }
const anna = newId()
const names: Names = {
  language: 'ru',
  entries: new Map([hot, cold].map((row) => [row.id, row])),
  records: new Map([[anna, 'Анна Петрова']]),
  currency: 'RUB',
  today: new Date(2026, 10, 22), // a Sunday
}
const definition = (kind: FieldKind, more: Partial<FieldRow> = {}): FieldRow => ({
  id: newId(),
  type: 'field',
  recordType: 'client',
  kind,
  name: 'Поле',
  options: [],
  ...more,
})
const field = (kind: FieldKind, more: Partial<FieldRow> = {}) => customField(definition(kind, more))

describe('all fields of a type', () => {
  it('are the built-in ones, then the custom ones of that type in their order', () => {
    const second = definition('text', { name: 'Второе', order: 'a1' })
    const first = definition('text', { name: 'Первое', order: 'a0' })
    const gone = definition('text', { deletedAt: 1 })
    const other = definition('text', { recordType: 'person' })
    const infos = fieldsOf('client', [second, gone, other, first])
    expect(infos[0]).toMatchObject({ key: 'name', kind: 'text', required: true })
    expect(infos.find(({ key }) => key === 'heat')).toMatchObject({
      kind: 'entry',
      directory: 'heat',
    })
    expect(infos.slice(-2).map(({ label }) => label.ru)).toEqual(['Первое', 'Второе'])
  })

  it('are read and changed alike', () => {
    const own = field('text')
    const id = own.definition?.id ?? ''
    expect(fieldValue(own, { custom: { [id]: 'x' } })).toBe('x')
    expect(patchOf(own, undefined)).toEqual({ custom: { [id]: null } })
    expect(patchOf({ key: 'inn' }, '7707083893')).toEqual({ inn: '7707083893' })
    const phone = { id: 'b', order: 'a1', value: '1', kind: 'work' }
    expect(patchOf({ key: 'phones' }, [phone], [{ ...phone, id: 'a' }])).toEqual({
      phones: { a: null, b: { order: 'a1', value: '1', kind: 'work' } },
    })
  })

  it('that are required and empty are named', () => {
    const own = field('text', { required: true })
    expect(missingFields([own], { custom: {} })).toEqual([own])
    expect(missingFields([own], { custom: { [own.definition?.id ?? '']: '0' } })).toEqual([])
  })
})

describe('values in words and back', () => {
  const options = [
    { id: 'r', order: 'a0', name: 'Розница' },
    { id: 'o', order: 'a1', name: 'Опт' },
  ]
  it.each<[FieldKind, string, unknown, string]>([
    ['text', ' Ромашка ', 'Ромашка', 'Ромашка'],
    ['number', '1 250,5', 1250.5, '1 250,5'],
    ['money', '1 250 000 ₽', { amount: 1_250_000, currency: 'RUB' }, '1 250 000,00 ₽'],
    ['money', '10.50 USD', { amount: 10.5, currency: 'USD' }, '10,50 $'],
    ['date', '12.3', '2026-03-12', '12.03.2026'],
    ['yesNo', 'Да', true, 'да'],
    ['phone', '8 916 123-45-67', '+79161234567', '+7 916 123-45-67'],
    ['email', 'Info@Romashka.ru', 'info@romashka.ru', 'info@romashka.ru'],
    ['oneOf', 'опт', 'o', 'Опт'],
    ['manyOf', 'Опт, розница', ['o', 'r'], 'Опт, Розница'],
    ['employee', 'анна петрова', anna, 'Анна Петрова'],
  ])('%s: %s', (kind, typed, value, words) => {
    const info = field(kind, { options })
    expect(parseWords(info, typed, names)).toEqual({ ok: true, value })
    expect(wordsOf(info, value, names).replace(/[\u00a0\u202f]/g, ' ')).toBe(words)
  })

  it.each<[FieldKind, string]>([
    ['number', 'много'],
    ['money', 'дорого'],
    ['date', '31.02'],
    ['yesNo', 'может быть'],
    ['phone', 'нет'],
    ['email', 'at home'],
    ['oneOf', 'Бартер'],
    ['manyOf', 'Опт, Бартер'],
    ['employee', 'Никто'],
  ])('%s is not: %s', (kind, typed) => {
    expect(parseWords(field(kind, { options }), typed, names)).toMatchObject({
      ok: false,
      reason: 'invalidValue',
    })
  })

  it('reads numbers as different countries write them', () => {
    expect(
      ['1,250.50', '1.250,50', '1.250.000', '-3', '12', "1'000"].map((typed) => parseNumber(typed)),
    ).toEqual([1250.5, 1250.5, 1_250_000, -3, 12, 1000])
  })

  it('reads days as people say them', () => {
    const day = (typed: string, yearless?: 'kept') => {
      const parsed = parseDay(typed, names.today, yearless)
      return parsed.ok ? parsed.value : null
    }
    expect(['завтра', 'пт', '9/5/80', '1.1.26', '2026-2-3'].map((typed) => day(typed))).toEqual([
      '2026-11-23',
      '2026-11-27',
      '1980-05-09',
      '2026-01-01',
      '2026-02-03',
    ])
    expect(day('29.2', 'kept')).toBe('--02-29')
    expect(formatDay('--02-29')).toBe('29.02')
  })
})

describe('values in order', () => {
  it('puts entries as the administrator ordered them, and what is empty last both ways', () => {
    const heat = fieldsOf('client', []).find(({ key }) => key === 'heat')
    if (!heat) throw new Error('no heat')
    const keys = [undefined, hot.id, cold.id].map((value) => sortKey(heat, value, names))
    expect([...keys].sort((a, b) => compareKeys(a, b))).toEqual(['a0', 'a2', null])
    expect([...keys].sort((a, b) => compareKeys(a, b, -1))).toEqual(['a2', 'a0', null])
  })

  it('compares numbers as numbers', () => {
    const keys = [10, 9].map((value) => sortKey(field('number'), value, names))
    expect(keys.sort((a, b) => compareKeys(a, b))).toEqual([9, 10])
  })
})
