import { catalogue } from '../../i18n/index.ts'

export const t = catalogue({
  title: { ru: 'Лента', en: 'Feed' },
  back: { ru: 'К списку клиентов', en: 'To the list of clients' },
  everyone: { ru: 'Все сотрудники', en: 'All employees' },
  who: { ru: 'Чьи действия', en: 'Whose deeds' },
  what: { ru: 'Что показать', en: 'What to show' },
  'what.all': { ru: 'Всё', en: 'Everything' },
  'what.changes': { ru: 'Изменения клиентов', en: 'Changes of clients' },
  'what.events': { ru: 'Все события', en: 'All events' },
  'client.one': { ru: 'Клиент…', en: 'Client…' },
  'client.all': { ru: 'Показать всех клиентов', en: 'Show all clients' },
  event: { ru: 'Событие', en: 'Event' },
  'nothing.title': { ru: 'Ничего не найдено', en: 'Nothing found' },
  'nothing.text': {
    ru: 'Снимите отбор, чтобы увидеть остальное.',
    en: 'Remove the filters to see the rest.',
  },
  'nothing.do': { ru: 'Показать всё', en: 'Show everything' },
  'away.some': {
    ru: 'Нет сети: показаны события с этого устройства, без изменений клиентов.',
    en: 'No network: these are the events on this device, without changes of clients.',
  },
  you: { ru: 'Вы', en: 'You' },
  more: { ru: 'Показать раньше', en: 'Show earlier' },
  again: { ru: 'Повторить', en: 'Try again' },
  today: { ru: 'Сегодня', en: 'Today' },
  yesterday: { ru: 'Вчера', en: 'Yesterday' },
  'client.created': {
    ru: {
      one: 'Новый клиент',
      few: 'Новые клиенты: {count}',
      many: 'Новые клиенты: {count}',
      other: 'Новые клиенты: {count}',
    },
    en: { one: 'New client', other: '{count} new clients' },
  },
  'person.created': {
    ru: {
      one: 'Новое контактное лицо',
      few: 'Новые контактные лица: {count}',
      many: 'Новые контактные лица: {count}',
      other: 'Новые контактные лица: {count}',
    },
    en: { one: 'New contact person', other: '{count} new contact persons' },
  },
  'contract.created': {
    ru: {
      one: 'Новый договор',
      few: 'Новые договоры: {count}',
      many: 'Новые договоры: {count}',
      other: 'Новые договоры: {count}',
    },
    en: { one: 'New contract', other: '{count} new contracts' },
  },
  deleted: { ru: 'В корзину', en: 'Moved to the trash' },
  restored: { ru: 'Из корзины', en: 'Taken out of the trash' },
  merged: { ru: 'Объединение', en: 'Merged' },
  changed: { ru: 'Изменено: {fields}', en: 'Changed: {fields}' },
  others: {
    ru: { one: 'и ещё {count}', other: 'и ещё {count}' },
    en: { one: 'and {count} more', other: 'and {count} more' },
  },
  'empty.title': { ru: 'Пока ничего не происходило', en: 'Nothing has happened yet' },
  'empty.text': {
    ru: 'Здесь будет видно, кто завёл, изменил или удалил клиентов, к которым у вас есть доступ.',
    en: 'Here you will see who added, changed or deleted the clients that you may see.',
  },
  'empty.do': { ru: 'Добавить клиента', en: 'Add a client' },
  'away.title': { ru: 'Лента ведётся на сервере', en: 'The feed is kept on the server' },
  'away.text': {
    ru: 'Сейчас его не слышно. Карточки клиентов открываются и без сети, вместе со своей историей.',
    en: 'It cannot be heard now. Cards of clients open with no network, with their history.',
  },
})
