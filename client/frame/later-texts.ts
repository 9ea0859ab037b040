import { catalogue } from '../i18n/index.ts'

/** Texts of what is opened later than the first screen, and comes with it. */
export const t = catalogue({
  'search.hint': {
    ru: 'Клиенты, люди, теги, Интересы, договоры, товары, дела, диалоги, письма, события',
    en: 'Clients, people, tags, Interests, contracts, products, tasks, dialogs, letters, events',
  },
  'search.clients': { ru: 'Клиенты', en: 'Clients' },
  'search.persons': { ru: 'Контактные лица', en: 'Contact persons' },
  'search.interests': { ru: 'Интересы', en: 'Interests' },
  'search.contracts': { ru: 'Договоры', en: 'Contracts' },
  'search.products': { ru: 'Товары и услуги', en: 'Products and services' },
  'search.inactive': { ru: 'Неактивен', en: 'Inactive' },
  'search.tasks': { ru: 'Дела', en: 'Tasks' },
  'search.dialogs': { ru: 'Диалоги', en: 'Dialogs' },
  'search.appeals': { ru: 'Обращения', en: 'Appeals' },
  'search.messages': { ru: 'Сообщения', en: 'Messages' },
  'search.events': { ru: 'События', en: 'Events' },
  'search.building': {
    ru: 'Тексты ещё готовятся к поиску. Пока находятся клиенты и люди по именам, телефонам и адресам.',
    en: 'Texts are still being prepared for search. Meanwhile clients and people are found by names, phones and addresses.',
  },
  'search.nothing': {
    ru: 'Ничего не найдено. Попробуйте начало имени, ИНН, телефон или адрес.',
    en: 'Nothing found. Try the beginning of a name, an INN, a phone or an address.',
  },
  'search.start': {
    ru: 'Начните вводить имя, ИНН, телефон, адрес или слова из письма.',
    en: 'Start typing a name, an INN, a phone, an address or words of a letter.',
  },
  'search.found': {
    ru: { one: 'Найден {count}', other: 'Найдено {count}' },
    en: '{count} found',
  },
  'signOut.title': { ru: 'Выйти на этом устройстве?', en: 'Sign out on this device?' },
  'signOut.text': {
    ru: 'Данные компании будут стёрты с этого устройства. На сервере они останутся.',
    en: 'The company’s data will be erased from this device. It stays on the server.',
  },
  'signOut.waiting': {
    ru: {
      one: '{count} изменение ещё не отправлено и пропадёт.',
      few: '{count} изменения ещё не отправлены и пропадут.',
      other: '{count} изменений ещё не отправлены и пропадут.',
    },
    en: {
      one: '{count} change has not been sent and will be lost.',
      other: '{count} changes have not been sent and will be lost.',
    },
  },
  'signOut.look': { ru: 'Посмотреть их', en: 'Look at them' },
  'signOut.stay': { ru: 'Остаться', en: 'Stay' },
  'signOut.lose': { ru: 'Выйти и потерять их', en: 'Sign out and lose them' },
  'keys.title': { ru: 'Клавиши', en: 'Keyboard' },
  'keys.search': { ru: 'Поиск', en: 'Search' },
  'keys.create': { ru: 'Создать', en: 'Create' },
  'keys.help': { ru: 'Эта подсказка', en: 'This list' },
  'keys.close': {
    ru: 'Закрыть окно или меню; на карточке — к списку',
    en: 'Close a window or a menu; on a card, back to the list',
  },
  'keys.next': { ru: 'Следующая, предыдущая строка', en: 'Next, previous row' },
  'keys.open': { ru: 'Открыть строку', en: 'Open the row' },
  'keys.tick': { ru: 'Отметить строку', en: 'Tick the row' },
  'keys.undo': {
    ru: 'Отменить последнее, пока это предлагается',
    en: 'Undo the last thing while that is offered',
  },
  'keys.send': { ru: 'Отправить письмо', en: 'Send the letter' },
  'keys.go': { ru: 'Перейти: {place}', en: 'Go to {place}' },
  'keys.calendar': { ru: 'В календаре', en: 'In the calendar' },
  'keys.today': { ru: 'Сегодня', en: 'Today' },
  'keys.page': { ru: 'Раньше, позже', en: 'Earlier, later' },
  'keys.view': { ru: 'День, неделя, месяц, расписание', en: 'Day, week, month, agenda' },
  'keys.move': { ru: 'Перенести дело', en: 'Move a task' },
  'keys.stretch': { ru: 'Изменить длительность', en: 'Change how long it takes' },
  'keys.then': { ru: 'затем', en: 'then' },
  'own.fullName': { ru: 'ФИО', en: 'Full name' },
  'own.email': { ru: 'Электронная почта', en: 'E-mail' },
  'own.password': { ru: 'Пароль', en: 'Password' },
  'own.passwordHint': {
    ru: 'Не короче 10 знаков; лучше несколько слов',
    en: 'At least 10 characters; several words are best',
  },
})
