import { describe, expect, it } from 'vitest'
import { find } from '../../../client/frame/find.ts'
import { locale } from '../../../client/i18n/index.ts'
import { newId } from '../../../shared/ids.ts'
import { client, message, now, searchLab } from './search-lab.ts'

const lab = searchLab()
const { drain, dump, found, indexedTerms, open, put } = lab

describe('the search', () => {
  it('finds events by their words and files', async () => {
    open()
    const event = { id: 'e', type: 'interaction', kind: 'k', at: 5, contact: 'c' }
    const files = [{ hash: 'h', name: 'замеры.xlsx', size: 1, type: 'x' }]
    await lab.base.table('interaction').put({ ...event, text: 'Обсудили поставку кирпича', files })
    expect(await found('interaction', 'кирпич')).toEqual(['e'])
    await drain()
    expect(await found('interaction', 'кирпич')).toEqual(['e'])
    expect(await found('interaction', 'замеры')).toEqual(['e'])
    await lab.base.interaction.delete('e')
    expect(await found('interaction', 'кирпич')).toEqual([])
    await drain()
    expect(await dump()).not.toContain('кирпич')
  })

  it('finds appeals by their sender, first words and the subject of their dialog', async () => {
    open()
    const field = newId()
    const appeal = {
      ...{ type: 'appeal', account: 'a', channel: 'mail', state: 'new', at: 5, dialog: 'd' },
      custom: { [field]: 'секретнаяскидка' },
    }
    await lab.base.table('appeal').bulkPut([
      {
        ...{ ...appeal, id: 'p', firstWords: 'Нужны поддоны' },
        who: { name: 'Пётр Лугов', address: 'lugov@les.ru' },
      },
      { ...appeal, id: 'q', deletedAt: 1, firstWords: 'Поддоны', who: { address: 'x@les.ru' } },
    ])
    const peer = { address: 'lugov@les.ru' }
    const dialog = { id: 'd', type: 'dialog', account: 'a', channel: 'mail', subject: 'Тара', peer }
    await lab.base.table('dialog').put(dialog)
    const value = { id: 'v', type: 'privateValue', record: 'p', field, moves: [] }
    await lab.base.table('privateValue').put({ ...value, value: 'секретнаяскидка' })
    for (const prepare of [now, drain]) {
      await prepare()
      for (const typed of ['поддон', 'лугов', 'lugov@les.ru', 'Пётр поддонов'])
        expect(await found('appeal', typed)).toEqual(['p'])
      expect(await found('appeal', 'секретнаяскидка')).toEqual([])
    }
    const lines = await find(lab.base, 'тара')
    expect(lines.map(({ kind, path }) => [kind, path])).toEqual([
      ['dialog', '/dialogs/d'],
      ['appeal', '/dialogs/d'],
    ])
    expect(lines[1]?.excerpt).toEqual([{ text: 'Тара', found: true }])
  })

  it('finds products by name, article and own texts; not by what everyone may not see', async () => {
    open()
    locale.value = 'ru'
    const [seen, hidden] = [newId(), newId()]
    const product = { type: 'product', active: true }
    await lab.base.table('product').bulkPut([
      {
        ...{ ...product, id: 'p', name: 'Кресло «Эрго»', article: 'KR-104' },
        price: { amount: 15_990, currency: 'RUB' },
        custom: { [seen]: 'Экокожа', [hidden]: 'секретнаяскидка' },
      },
      { ...product, id: 'q', name: 'Кресло прежнее', deletedAt: 1 },
    ])
    const value = { id: 'v', type: 'privateValue', record: 'p', field: hidden, moves: [] }
    await lab.base.table('privateValue').put({ ...value, value: 'секретнаяскидка' })
    for (const prepare of [now, drain]) {
      await prepare()
      for (const typed of ['кресла', 'KR-104', 'экокож', 'эрго кресло'])
        expect(await found('product', typed)).toEqual(['p'])
      expect(await found('product', 'секретнаяскидка')).toEqual([])
    }
    expect(await dump()).not.toContain('секретнаяскидка')
    const [line] = await find(lab.base, 'экокожа')
    expect(line).toMatchObject({ kind: 'product', path: '/products/p' })
    expect(line?.detail.replace(/\s/g, ' ')).toBe('KR-104 · 15 990,00 ₽')
    expect(line?.excerpt).toEqual([{ text: 'Экокожа', found: true }])
  })

  it('finds tasks, dialogs and events by the texts of fields of one’s own, not by what everyone may not see', async () => {
    open()
    const [open_, hidden] = [newId(), newId()]
    const option = newId()
    const custom = { [open_]: 'Гарантийный ремонт', [hidden]: 'секретнаяскидка', [newId()]: option }
    const task = { type: 'task', title: 'Позвонить', kind: 'call', responsible: 'a', custom }
    const dialog = { type: 'dialog', account: 'a', channel: 'mail', custom }
    await lab.base.table('task').bulkPut([
      { ...task, id: 'a' },
      { ...task, id: 'b', custom: { [open_]: 'ремонты' } },
    ])
    await lab.base.table('dialog').put({ ...dialog, id: 'd', peer: { address: 'ivan@zavod.ru' } })
    await lab.base.table('interaction').put({
      ...{ id: 'e', type: 'interaction', kind: 'k', at: 5, contact: 'c', text: 'Встреча' },
      custom: { [open_]: 'Ремонт', [newId()]: '2026-11-22' },
    })
    for (const record of ['a', 'd']) {
      const value = { id: `v${record}`, type: 'privateValue', record, field: hidden }
      await lab.base.table('privateValue').put({ ...value, value: 'секретнаяскидка', moves: [] })
    }
    for (const prepare of [now, drain]) {
      await prepare()
      expect((await found('task', 'ремонт')).sort()).toEqual(['a', 'b'])
      expect(await found('task', 'гарантийного ремонта')).toEqual(['a'])
      expect(await found('dialog', 'ремонт')).toEqual(['d'])
      expect(await found('dialog', 'ivan ремонт')).toEqual(['d'])
      expect(await found('interaction', 'ремонт')).toEqual(['e'])
      for (const kind of ['task', 'dialog'] as const) {
        expect(await found(kind, 'секретнаяскидка')).toEqual([])
        expect(await found(kind, option.slice(0, 8))).toEqual([])
      }
      expect(await found('interaction', '2026')).toEqual([])
    }
    // The line of one says why it was found.
    const why = (await find(lab.base, 'ремонт')).map(({ kind, excerpt = [] }) => [
      kind,
      excerpt.find((part) => part.found)?.text,
    ])
    expect(why).toContainEqual(['task', 'ремонт'])
    expect(why).toContainEqual(['dialog', 'ремонт'])
    const terms = (await indexedTerms()).join()
    expect(terms).toContain('dialog d гарантийный')
    expect(terms).not.toContain('секретнаяскидка')
  })

  it('finds records by their tags, by the name that a tag has now, beside their own words', async () => {
    open()
    const [vip, partner, gone] = [newId(), newId(), newId()]
    const tag = (id: string, name: string, more: object = {}) =>
      lab.base.table('directory').put({ id, type: 'directory', directory: 'tag', name, ...more })
    await tag(vip, 'Важный клиент')
    await tag(partner, 'Партнёр')
    await tag(gone, 'Уходит', { deletedAt: 1 })
    await lab.base
      .table('client')
      .bulkPut([
        client('1', 'Заря', { tags: [vip], sortName: 'заря' }),
        client('2', 'Восход', { tags: [partner, gone], sortName: 'восход' }),
      ])
    const interest = { type: 'interest', name: 'Станок', scenario: 's', stage: 't' }
    await lab.base.table('interest').put({ id: '3', ...interest, tags: [vip] })
    // Noted only, then indexed.
    for (const prepare of [now, drain]) {
      await prepare()
      expect(await found('client', 'важные')).toEqual(['1'])
      expect(await found('client', 'важный заря')).toEqual(['1'])
      expect(await found('client', 'важный восход')).toEqual([])
      expect(await found('interest', 'важный станок')).toEqual(['3'])
      expect(await found('client', 'уходит')).toEqual([])
    }
    await tag(vip, 'Ключевой')
    expect(await found('client', 'важный')).toEqual([])
    expect(await found('client', 'ключевой')).toEqual(['1'])
    await tag(vip, 'Ключевой', { mergedInto: partner })
    expect(await found('client', 'партнер')).toEqual(['2', '1'])
    await lab.base.table('client').put(client('1', 'Заря', { tags: [], sortName: 'заря' }))
    expect(await found('client', 'партнер')).toEqual(['2'])
    await drain()
    expect(await found('client', 'партнер')).toEqual(['2'])
  })

  it('finds word beginnings and word forms, newest first', async () => {
    open()
    await put(
      message('a', 'Поставки идут по плану', 1),
      message('b', 'Ждём поставку, счёт оплачен', 2),
      message('c', 'The invoices were delivered', 3),
      message('d', 'Поставщик молчит', 4),
    )
    await drain()
    expect(await found('message', 'поставка')).toEqual(['segment/b', 'segment/a'])
    expect(await found('message', 'постав')).toEqual(['segment/d', 'segment/b', 'segment/a'])
    expect(await found('message', 'счетом')).toEqual(['segment/b'])
    expect(await found('message', 'СЧЁТ поставки')).toEqual(['segment/b'])
    expect(await found('message', 'invoice deliver')).toEqual(['segment/c'])
    expect(await found('message', 'план счёт')).toEqual([])
  })

  it('finds contacts by their names before those by other words', async () => {
    open()
    await lab.base.client.bulkPut([
      client('a', 'Альфа', { note: 'партнёр Зари' }),
      client('b', 'ООО «Заря»', { phones: [{ value: '+74951234567' }] }),
    ] as never)
    await drain()
    expect(await found('client', 'заря')).toEqual(['b', 'a'])
    expect(await found('client', '8 (495) 123')).toEqual(['b'])
  })

  it('finds tasks by their titles, descriptions and results, those due latest first', async () => {
    open()
    const task = { type: 'task', kind: 'call', responsible: 'a' }
    await lab.base.task.bulkPut([
      { ...task, id: 'a', title: 'Позвонить насчёт поставки', due: 1 },
      { ...task, id: 'b', title: 'Встреча', description: 'Обсудить поставку', due: 2 },
      { ...task, id: 'c', title: 'Поставка', deletedAt: 3 },
    ] as never)
    await drain()
    expect(await found('task', 'поставка')).toEqual(['b', 'a'])
  })
})
