import { catalogue } from '../../i18n/index.ts'

export const t = catalogue({
  'mail.accounts': { ru: 'Учётные записи и папки', en: 'Accounts and folders' },
  'mail.letters': { ru: 'Письма', en: 'Letters' },
  'mail.count': {
    ru: {
      one: '{count} письмо',
      few: '{count} письма',
      many: '{count} писем',
      other: '{count} письма',
    },
    en: { one: '{count} letter', other: '{count} letters' },
  },
  'mail.folder.inbox': { ru: 'Входящие', en: 'Inbox' },
  'mail.folder.sent': { ru: 'Отправленные', en: 'Sent' },
  'mail.folder.drafts': { ru: 'Черновики', en: 'Drafts' },
  'mail.folder.junk': { ru: 'Спам', en: 'Spam' },
  'mail.folder.trash': { ru: 'Корзина', en: 'Trash' },
  'mail.folder.archive': { ru: 'Архив', en: 'Archive' },
  'mail.folder.notSynced': {
    ru: 'Письма этой папки остаются в почте и в Интерес не загружаются.',
    en: 'Letters of this folder stay in the mailbox and are not loaded into Interes.',
  },
  'mail.none.title': { ru: 'Почта не подключена', en: 'No mailbox is connected' },
  'mail.none.text': {
    ru: 'Достаточно адреса и пароля: остальное найдётся само.',
    en: 'An address and a password are enough; the rest is found by itself.',
  },
  'mail.none.ask': {
    ru: 'Почту подключает администратор в Настройках.',
    en: 'An administrator connects mailboxes in the settings.',
  },
  'mail.none.connect': { ru: 'Подключить почту', en: 'Connect a mailbox' },
  'mail.empty.title': { ru: 'В этой папке нет писем', en: 'This folder has no letters' },
  'mail.empty.text': {
    ru: 'Новые письма появятся здесь сами.',
    en: 'New letters will appear here by themselves.',
  },
  'mail.choose.title': { ru: 'Выберите письмо', en: 'Choose a letter' },
  'mail.choose.text': {
    ru: 'j и k ходят по списку, Enter открывает.',
    en: 'j and k walk the list, Enter opens.',
  },
  'mail.write': { ru: 'Написать', en: 'Write' },
  'mail.noSubject': { ru: 'Без темы', en: 'No subject' },
  'mail.hasFiles': { ru: 'есть вложения', en: 'has attachments' },
  'mail.back': { ru: 'Назад', en: 'Back' },
  'mail.new.title': { ru: 'Новое письмо', en: 'New letter' },
  'mail.new.from': { ru: 'От кого', en: 'From' },
  'mail.new.to': { ru: 'Кому', en: 'To' },
  'mail.new.toHint': { ru: 'Адрес или имя клиента', en: 'An address or a client’s name' },
  'mail.new.subject': { ru: 'Тема', en: 'Subject' },
  'mail.new.text': { ru: 'Текст письма', en: 'Text of the letter' },
  'mail.new.client': { ru: 'Клиент: {name}', en: 'Client: {name}' },
  'mail.new.noSender': {
    ru: 'Нет ни одной почты, из которой вам можно писать.',
    en: 'There is no mailbox you may write from.',
  },
  'mail.new.queued': { ru: 'Письмо ждёт отправки', en: 'The letter is waiting to be sent' },
})
