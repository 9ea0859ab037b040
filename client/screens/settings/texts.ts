import { catalogue } from '../../i18n/index.ts'

export const t = catalogue({
  title: { ru: 'Настройки', en: 'Settings' },
  'tile.mail': { ru: 'Почта', en: 'Mail' },
  'tile.mail.text': {
    ru: 'Ящики, из которых приходят и уходят письма',
    en: 'Mailboxes that letters come to and leave from',
  },
  'tile.archives': { ru: 'Архив данных', en: 'Archive of the data' },
  'tile.archives.text': {
    ru: 'Вся база компании одним файлом: таблицы CSV, JSON и вложения',
    en: 'The whole base of the company in one file: CSV tables, JSON and attachments',
  },
  'tile.api': { ru: 'API', en: 'API' },
  'tile.api.text': {
    ru: 'Токены, по которым 1С, сайт и другие программы читают и меняют записи',
    en: 'Tokens by which other programs read and change records',
  },
  'tile.employees': { ru: 'Сотрудники и права', en: 'Employees and rights' },
  'tile.employees.text': {
    ru: 'Кто работает в программе и что кому видно',
    en: 'Who uses the program and who sees what',
  },
  'tile.organisation': { ru: 'Организация', en: 'Organisation' },
  'tile.organisation.text': {
    ru: 'Реквизиты для договоров и писем',
    en: 'Your data for contracts and letters',
  },
  'tile.templates': { ru: 'Шаблоны', en: 'Templates' },
  'tile.templates.text': {
    ru: 'Договоры и письма с подстановкой полей',
    en: 'Contracts and letters that fill themselves in',
  },
  'tile.device': { ru: 'Об этом устройстве', en: 'About this device' },
  'tile.device.text': {
    ru: 'Место, установка, полнота данных',
    en: 'Space, installation, completeness of data',
  },
  'tile.offline': { ru: 'Работа без сети', en: 'Working offline' },
  'tile.offline.text': { ru: 'Что ждёт отправки', en: 'What waits to be sent' },
  'tile.profile': { ru: 'Профиль', en: 'Profile' },
  'tile.profile.text': { ru: 'Имя, язык, тема, пароль', en: 'Name, language, theme, password' },
  openMail: { ru: 'Открыть почту', en: 'Open mail' },
  connectedCreate: { ru: 'Подключено — Создать', en: 'Connected — Create' },
  connect: { ru: 'Подключить', en: 'Connect' },
  trouble: { ru: 'Есть ошибка', en: 'There is an error' },
  'offer.title': { ru: 'Начните с почты', en: 'Start with mail' },
  'offer.text': {
    ru: 'Подключите ящик компании: письма клиентов появятся в «Диалогах», а новые отправители станут обращениями.',
    en: 'Connect the company’s mailbox: letters of clients appear in Dialogs, and new senders become appeals.',
  },
  'offer.do': { ru: 'Добавить учётную запись почты', en: 'Add a mail account' },
})
