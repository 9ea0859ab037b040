/** Ten clients with what lists show of them, Interests they gained last month, a contact person, two products. */
import { expect } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import type { PushEntry } from '../../../shared/protocol/push.ts'
import { change, type Patch } from '../../../shared/records/change.ts'
import { entryId, tagId } from '../../../shared/records/directory.ts'
import type { RecordType } from '../../../shared/records/index.ts'
import { pushAsService } from '../../lab/device.ts'
import type { Relay } from '../../lab/relay.ts'

export const budget = newId()

export const names = [
  'Альфа',
  'Бета',
  'Вега',
  'Гамма',
  'Дельта',
  'Ёлка',
  'Жираф',
  'Зенит',
  'Ива',
  'Крона',
]

export const seed = async (relay: Relay, me: string): Promise<void> => {
  const entries: PushEntry[] = []
  let writer = 7000
  const put = (type: RecordType, id: string, patch: Patch) => {
    const made = change(type, id, null, patch, ++writer)
    if (!made.ok || !made.value.update) throw new Error(JSON.stringify(made))
    entries.push({ n: entries.length, id, type, at: Date.now(), update: made.value.update })
    return id
  }
  put('field', budget, { recordType: 'client', kind: 'number', name: 'Бюджет' })
  put('directory', tagId('опт'), { directory: 'tag', name: 'опт' })
  const folder = put('directory', newId(), { directory: 'folder', name: 'Регионы' })
  const below = put('directory', newId(), { directory: 'folder', name: 'Урал', parent: folder })
  const first = names.map((name, index) =>
    put('client', newId(), {
      kind: index % 2 ? 'person' : 'organisation',
      name,
      managers: [index < 4 ? me : newId()],
      relation: index % 3 ? 'buyer' : 'supplier',
      ...(index % 2 && { heat: entryId('heat', 'hot') }),
      ...(index === 2 && { folder: below }),
      custom: { [budget]: (index * 7) % 10 },
      phones: { [newId()]: { value: `+7916000000${index}`, kind: 'mobile', order: 'a0' } },
    }),
  )
  const won = { scenario: newId(), stage: newId(), kind: 'won', since: lastMonth() }
  const money = (amount: number) => ({ amount, currency: 'RUB' })
  const chair = put('product', newId(), { name: 'Кресло «Эрго»', price: money(8_000) })
  put('product', newId(), { name: 'Стол письменный', price: money(12_345.67) })
  const sold = { product: chair, name: 'Кресло «Эрго»', quantity: 1, price: 8_000, currency: 'RUB' }
  for (const [index, amount] of [8_000, 1_500, 500].entries())
    put('interest', newId(), {
      name: 'Поставка',
      client: first[index],
      position: won,
      responsible: index === 1 ? me : newId(),
      amount: money(amount),
      ...(index === 0 && { lines: { [newId()]: { ...sold, order: 'a0' } } }),
    })
  put('person', newId(), {
    name: 'Лев Соколов',
    client: first[0],
    managers: [me],
    position: 'Декан',
  })
  const { outcomes } = await pushAsService(relay.url, relay.token, entries)
  expect(outcomes.filter(({ ok }) => !ok)).toEqual([])
}

/** The middle of the last whole month. */
const lastMonth = (): number => {
  const now = new Date()
  return new Date(now.getFullYear(), now.getMonth() - 1, 15).getTime()
}
