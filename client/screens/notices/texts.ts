import { catalogue } from '../../i18n/index.ts'

export const t = catalogue({
  title: { ru: 'Оповещения', en: 'Notices' },
  readAll: { ru: 'Прочитать все', en: 'Mark all read' },
  markRead: { ru: 'Отметить прочитанным', en: 'Mark as read' },
  settings: { ru: 'Настроить', en: 'Settings' },
  'empty.title': { ru: 'Оповещений нет', en: 'No notices' },
  'empty.text': {
    ru: 'Здесь появятся назначения, поставленные вам дела и напоминания.',
    en: 'What others give you and what you wanted to be reminded of appears here.',
  },
  unread: { ru: 'Не прочитано', en: 'Unread' },
  hidden: { ru: 'запись недоступна', en: 'a record that is not open to you' },
  somebody: { ru: 'Коллега', en: 'A colleague' },
  'line.responsible': { ru: '{by}: вы ответственный', en: '{by}: you are responsible' },
  'line.responsible.many': {
    ru: {
      one: '{by}: вы ответственный за {count} запись',
      few: '{by}: вы ответственный за {count} записи',
      other: '{by}: вы ответственный за {count} записей',
    },
    en: { one: '{by}: {count} record is yours', other: '{by}: {count} records are yours' },
  },
  'line.task': { ru: '{by}: вам дело', en: '{by}: a task for you' },
  'line.task.many': {
    ru: {
      one: '{by}: вам {count} дело',
      few: '{by}: вам {count} дела',
      other: '{by}: вам {count} дел',
    },
    en: { one: '{by}: {count} task for you', other: '{by}: {count} tasks for you' },
  },
  'line.access': { ru: '{by}: вам открыт доступ', en: '{by}: opened to you' },
  'line.access.many': {
    ru: {
      one: '{by}: вам открыта {count} запись',
      few: '{by}: вам открыты {count} записи',
      other: '{by}: вам открыто {count} записей',
    },
    en: { one: '{by}: {count} record opened to you', other: '{by}: {count} records opened to you' },
  },
  'line.substitution': {
    ru: '{by}: вы замещаете коллегу',
    en: '{by}: you stand in for a colleague',
  },
  'line.reminder': { ru: 'Напоминание о деле', en: 'Reminder of a task' },
  'line.contract': { ru: 'Договор заканчивается {day}', en: 'A contract ends on {day}' },
  'line.date': { ru: '{date} · {day}', en: '{date} · {day}' },
  date: { ru: 'Дата', en: 'Date' },

  'system.title': { ru: 'Уведомления системы', en: 'System notifications' },
  'system.ask': { ru: 'Показывать на этом устройстве', en: 'Show them on this device' },
  'system.hint': {
    ru: 'Пока программа открыта, оповещения видны и поверх других окон.',
    en: 'While the program is open, notices are seen over other windows too.',
  },
  'system.on': { ru: 'Включены на этом устройстве', en: 'On for this device' },
  'system.denied': {
    ru: 'Запрещены в настройках браузера для этого сайта.',
    en: 'Forbidden for this site in the settings of the browser.',
  },
  'off.hint': {
    ru: 'О чём оповещать. Действует на всех ваших устройствах.',
    en: 'What to be told of. Holds on all your devices.',
  },
})
