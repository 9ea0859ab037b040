import { catalogue } from '../../../i18n/index.ts'

export const t = catalogue({
  title: { ru: 'Справочники', en: 'Directories' },
  tile: {
    ru: 'Типы контактов, теплота, папки, теги, валюты, виды событий',
    en: 'Contact types, heat, folders, tags, currencies, kinds of events',
  },
  add: { ru: 'Добавить', en: 'Add' },
  change: { ru: 'Изменить', en: 'Change' },
  remove: { ru: 'Удалить', en: 'Delete' },
  join: { ru: 'Объединить с другим', en: 'Join with another' },
  makeDefault: { ru: 'Сделать основной', en: 'Make it the default' },
  actions: { ru: 'Действия: {name}', en: 'Actions: {name}' },
  default: { ru: 'Основная', en: 'Default' },
  system: { ru: 'Системное', en: 'System' },
  name: { ru: 'Название', en: 'Name' },
  colour: { ru: 'Цвет', en: 'Colour' },
  noColour: { ru: 'Без цвета', en: 'No colour' },
  parent: { ru: 'Входит в', en: 'Part of' },
  top: { ru: 'Верхний уровень', en: 'Top level' },
  code: { ru: 'Код ISO 4217', en: 'ISO 4217 code' },
  rate: { ru: 'Курс к основной валюте', en: 'Rate to the default currency' },
  rateOf: { ru: 'курс {rate}', en: 'rate {rate}' },
  save: { ru: 'Сохранить', en: 'Save' },
  cancel: { ru: 'Отмена', en: 'Cancel' },
  saved: { ru: '«{name}»: сохранено', en: '“{name}” is saved' },
  removed: { ru: '«{name}»: удалено', en: '“{name}” is deleted' },
  'error.name': { ru: 'Введите название', en: 'Enter a name' },
  'error.taken': { ru: 'Такое название уже есть', en: 'There is one with this name already' },
  'error.code': { ru: 'Три латинские буквы, например KGS', en: 'Three Latin letters, such as KGS' },
  'error.rate': { ru: 'Число больше нуля', en: 'A number above zero' },
  empty: { ru: 'Здесь пока ничего нет', en: 'Nothing here yet' },
  'used.title': { ru: 'Удалить нельзя', en: 'Cannot be deleted' },
  'used.rename': {
    ru: 'Название нельзя изменить: тип используется ({uses}).',
    en: 'The name cannot be changed: the type is in use ({uses}).',
  },
  'used.text': {
    ru: '«{name}» используется: {uses}. Сначала замените это значение там, где оно указано.',
    en: '“{name}” is in use: {uses}. First replace it where it is named.',
  },
  'used.system': {
    ru: '«{name}» — системное значение: на него опирается программа, поэтому удалить его нельзя. Переименовать можно.',
    en: '“{name}” is a system value: the program relies on it, so it cannot be deleted. It can be renamed.',
  },
  'uses.clients': {
    ru: {
      one: '{count} клиент',
      few: '{count} клиента',
      many: '{count} клиентов',
      other: '{count} клиента',
    },
    en: { one: '{count} client', other: '{count} clients' },
  },
  'uses.persons': {
    ru: {
      one: '{count} контактное лицо',
      few: '{count} контактных лица',
      many: '{count} контактных лиц',
      other: '{count} контактного лица',
    },
    en: { one: '{count} contact person', other: '{count} contact persons' },
  },
  'uses.interactions': {
    ru: {
      one: '{count} событие',
      few: '{count} события',
      many: '{count} событий',
      other: '{count} события',
    },
    en: { one: '{count} event', other: '{count} events' },
  },
  'uses.tasks': {
    ru: { one: '{count} дело', few: '{count} дела', many: '{count} дел', other: '{count} дела' },
    en: { one: '{count} task', other: '{count} tasks' },
  },
  'uses.interests': {
    ru: { one: '{count} Интерес', few: '{count} Интереса', other: '{count} Интересов' },
    en: { one: '{count} Interest', other: '{count} Interests' },
  },
  'uses.entries': {
    ru: {
      one: '{count} вложенная папка',
      few: '{count} вложенные папки',
      many: '{count} вложенных папок',
      other: '{count} вложенной папки',
    },
    en: { one: '{count} folder inside', other: '{count} folders inside' },
  },
  'uses.none': { ru: 'не используется', en: 'not in use' },
  'tag.remove.title': { ru: 'Удалить тег?', en: 'Delete the tag?' },
  'tag.remove.text': {
    ru: 'Тег «{name}» исчезнет отовсюду: {uses}. Сами записи останутся.',
    en: 'The tag “{name}” goes from everywhere: {uses}. The records stay.',
  },
  'join.title': { ru: 'Объединить тег «{name}»', en: 'Join the tag “{name}”' },
  'join.into': { ru: 'С тегом', en: 'With the tag' },
  'join.text': {
    ru: 'Все записи с тегом «{name}» получат выбранный тег.',
    en: 'All records with the tag “{name}” will have the chosen one.',
  },
  'join.do': { ru: 'Объединить', en: 'Join' },
  joined: { ru: 'Теги объединены', en: 'The tags are joined' },
  onlyAdministrators: {
    ru: 'Справочники меняют администраторы.',
    en: 'Directories are changed by administrators.',
  },
})
