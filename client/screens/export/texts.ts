import { catalogue } from '../../i18n/index.ts'

export const t = catalogue({
  export: { ru: 'Экспорт', en: 'Export' },
  failed: { ru: 'Файл не удалось собрать', en: 'The file could not be made' },
  again: { ru: 'Попробовать снова', en: 'Try again' },
  xlsx: { ru: 'Книга Excel (.xlsx)', en: 'Excel workbook (.xlsx)' },
  csv: { ru: 'Таблица CSV', en: 'CSV table' },
  'events.xlsx': { ru: 'События: книга Excel', en: 'Events: Excel workbook' },
  'events.csv': { ru: 'События: таблица CSV', en: 'Events: CSV table' },
  'file.client': { ru: 'клиенты', en: 'clients' },
  'file.person': { ru: 'контактные лица', en: 'contact persons' },
  'done.client': {
    ru: {
      one: 'В файле {count} клиент.',
      few: 'В файле {count} клиента.',
      many: 'В файле {count} клиентов.',
      other: 'В файле {count} клиента.',
    },
    en: { one: '{count} client is in the file.', other: '{count} clients are in the file.' },
  },
  'done.person': {
    ru: {
      one: 'В файле {count} человек.',
      few: 'В файле {count} человека.',
      many: 'В файле {count} человек.',
      other: 'В файле {count} человека.',
    },
    en: { one: '{count} person is in the file.', other: '{count} people are in the file.' },
  },
  'file.interest': { ru: 'Интересы', en: 'Interests' },
  'file.contract': { ru: 'договоры', en: 'contracts' },
  'file.product': { ru: 'товары и услуги', en: 'products and services' },
  'lines.xlsx': { ru: 'По строкам товаров: книга Excel', en: 'By product lines: Excel workbook' },
  'lines.csv': { ru: 'По строкам товаров: таблица CSV', en: 'By product lines: CSV table' },
  'file.task': { ru: 'дела', en: 'tasks' },
  'file.interaction': { ru: 'события', en: 'events' },
  'done.interest': {
    ru: {
      one: 'В файле {count} Интерес.',
      few: 'В файле {count} Интереса.',
      many: 'В файле {count} Интересов.',
      other: 'В файле {count} Интереса.',
    },
    en: { one: '{count} Interest is in the file.', other: '{count} Interests are in the file.' },
  },
  'done.contract': {
    ru: {
      one: 'В файле {count} договор.',
      few: 'В файле {count} договора.',
      many: 'В файле {count} договоров.',
      other: 'В файле {count} договора.',
    },
    en: { one: '{count} contract is in the file.', other: '{count} contracts are in the file.' },
  },
  'done.product': {
    ru: {
      one: 'В файле {count} позиция.',
      few: 'В файле {count} позиции.',
      many: 'В файле {count} позиций.',
      other: 'В файле {count} позиции.',
    },
    en: { one: '{count} item is in the file.', other: '{count} items are in the file.' },
  },
  'done.task': {
    ru: {
      one: 'В файле {count} дело.',
      few: 'В файле {count} дела.',
      many: 'В файле {count} дел.',
      other: 'В файле {count} дела.',
    },
    en: { one: '{count} task is in the file.', other: '{count} tasks are in the file.' },
  },
  'done.interaction': {
    ru: {
      one: 'В файле {count} событие.',
      few: 'В файле {count} события.',
      many: 'В файле {count} событий.',
      other: 'В файле {count} события.',
    },
    en: { one: '{count} event is in the file.', other: '{count} events are in the file.' },
  },
  cut: {
    ru: {
      one: '{count} текст длиннее 32 767 знаков обрезан: больше в ячейку Excel не входит. В CSV он целиком.',
      few: '{count} текста длиннее 32 767 знаков обрезаны: больше в ячейку Excel не входит. В CSV они целиком.',
      many: '{count} текстов длиннее 32 767 знаков обрезаны: больше в ячейку Excel не входит. В CSV они целиком.',
      other:
        '{count} текста длиннее 32 767 знаков обрезаны: больше в ячейку Excel не входит. В CSV они целиком.',
    },
    en: {
      one: '{count} text longer than 32,767 characters was cut: an Excel cell holds no more. CSV has it whole.',
      other:
        '{count} texts longer than 32,767 characters were cut: an Excel cell holds no more. CSV has them whole.',
    },
  },
  withheld: {
    ru: {
      one: 'Ещё {count} не в файле: нет прав на выгрузку.',
      few: 'Ещё {count} не в файле: нет прав на выгрузку.',
      many: 'Ещё {count} не в файле: нет прав на выгрузку.',
      other: 'Ещё {count} не в файле: нет прав на выгрузку.',
    },
    en: {
      one: '{count} more is left out: you have no right to it.',
      other: '{count} more are left out: you have no right to them.',
    },
  },
  nothing: { ru: 'Выгружать нечего.', en: 'There is nothing to export.' },
})
