import { catalogue } from '../../i18n/index.ts'

export const t = catalogue({
  'device.title': { ru: 'Об этом устройстве', en: 'About this device' },
  'device.persisted': { ru: 'Хранение', en: 'Storage' },
  'device.isPersisted': {
    ru: 'Браузер обещал не удалять данные.',
    en: 'The browser promised to keep the data.',
  },
  'device.notPersisted': {
    ru: 'Если кончится место, браузер может удалить данные; они восстановятся с сервера.',
    en: 'The browser may drop the data when space runs out; it is then fetched again.',
  },
  'export.title': { ru: 'Копия данных', en: 'A copy of the data' },
  'export.text': {
    ru: 'Всё, что хранится на этом устройстве и что вам разрешено выгружать: клиенты, диалоги, письма и файлы. Одним архивом, в таблицах CSV и в JSON. Сеть не нужна.',
    en: 'All that is on this device and that you may export: clients, dialogs, letters and files. One archive, as CSV tables and JSON. No network is needed.',
  },
  'export.start': { ru: 'Выгрузить данные', en: 'Export the data' },
  'export.running': { ru: 'Выгружается: {done}', en: 'Exporting: {done}' },
  'export.failed': {
    ru: 'Не удалось: на устройстве мало места. Освободите его и повторите.',
    en: 'That did not work: the device is short of space. Make some and try again.',
  },
  'export.records': {
    ru: {
      one: 'Выгружена {count} запись.',
      few: 'Выгружено {count} записи.',
      other: 'Выгружено {count} записей.',
    },
    en: { one: '{count} record exported.', other: '{count} records exported.' },
  },
  'export.missing': {
    ru: {
      one: 'На этом устройстве нет {count} файла: он назван в export.json.',
      other: 'На этом устройстве нет {count} файлов: они названы в export.json.',
    },
    en: {
      one: '{count} file is not on this device: it is named in export.json.',
      other: '{count} files are not on this device: they are named in export.json.',
    },
  },
  'export.incomplete': {
    ru: 'Данные ещё загружаются: в архиве только то, что уже есть на устройстве.',
    en: 'Data is still loading: the archive holds only what is on the device by now.',
  },
  'device.install': { ru: 'Установить программу', en: 'Install the program' },
  'device.installText': {
    ru: 'Interes откроется отдельным окном и будет под рукой на рабочем столе или экране телефона.',
    en: 'Interes opens in a window of its own, at hand on the desktop or home screen.',
  },
  'device.installed': {
    ru: 'Interes установлен на этом устройстве.',
    en: 'Interes is installed here.',
  },
  'device.installIos': {
    ru: 'Чтобы установить: «Поделиться» → «На экран „Домой“».',
    en: 'To install: Share → Add to Home Screen.',
  },
  'device.installBrowser': {
    ru: 'Чтобы установить, откройте меню браузера и выберите установку приложения, если она там есть.',
    en: 'To install, look for it in the browser’s menu, where the browser offers that.',
  },
})
