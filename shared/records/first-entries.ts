/** What a new company finds in its directories; made by the relay, so no part of the client. */

import { samplePatch, sampleTemplates } from '../templates/samples.ts'
import type { Patch } from './change.ts'
import { type DirectoryName, type DirectoryRow, entryId } from './directory.ts'
import { simpleScenario, simpleStage } from './scenario.ts'

export interface DefaultEntry {
  id: string
  type: 'directory' | 'scenario' | 'template'
  row: Partial<DirectoryRow>
  name: { ru: string; en: string }
  /** What else depends on the company's language. */
  more?: (language: 'ru' | 'en') => Patch
}

const entries = (
  name: DirectoryName,
  list: [key: string, ru: string, en: string, more?: Partial<DirectoryRow>][],
): DefaultEntry[] =>
  list.map(([key, ru, en, more], index) => ({
    id: entryId(name, key),
    type: 'directory',
    // Keys of `fractional-indexing`: a0 … a9, aA, aB …
    row: { directory: name, order: `a${index.toString(36).toUpperCase()}`, ...more },
    name: { ru, en },
  }))

/** F104 */
const simpleStages = [
  { key: 'talks', name: { ru: 'Переговоры', en: 'Talks' }, kind: 'open', probability: 30 },
  { key: 'invoice', name: { ru: 'Счет', en: 'Invoice' }, kind: 'open', probability: 60 },
  { key: 'shipment', name: { ru: 'Отгрузка', en: 'Shipment' }, kind: 'open', probability: 90 },
  { key: 'won', name: { ru: 'Выигран', en: 'Won' }, kind: 'won', probability: 100 },
  { key: 'lost', name: { ru: 'Проигран', en: 'Lost' }, kind: 'lost', probability: 0 },
] as const

/** What a new company finds in its directories (F50, F62, F53, F69, F71, F144). */
export const defaultEntries: readonly DefaultEntry[] = [
  ...entries('contactType', [
    ['client', 'Клиент', 'Client'],
    ['supplier', 'Поставщик', 'Supplier'],
    ['partner', 'Партнер', 'Partner'],
    ['competitor', 'Конкурент', 'Competitor'],
  ]),
  ...entries('heat', [
    ['cold', 'Холодный', 'Cold', { color: 'blue' }],
    ['warm', 'Теплый', 'Warm', { color: 'orange' }],
    ['hot', 'Горячий', 'Hot', { color: 'red' }],
  ]),
  ...entries('contactRole', [
    ['director', 'Руководитель', 'Head'],
    ['accountant', 'Бухгалтер', 'Accountant'],
    ['buyer', 'Закупки', 'Purchasing'],
    ['engineer', 'Технический специалист', 'Engineer'],
    ['other', 'Другое', 'Other'],
  ]),
  ...entries('dateKind', [
    ['birthday', 'День рождения', 'Birthday', { system: true }],
    ['anniversary', 'Годовщина компании', 'Company anniversary'],
    ['holiday', 'Профессиональный праздник', 'Professional holiday'],
    ['contract', 'Окончание договора', 'End of contract'],
  ]),
  ...entries('currency', [
    ['RUB', 'Российский рубль', 'Russian rouble', { code: 'RUB', system: true, chosenAt: 0 }],
    ['USD', 'Доллар США', 'US dollar', { code: 'USD' }],
    ['EUR', 'Евро', 'Euro', { code: 'EUR' }],
    ['CNY', 'Китайский юань', 'Chinese yuan', { code: 'CNY' }],
    ['KZT', 'Казахстанский тенге', 'Kazakhstani tenge', { code: 'KZT' }],
    ['BYN', 'Белорусский рубль', 'Belarusian rouble', { code: 'BYN' }],
  ]),
  ...entries('interactionKind', [
    ['note', 'Заметка', 'Note', { system: true }],
    ['call', 'Звонок', 'Call'],
    ['meeting', 'Встреча', 'Meeting'],
    ['other', 'Другое', 'Other'],
  ]),
  ...entries('taskCategory', [
    ['call', 'Звонок', 'Call', { icon: 'phone' }],
    ['deal', 'Возможная сделка', 'Deal', { icon: 'deal' }],
    ['demo', 'Демо', 'Demo', { icon: 'screen' }],
    ['email', 'Электронная почта', 'E-mail', { icon: 'mail' }],
    ['fax', 'Факс', 'Fax', { icon: 'printer' }],
    ['followUp', 'Проверка выполнения', 'Follow-up', { icon: 'check' }],
    ['lunch', 'Обед', 'Lunch', { icon: 'food' }],
    ['meeting', 'Встреча', 'Appointment', { icon: 'people' }],
    ['note', 'Заметка', 'Note', { icon: 'note' }],
    ['delivery', 'Доставка', 'Shipping', { icon: 'truck' }],
    ['social', 'Социальные сети', 'Social networks', { icon: 'share' }],
    ['thanks', 'Выражение благодарности', 'Thank you', { icon: 'heart' }],
  ]),
  ...entries('lossReason', [
    ['price', 'Не устроила цена', 'The price'],
    ['competitor', 'Выбрали конкурента', 'A competitor was chosen'],
    ['budget', 'Нет бюджета', 'No budget'],
    ['notNeeded', 'Больше не нужно', 'No longer needed'],
    ['noAnswer', 'Не удалось связаться', 'Could not be reached'],
  ]),
  ...entries('adChannel', [
    ['site', 'Сайт', 'Website'],
    ['internet', 'Реклама в интернете', 'Online advertising'],
    ['networks', 'Социальные сети', 'Social networks'],
    ['advice', 'Рекомендация', 'Recommendation'],
    ['exhibition', 'Выставка', 'Exhibition'],
  ]),
  {
    id: simpleScenario,
    type: 'scenario',
    row: { order: 'a0' },
    name: { ru: 'Простой сценарий', en: 'Simple scenario' },
    more: (language) => ({
      stages: Object.fromEntries(
        simpleStages.map(({ key, name, ...stage }, index) => [
          simpleStage(key),
          { ...stage, name: name[language], order: `a${index}` },
        ]),
      ),
    }),
  },
  ...sampleTemplates.map(
    (sample): DefaultEntry => ({
      id: sample.id,
      type: 'template',
      row: { order: sample.order },
      name: sample.name,
      more: (language) => samplePatch(sample, language),
    }),
  ),
]
