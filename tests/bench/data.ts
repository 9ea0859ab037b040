/**
 * Generated Russian data, the same for every run: clients with an Interest each, and dialogs with
 * their messages. Sizes are those of the design: S 1,000, M 10,000, L 50,000 clients, one dialog per
 * two clients, twenty messages a dialog.
 */
import { derivedId, monthOf, segmentId } from '../../shared/ids.ts'
import { movePatch } from '../../shared/interests/moves.ts'
import type { PushEntry } from '../../shared/protocol/push.ts'
import { change, type Patch } from '../../shared/records/change.ts'
import type { Row } from '../../shared/records/declaration.ts'
import type { RecordType } from '../../shared/records/index.ts'
import { simpleScenario, simpleStage } from '../../shared/records/scenario.ts'
import type { Message } from '../../shared/records/segment.ts'

export const sizes = { S: 1_000, M: 10_000, L: 50_000 } as const
export type Size = keyof typeof sizes

/** The size a scenario asks for, or the largest that it may take. */
export const atMost = (asked: Size, most: Size): Size =>
  sizes[asked] <= sizes[most] ? asked : most

/** Mulberry32: small, seeded, good enough for names. */
export const random = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
}

const surnames =
  'Иванов Смирнов Кузнецов Попов Васильев Петров Соколов Михайлов Новиков Фёдоров Морозов Волков Алексеев Лебедев Семёнов Егоров Павлов Козлов Степанов Николаев'.split(
    ' ',
  )
const names = 'Александр Сергей Дмитрий Андрей Алексей Максим Евгений Иван Михаил Николай'.split(
  ' ',
)
const words =
  'Ромашка Вектор Северсталь Горизонт Альянс Прогресс Техносфера Стройинвест Логистика Берег Восток Меридиан Кристалл Импульс Гарант Луч Радуга Мост Феникс Заря'.split(
    ' ',
  )
const cities = 'Москва Казань Самара Пермь Тула Омск Уфа Тверь Калуга Псков'.split(' ')
const sentences = [
  'Добрый день! Пришлите, пожалуйста, счёт на оплату по последней заявке.',
  'Когда ожидать отгрузку? Склад ждёт подтверждения до пятницы.',
  'Спасибо, документы получили, передали в бухгалтерию.',
  'Просим согласовать скидку на следующую партию, объём вырастет вдвое.',
  'Коллеги, во вложении подписанный договор и карточка предприятия.',
]

/** What is sold. */
const wares =
  'Поставка насосов|Монтаж вентиляции|Сервисное обслуживание|Партия кабеля|Проект склада|Аренда погрузчика|Запчасти|Обучение персонала|Ремонт станка|Упаковка на квартал'.split(
    '|',
  )
/** Stages of the scenario that every company begins with, and the part of all Interests up to each. */
const stages = [
  { key: 'talks', kind: 'open', below: 0.45 },
  { key: 'invoice', kind: 'open', below: 0.7 },
  { key: 'shipment', kind: 'open', below: 0.85 },
  { key: 'won', kind: 'won', below: 0.95 },
  { key: 'lost', kind: 'lost', below: 1 },
] as const

export interface Generated {
  type: RecordType
  id: string
  patch: Patch
}

/** 21 November 2026: everything happens in the three weeks before it. */
const now = Date.UTC(2026, 10, 21, 12)
const span = 20 * 86_400_000

/** An Interest of the client; on `stage`, or on any of them. */
export const interestOf = (
  client: string,
  about: string,
  responsible: string,
  next: () => number,
  stage?: (typeof stages)[number]['key'],
): Generated => {
  const drawn = next()
  const { key, kind } =
    stages.find((one) => (stage ? one.key === stage : drawn < one.below)) ?? stages[0]
  const at = now - Math.floor(next() * span)
  const where = { id: simpleStage(key), name: key, kind, probability: 0, order: 'a0' }
  const ware = wares[Math.floor(next() * wares.length)] ?? ''
  return {
    type: 'interest',
    id: derivedId('bench-interest', client, about),
    patch: {
      name: `${ware}, ${about}`,
      client,
      ...movePatch({ id: simpleScenario }, where, { at, by: responsible }),
      amount: { amount: 10_000 + Math.floor(next() * 990) * 1_000, currency: 'RUB' },
      responsible,
      createdAt: at,
      createdBy: responsible,
      tags: next() < 0.3 ? ['опт'] : null,
    },
  }
}

/** `responsible` becomes the manager of every client; `account` holds the dialogs. */
export function* generate(size: Size, responsible: string, account?: string): Generator<Generated> {
  const next = random(20261121)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T // never empty
  const ofInterests = random(20261122)
  const count = sizes[size]
  for (let i = 0; i < count; i++) {
    const company = next() < 0.7
    const surname = pick(surnames)
    const email = `client${i}@${company ? `firm${i % 997}` : 'mail'}.test`
    const id = derivedId('bench-client', String(i))
    yield {
      type: 'client',
      id,
      patch: {
        kind: company ? 'organisation' : 'person',
        name: company ? `ООО «${pick(words)}-${i}»` : `${surname} ${pick(names)} ${i}`,
        relation: pick(['buyer', 'supplier', 'other']),
        inn: company ? String(7_700_000_000 + i) : null,
        managers: [responsible],
        open: 'write',
        createdAt: now - Math.floor(next() * span),
        createdBy: responsible,
        tags: next() < 0.3 ? ['опт'] : null,
        note: next() < 0.5 ? pick(sentences) : null,
        phones: { a: { value: `+7495${String(1_000_000 + i)}`, kind: 'work', order: 'a0' } },
        emails: { a: { value: email, kind: 'work', order: 'a0' } },
        addresses: {
          a: { value: `г. ${pick(cities)}, ул. Ленина, ${i % 200}`, kind: 'legal', order: 'a0' },
        },
      },
    }
    yield interestOf(id, `партия ${i}`, responsible, ofInterests)
    if (!account || i % 2 === 1) continue
    const dialog = derivedId('bench-dialog', String(i))
    const peer = { name: `${surname} ${pick(names)}`, address: email }
    const subject = `Заявка № ${i}`
    yield {
      type: 'dialog',
      id: dialog,
      patch: { account, channel: 'mail', subject, peer, client: id, state: 'open' },
    }
    const at = now - Math.floor(next() * span)
    const messages: Record<string, Message> = {}
    for (let n = 0; n < 20; n++)
      messages[`mail:<${i}.${n}@bench.test>`] = {
        at: at + n * 60_000,
        direction: n % 2 === 0 ? 'in' : 'out',
        kind: 'letter',
        author: n % 2 === 0 ? peer : { employee: responsible },
        subject,
        text: `${pick(sentences)} ${pick(sentences)}`,
        messageId: `<${i}.${n}@bench.test>`,
        folder: n % 2 === 0 ? 'INBOX' : 'Sent',
      }
    yield {
      type: 'segment',
      id: segmentId(dialog, at),
      patch: { dialog, account, month: monthOf(at), messages },
    }
  }
}

/** What a device would push to create a generated record, and the row it would have. */
export const toPush = (
  { type, id, patch }: Generated,
  n: number,
  writer: number,
): { entry: PushEntry; row: Row } => {
  const made = change(type, id, null, patch, writer)
  if (!made.ok || !made.value.update) throw new Error(`generated ${type} is not valid`)
  return { entry: { n, id, type, at: now, update: made.value.update }, row: made.value.row }
}
