import { beforeEach, describe, expect, it } from 'vitest'
import { locale } from '../../../client/i18n/index.ts'
import { type OutboxEntry, openBase } from '../../../client/replica/tables.ts'
import { fieldWords, readNames } from '../../../client/screens/offline-work/field-words.ts'
import { refusalWords } from '../../../client/screens/offline-work/refusal-words.ts'
import { storeForget } from '../../../client/sync/store-frames.ts'
import { newId } from '../../../shared/ids.ts'

beforeEach(() => {
  locale.value = 'ru'
})

const names = new Map([['0190-anna', 'Анна Ковалёва']])

describe('what a refusal is about', () => {
  it('says how many records use what was to go', () => {
    const uses = 'client:3,interest:2,person:1'
    expect(refusalWords({ type: 'directory', reason: 'inUse', field: uses }, names)).toBe(
      'Используется: 3 клиента, Интерес: 2, 1 контактное лицо',
    )
  })
  it('names the field, one of the company’s own too', () => {
    const own = new Map([['0190-field', 'Скидка']])
    expect(refusalWords({ type: 'client', reason: 'invalidValue', field: 'name' }, own)).toBe(
      'Поле: Наименование',
    )
    expect(
      refusalWords({ type: 'client', reason: 'fieldRestricted', field: 'custom/0190-field' }, own),
    ).toBe('Поле: Скидка')
    expect(refusalWords({ type: 'client', reason: 'forbidden' }, own)).toBe('')
  })
})

describe('lines of goods that changed', () => {
  const chair = { id: 'x', name: 'Кресло', quantity: 2, price: 100, currency: 'RUB', order: 'a0' }
  const lamp = { id: 'y', name: 'Лампа', quantity: 1, price: 5, currency: 'RUB', order: 'a1' }
  const said = (before: unknown, after: unknown) => {
    const [words] = fieldWords('interest', { lines: [before, after] }, new Map())
    return `${words?.label}: ${words?.before} → ${words?.after}`.replaceAll('\u00a0', ' ')
  }

  it('are told by what is otherwise, not by those that stayed', () => {
    expect(said([chair, lamp], [{ ...chair, quantity: 3, discount: 10 }, lamp])).toBe(
      'Товары: Кресло ×2 по 100,00 ₽ → Кресло ×3 по 100,00 ₽ −10 %',
    )
    expect(said(null, [lamp])).toBe('Товары: пусто → Лампа ×1 по 5,00 ₽')
    expect(said([chair, lamp], [chair])).toBe('Товары: Лампа ×1 по 5,00 ₽ → пусто')
  })
  it('are all told where only their order is another', () => {
    expect(said([chair, lamp], [{ ...lamp, order: 'Zz' }, chair])).toBe(
      'Товары: Кресло ×2 по 100,00 ₽, Лампа ×1 по 5,00 ₽ → Лампа ×1 по 5,00 ₽, Кресло ×2 по 100,00 ₽',
    )
  })
})

describe('names for what changed', () => {
  it('are those of the records that it names, of whatever type, as far as they are here', async () => {
    const base = openBase(`names-${newId()}`)
    const ids = Array.from({ length: 6 }, newId)
    const [client = '', interest = '', task = '', dialog = '', segment = '', secret = ''] = ids
    const put = (type: 'client' | 'interest' | 'task' | 'dialog' | 'clientSegment', row: object) =>
      base.table(type).put({ type, ...row })
    await put('client', { id: client, name: 'ООО «Заря»' })
    await put('interest', { id: interest, name: 'Станок' })
    await put('task', { id: task, title: 'Позвонить' })
    await put('dialog', { id: dialog, peer: { address: 'ivan@zavod.ru' } })
    await put('clientSegment', { id: segment, name: 'Ключевые' })
    const found = await readNames(base, {
      merged: [[], [{ id: client, order: '', at: 1 }]],
      interest: [undefined, interest],
      task: [task, undefined],
      dialog: [dialog, secret],
      segments: [[], [segment]],
    })
    expect(ids.map((id) => found.get(id))).toEqual([
      'ООО «Заря»',
      'Станок',
      'Позвонить',
      'ivan@zavod.ru',
      'Ключевые',
      undefined,
    ])
    await base.delete()
  })
})

describe('a waiting change in words', () => {
  it('shows labels and both values', () => {
    expect(fieldWords('client', { name: ['Ромашка', 'ООО «Ромашка»'] }, names)).toEqual([
      { label: 'Наименование', before: 'Ромашка', after: 'ООО «Ромашка»' },
    ])
  })
  it('shows of a long text the place where it differs', () => {
    const start = 'Общие положения. '.repeat(100)
    const [words] = fieldWords(
      'template',
      { body: [`${start}Срок: год`, `${start}Срок: два года`] },
      names,
    )
    expect(words?.before).toMatch(/^….{0,60}Срок: год$/)
    expect(words?.after).toMatch(/^….{0,60}Срок: два года$/)
    const [short] = fieldWords('client', { name: ['ООО «Ромашка»', 'ООО «Рома»'] }, names)
    expect(short?.after).toBe('ООО «Рома»')
  })
  it('says of a record that was taken away that it is not known what it held before', async () => {
    const base = openBase(`forgotten-${newId()}`)
    const id = newId()
    const change = {
      doc: id,
      type: 'client' as const,
      at: 1,
      kind: 'changed' as const,
      patch: { name: 'Тайна', inn: '7707083893' },
      fields: { name: ['Ромашка', 'Тайна'], inn: [undefined, '7707083893'] },
      files: [],
      label: 'Ромашка',
    } satisfies Partial<OutboxEntry>
    await base.docs.put({ id, type: 'client', seq: 1, state: new Uint8Array() })
    await base.outbox.add({ ...change, update: new Uint8Array() } as unknown as OutboxEntry) // its number is drawn
    await storeForget(base, [id], () => 2)
    const [refused] = await base.rejected.toArray()
    expect(JSON.stringify(refused)).not.toContain('Ромашка')
    const words = fieldWords('client', refused?.fields ?? {}, names, refused?.forgotten)
    expect(words).toEqual([
      {
        label: 'Наименование',
        before: 'прежнее значение неизвестно',
        after: 'Тайна',
        forgotten: true,
      },
      {
        label: 'ИНН',
        before: 'прежнее значение неизвестно',
        after: '7707083893',
        forgotten: true,
      },
    ])
    await base.delete()
  })
  it('names choices, people and what is empty', () => {
    const words = fieldWords(
      'client',
      { relation: ['buyer', undefined], managers: [[], ['0190-anna']] },
      names,
    )
    expect(words).toEqual([
      { label: 'Тип отношений', before: 'Покупатель', after: 'пусто' },
      { label: 'Ответственные', before: 'пусто', after: 'Анна Ковалёва' },
    ])
  })
  it('shows the values of parts, phones as they are read', () => {
    const part = { id: 'p', order: 'a0', value: '+74951234567', kind: 'work' }
    expect(fieldWords('client', { phones: [[], [part]] }, names)).toEqual([
      { label: 'Телефоны', before: 'пусто', after: '+7 495 123-45-67' },
    ])
  })
  it('names the records that a merge and an import left, and those that one may not read', () => {
    const known = new Map([
      ['0190-zarya', 'ООО «Заря»'],
      ['0190-file', 'база.xlsx'],
    ])
    const words = fieldWords(
      'client',
      {
        mergedInto: [undefined, '0190-zarya'],
        parent: [undefined, '0190aaaa-0000-7000-8000-00000000000f'],
        imports: [[], [{ id: '0190-file', order: 'a0', at: 1, created: 'x' }]],
      },
      known,
    )
    expect(words.map(({ label, after }) => [label, after])).toEqual([
      ['Объединена с', 'ООО «Заря»'],
      ['Входит в', 'запись, которая вам не видна'],
      ['Загрузки из файлов', 'база.xlsx'],
    ])
  })
  it('shows an id nowhere: neither of a record that one may not read nor of a part or a file', () => {
    const id = '0190aaaa-0000-7000-8000-000000000001'
    const photo = 'b'.repeat(64)
    const option = { id, order: 'a0', name: 'Золотой' }
    const file = { hash: photo, name: 'смета.pdf', size: 10, type: 'application/pdf' }
    const shown = [
      ...fieldWords(
        'task',
        { interest: [undefined, id], done: [undefined, { at: 1, by: id }] },
        names,
      ),
      ...fieldWords('interaction', { persons: [[], [id]], files: [[], [file]] }, names),
      ...fieldWords('client', { photo: [undefined, photo], segments: [[], [id]] }, names),
      ...fieldWords('client', { register: [undefined, { state: 'bankrupt', at: 2e12 }] }, names),
      ...fieldWords('field', { options: [[], [option]] }, names),
    ].map(({ after }) => after)
    expect(shown).toEqual([
      'запись, которая вам не видна',
      '1, запись, которая вам не видна',
      'запись, которая вам не видна',
      'смета.pdf',
      'файл',
      'запись, которая вам не видна',
      'Банкротство',
      'Золотой',
    ])
  })
  it('calls a custom field by its name and shows its value as it is read', () => {
    const known = new Map([
      ['f1', 'Скидка'],
      ['f2', 'Договор до'],
      ['f3', 'Скан'],
      ['f4', 'Уровень'],
      ['o1', 'Золотой'],
    ])
    const words = fieldWords(
      'client',
      {
        'custom/f1': [undefined, { amount: 1500, currency: 'RUB' }],
        'custom/f2': [undefined, '2026-12-31'],
        'custom/f3': [undefined, ['a'.repeat(64), 'устав.pdf', 'application/pdf']],
        'custom/f4': [undefined, 'o1'],
        'custom/f5': [undefined, 'что-то'],
      },
      known,
    )
    expect(words.map(({ label, after }) => [label, after.replaceAll('\u00a0', ' ')])).toEqual([
      ['Скидка', '1 500,00 ₽'],
      ['Договор до', '31.12.2026'],
      ['Скан', 'устав.pdf'],
      ['Уровень', 'Золотой'],
      ['Поле, которого больше нет', 'что-то'],
    ])
  })
  it('calls a message a message, and leaves out what nobody typed', () => {
    const words = fieldWords(
      'segment',
      { 'mail:1': [undefined, 'Добрый день!'], createdAt: [undefined, 1_795_000_000_000] },
      names,
    )
    expect(words).toEqual([{ label: 'Сообщение', before: 'пусто', after: 'Добрый день!' }])
  })
})
