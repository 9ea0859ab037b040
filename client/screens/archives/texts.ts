import { catalogue } from '../../i18n/index.ts'

export const t = catalogue({
  title: { ru: 'Архив данных', en: 'Archive of the data' },
  about: {
    ru: 'Клиенты, контактные лица, диалоги, сообщения, история изменений и остальные записи, которые вам видны, таблицами CSV и в JSON, вместе с вложениями. Архив собирается на сервере, страницу можно закрыть. Скачать его сможете только вы, в течение четырёх дней.',
    en: 'Clients, contact persons, dialogs, messages, the history of changes and all other records that you can see, as CSV tables and JSON, together with attachments. The archive is made on the server, you may close this page. Only you can fetch it, for four days.',
  },
  restore: {
    ru: 'Восстановить базу из этого архива нельзя: для этого есть резервная копия сервера. «Стереть» удаляет и все готовые архивы.',
    en: 'The base cannot be restored from it: that is what the backup of the server is for. Erasing a record takes away all archives, too.',
  },
  make: { ru: 'Собрать архив', en: 'Make an archive' },
  list: { ru: 'Архивы', en: 'Archives' },
  administrators: {
    ru: 'Архив всех данных собирают администраторы.',
    en: 'Administrators make the archive of all data.',
  },
  running: {
    ru: {
      one: 'Собирается: {count} запись',
      few: 'Собирается: {count} записи',
      many: 'Собирается: {count} записей',
      other: 'Собирается: {count} записи',
    },
    en: { one: 'Being made: {count} record', other: 'Being made: {count} records' },
  },
  ready: {
    ru: {
      one: '{count} запись',
      few: '{count} записи',
      many: '{count} записей',
      other: '{count} записи',
    },
    en: { one: '{count} record', other: '{count} records' },
  },
  files: {
    ru: {
      one: '{count} файл',
      few: '{count} файла',
      many: '{count} файлов',
      other: '{count} файла',
    },
    en: { one: '{count} file', other: '{count} files' },
  },
  missing: {
    ru: {
      one: '{count} файла нет на сервере',
      few: '{count} файлов нет на сервере',
      many: '{count} файлов нет на сервере',
      other: '{count} файла нет на сервере',
    },
    en: {
      one: '{count} file is not on the server',
      other: '{count} files are not on the server',
    },
  },
  until: { ru: 'до {when}', en: 'until {when}' },
  fetched: { ru: 'скачан {when}', en: 'fetched {when}' },
  failed: {
    ru: 'Собрать не удалось. Данные целы; причина записана в журнале сервера.',
    en: 'It could not be made. The data is whole; the reason is in the log of the server.',
  },
  download: { ru: 'Скачать', en: 'Download' },
  delete: { ru: 'Удалить', en: 'Delete' },
  done: { ru: 'Архив готов', en: 'The archive is ready' },
})
