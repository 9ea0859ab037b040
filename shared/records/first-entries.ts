/** What a new company finds in its directories; made by the relay, so no part of the client. */
import { type DirectoryName, type DirectoryRow, entryId } from './directory.ts'

export interface DefaultEntry {
  id: string
  row: Pick<DirectoryRow, 'directory' | 'order'> & Partial<DirectoryRow>
  name: { ru: string; en: string }
}

const entries = (
  name: DirectoryName,
  list: [key: string, ru: string, en: string, more?: Partial<DirectoryRow>][],
): DefaultEntry[] =>
  list.map(([key, ru, en, more], index) => ({
    id: entryId(name, key),
    // Keys of `fractional-indexing`: a0 … a9, aA, aB …
    row: { directory: name, order: `a${index.toString(36).toUpperCase()}`, ...more },
    name: { ru, en },
  }))

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
]
