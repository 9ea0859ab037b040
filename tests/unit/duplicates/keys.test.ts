import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findMatches, type Group, groupsOf, maxSharing } from '../../../shared/duplicates/groups.ts'
import { keysOf, matchesOf, matchFields } from '../../../shared/duplicates/keys.ts'
import type { MergedRow } from '../../../shared/duplicates/merge.ts'
import { firmKey, personName } from '../../../shared/duplicates/names.ts'

const seed = 20_261_122

const client = (id: string, fields: Record<string, unknown>): MergedRow =>
  ({
    id,
    type: 'client',
    kind: 'organisation',
    name: id,
    phones: [],
    emails: [],
    ...fields,
  }) as unknown as MergedRow // what keys are made of, and no more

const phones = (...values: string[]) => ({
  phones: values.map((value, n) => ({ id: `p${n}`, order: `a${n}`, value, kind: 'work' })),
})

describe('the key of a firm', () => {
  it.each([
    ['ООО «Ромашка»', 'Ромашка'],
    ['ООО «Ромашка»', 'РОМАШКА, ООО'],
    ['Общество с ограниченной ответственностью "Ромашка"', 'ооо ромашка'],
    ['О.О.О. Ромашка', 'ООО "Ромашка"'],
    ['ООО "Торговый дом „Ёлка“"', 'Торговый Дом Елка ООО'],
    ['ПАО «Яндекс»', 'Yandex'],
    ['Torgovyi Dom Romashka LLC', 'ООО «Торговый дом Ромашка»'],
    ['ТоргСервис', 'Торг-Сервис'],
    ['Щётки и Кисти', 'Shchyotki i Kisti'],
  ])('%s = %s', (a, b) => expect(firmKey(a)).toBe(firmKey(b)))

  it.each([
    ['Ромашка', 'Ромашка плюс'],
    ['Школа 1', 'Школа 11'],
    ['ООО «Север»', 'ООО «Юг»'],
  ])('%s ≠ %s', (a, b) => expect(firmKey(a)).not.toBe(firmKey(b)))

  it('is there for a firm that is called by nothing but a legal form, and not for signs', () => {
    expect(firmKey('ИП')).not.toBeNull()
    expect(firmKey('«»')).toBeNull()
  })

  it('does not depend on case, quotes, spaces and the legal form', () => {
    const word = fc.stringMatching(/^[а-яёa-z]{2,12}$/)
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 4 }),
        fc.constantFrom('ООО', 'АО', 'закрытое акционерное общество', 'LLC'),
        (words, form) => {
          const name = words.join(' ')
          const bare = firmKey(`Завод ${name}`)
          expect(firmKey(`${form} «ЗАВОД  ${name.toUpperCase()}»`)).toBe(bare)
          expect(firmKey(`"Завод ${words.join('-')}", ${form}`)).toBe(bare)
        },
      ),
      { seed, numRuns: 300 },
    )
  })
})

describe('the key of a person', () => {
  it.each([
    ['Иванов Иван Иванович', 'Иван Иванович Иванов'],
    ['Иванов Иван Иванович', 'Иванов Иван'],
    ['Королёв Артём', 'Artem Korolev'],
    ['Korolyov Artyom', 'Артём Королёв'],
    ['Юлия Евгеньевна Щукина', 'Yulia Shchukina'],
    ['ИП Иванов Иван Иванович', 'Иванов Иван Иванович'],
    ['Рабинович Иван Петрович', 'Рабинович Иван'],
  ])('%s = %s', (a, b) => expect(personName(a)?.key).toBe(personName(b)?.key))

  it('of one word is none', () => expect(personName('Елена')).toBeNull())

  it('does not depend on the order of words', () => {
    const word = fc.stringMatching(/^[а-яё]{2,12}$/)
    fc.assert(
      fc.property(fc.array(word, { minLength: 2, maxLength: 2 }), (words) => {
        expect(personName(words.join(' '))).toEqual(personName([...words].reverse().join(' ')))
      }),
      { seed, numRuns: 300 },
    )
  })
})

describe('records match', () => {
  const matched = (a: MergedRow, b: MergedRow) =>
    matchesOf(keysOf('client', a), keysOf('client', b), matchFields.client)

  it('by a phone written in another way, an e-mail in other case, an ИНН', () => {
    const email = (value: string) => ({ emails: [{ id: 'e', order: 'a0', value, kind: 'work' }] })
    const a = client('Ромашка', {
      ...phones('+74951234567'),
      ...email('Info@R.ru'),
      inn: '7707083893',
    })
    const b = client('Лютик', {
      ...phones('8 (495) 123-45-67'),
      ...email('info@r.ru'),
      inn: '7707083893',
    })
    expect(matched(a, b)).toEqual(['phone', 'email', 'inn'])
  })
  it('not by an internal number', () =>
    expect(matched(client('А', phones('101')), client('Б', phones('101')))).toEqual([]))
  it('by ИНН unless both have a КПП and they differ', () => {
    const inn = '7707083893'
    const [a, b] = ['770701001', '500501001']
    expect(matched(client('А', { inn, kpp: a }), client('Б', { inn, kpp: b }))).toEqual([])
    expect(matched(client('А', { inn, kpp: a }), client('Б', { inn }))).toEqual(['inn'])
  })
  it('not by a name alike of which one is a firm, nor by another patronymic', () => {
    const person = { kind: 'person', name: 'Иван Петров' }
    expect(matched(client('a', person), client('b', { name: 'Иван Петров' }))).toEqual([])
    const [one, other] = ['Петров Иван Ильич', 'Петров Иван Олегович']
    expect(matched(client('a', { ...person, name: one }), client('b', person))).toEqual(['name'])
    expect(
      matched(client('a', { ...person, name: one }), client('b', { ...person, name: other })),
    ).toEqual([])
  })
})

describe('groups of duplicates', () => {
  const standing = { citations: 0, changed: 0, completeness: 0, mergeable: true }
  const groups = (
    rows: MergedRow[],
    of: Record<string, Partial<typeof standing>> = {},
    isDistinct: (a: string, b: string) => boolean = () => false,
  ): Group[] => {
    const index = rows.map((row) => keysOf('client', row))
    const found = findMatches(index, ['name', 'phone'], isDistinct)
    return groupsOf(found, (id) => ({ ...standing, ...of[id] }))
  }
  const same = (id: string) => client(id, { name: 'Ромашка' })

  it('have as main the most cited, then the latest changed, then the fullest (F233)', () => {
    const rows = ['a', 'b', 'c'].map(same)
    expect(groups(rows, { b: { citations: 1 }, c: { changed: 9 } })[0]?.main).toBe('b')
    expect(groups(rows, { b: { changed: 1 }, c: { completeness: 9 } })[0]?.main).toBe('b')
    expect(groups(rows, { c: { completeness: 9 } })[0]?.main).toBe('c')
  })
  it('have what may only be read at their end', () => {
    const rows = ['a', 'b'].map(same)
    const [group] = groups(rows, { a: { citations: 5, mergeable: false } })
    expect(group).toMatchObject({ main: 'b', duplicates: [{ id: 'a' }] })
  })
  it('offer a record under each main record that it matches, and under none that was skipped', () => {
    const rows = [
      client('a', { name: 'Ромашка' }),
      client('b', { name: 'Ромашка', ...phones('+74951234567') }),
      client('c', { name: 'Лютик', ...phones('+74951234567') }),
    ]
    const of = { a: { citations: 2 }, c: { citations: 1 } }
    const shape = (list: Group[]) =>
      list.map(({ main, duplicates }) => [main, duplicates.map(({ id }) => id).join()])
    expect(shape(groups(rows, of))).toEqual([
      ['a', 'b'],
      ['c', 'b'],
    ])
    const isSkipped = (a: string, b: string) => [a, b].sort().join() === 'a,b'
    expect(shape(groups(rows, of, isSkipped))).toEqual([['c', 'b']])
  })
  it('are not made of a key that hundreds share', () => {
    const rows = Array.from({ length: maxSharing + 1 }, (_, n) => same(`id${n}`))
    expect(groups(rows)).toEqual([])
    expect(groups(rows.slice(1))).toHaveLength(1)
  })
})
