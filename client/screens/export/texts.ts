import { catalogue } from '../../i18n/index.ts'

export const t = catalogue({
  export: { ru: 'Экспорт', en: 'Export' },
  xlsx: { ru: 'Книга Excel (.xlsx)', en: 'Excel workbook (.xlsx)' },
  csv: { ru: 'Таблица CSV', en: 'CSV table' },
  file: { ru: 'клиенты', en: 'clients' },
  done: {
    ru: {
      one: 'В файле {count} клиент.',
      few: 'В файле {count} клиента.',
      many: 'В файле {count} клиентов.',
      other: 'В файле {count} клиента.',
    },
    en: { one: '{count} client is in the file.', other: '{count} clients are in the file.' },
  },
  withheld: {
    ru: {
      one: 'Ещё {count} не выгружен: на него нет прав.',
      few: 'Ещё {count} не выгружены: на них нет прав.',
      many: 'Ещё {count} не выгружены: на них нет прав.',
      other: 'Ещё {count} не выгружены: на них нет прав.',
    },
    en: {
      one: '{count} more is left out: you have no right to it.',
      other: '{count} more are left out: you have no right to them.',
    },
  },
  nothing: { ru: 'Выгружать нечего.', en: 'There is nothing to export.' },
})
