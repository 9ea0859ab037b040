import { describe, expect, it } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import {
  type DirectoryRow,
  defaultCurrency,
  resolveEntry,
  tagId,
  tagNames,
} from '../../../shared/records/directory.ts'
import { defaultEntries } from '../../../shared/records/first-entries.ts'

const tag = (name: string, more: Partial<DirectoryRow> = {}): DirectoryRow => ({
  id: newId(),
  type: 'directory',
  directory: 'tag',
  name,
  ...more,
})
const byId = (...rows: DirectoryRow[]) => new Map(rows.map((row) => [row.id, row]))

describe('directories', () => {
  it('begin with the types, levels and colours that users know', () => {
    const of = (name: string) =>
      defaultEntries.filter(({ row }) => row.directory === name).map(({ name }) => name.ru)
    expect(of('contactType')).toEqual(['Клиент', 'Поставщик', 'Партнер', 'Конкурент'])
    expect(of('heat')).toEqual(['Холодный', 'Теплый', 'Горячий'])
    expect(new Set(defaultEntries.map(({ id }) => id)).size).toBe(defaultEntries.length)
  })

  it('read a tag that was joined into another as that one, once', () => {
    const main = tag('VIP')
    const joined = tag('Вип', { mergedInto: main.id })
    expect(tagNames(byId(main, joined), [joined.id, main.id, 'старый'])).toEqual(['VIP', 'старый'])
  })

  it('leave out tags that were deleted or never came', () => {
    expect(tagNames(byId(tag('x')), [newId()])).toEqual([])
    const gone = tag('gone', { deletedAt: 1 })
    expect(tagNames(byId(gone), [gone.id])).toEqual([])
  })

  it('end where two tags were joined into each other', () => {
    const id = newId()
    const b = tag('b', { mergedInto: id })
    const a = tag('a', { id, mergedInto: b.id })
    expect(resolveEntry(byId(a, b), a.id)?.name).toBeDefined()
  })

  it('make one tag of what two people typed while apart', () => {
    expect(tagId(' Тёплый ')).toBe(tagId('теплый'))
  })

  it('know the currency that was chosen last', () => {
    const money = (code: string, chosenAt?: number): DirectoryRow => ({
      ...tag(code),
      directory: 'currency',
      code,
      ...(chosenAt !== undefined && { chosenAt }),
    })
    expect(defaultCurrency([money('RUB', 0), money('USD'), money('EUR', 5)])).toBe('EUR')
    expect(defaultCurrency([])).toBe('RUB')
  })
})
