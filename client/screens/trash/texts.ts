import { catalogue } from '../../i18n/index.ts'

export const t = catalogue({
  title: { ru: 'Корзина', en: 'Trash' },
  tile: {
    ru: 'Удалённые записи. Через 30 дней они стираются.',
    en: 'Deleted records. They are erased after 30 days.',
  },
  intro: {
    ru: 'Удалённое лежит здесь 30 дней, потом стирается отовсюду.',
    en: 'What was deleted lies here for 30 days and is then erased everywhere.',
  },
  'empty.title': { ru: 'Корзина пуста', en: 'The trash is empty' },
  'empty.text': {
    ru: 'Сюда попадают удалённые клиенты, Интересы, договоры, дела и другие записи.',
    en: 'Deleted clients, Interests, contracts, tasks and other records come here.',
  },
  list: { ru: 'Удалённые записи', en: 'Deleted records' },
  all: { ru: 'Выбрать все', en: 'Select all' },
  restore: { ru: 'Восстановить', en: 'Restore' },
  restoreSelected: {
    ru: { one: 'Восстановить {count}', few: 'Восстановить {count}', other: 'Восстановить {count}' },
    en: { one: 'Restore {count}', other: 'Restore {count}' },
  },
  restored: {
    ru: {
      one: 'Восстановлена {count} запись',
      few: 'Восстановлены {count} записи',
      other: 'Восстановлено {count} записей',
    },
    en: { one: '{count} record restored', other: '{count} records restored' },
  },
  deletedBy: { ru: 'удалил(а) {name}', en: 'deleted by {name}' },
  you: { ru: 'вы', en: 'you' },
  kept: { ru: 'хранится без срока', en: 'kept without a term' },
  left: {
    ru: {
      one: 'остался {count} день',
      few: 'осталось {count} дня',
      other: 'осталось {count} дней',
    },
    en: { one: '{count} day left', other: '{count} days left' },
  },
  erase: { ru: 'Стереть', en: 'Erase' },
  'erase.menu': { ru: 'Стереть навсегда', en: 'Erase for ever' },
  'erase.title': { ru: 'Стереть «{name}» навсегда?', en: 'Erase “{name}” for ever?' },
  'erase.text': {
    ru: 'Карточка, её история, заметки, события, дела и файлы исчезнут с сервера и со всех устройств. Вернуть их будет нельзя. В прежних резервных копиях они останутся.',
    en: 'The card, its history, notes, events, tasks and files disappear from the server and from every device. They cannot be brought back. Earlier backups still hold them.',
  },
  'erase.persons': { ru: 'Стереть и контактных лиц', en: 'Erase its contact persons too' },
  'erase.messages': {
    ru: 'Стереть и переписку с вложениями',
    en: 'Erase the correspondence and its attachments too',
  },
  'erase.interests': {
    ru: 'Стереть и Интересы с суммами',
    en: 'Erase the Interests with their sums too',
  },
  'erase.interestsHint': {
    ru: 'Если оставить, сохранятся их названия и описания.',
    en: 'If left, their names and descriptions stay.',
  },
  'erase.contracts': {
    ru: 'Стереть и договоры с файлами',
    en: 'Erase the contracts and their files too',
  },
  'erase.contractsHint': {
    ru: 'Если оставить, сохранятся их номера, предметы и суммы.',
    en: 'If left, their numbers, subjects and sums stay.',
  },
  'erase.confirm': { ru: 'Введите имя: {name}', en: 'Type the name: {name}' },
  'erase.wrong': { ru: 'Имя набрано иначе', en: 'The name is different' },
  'erase.online': { ru: 'Для этого нужна сеть.', en: 'This needs a network.' },
  'erase.done': { ru: '«{name}»: стёрто', en: '“{name}” is erased' },
})
