import { catalogue } from '../../i18n/index.ts'

/** Of the list, which is the first screen, and what stands in other places too. */
export const t = catalogue({
  'dialogs.title': { ru: 'Диалоги', en: 'Dialogs' },
  'dialogs.list': { ru: 'Список диалогов', en: 'List of dialogs' },
  'dialogs.filter.all': { ru: 'Все', en: 'All' },
  'dialogs.filter.mine': { ru: 'Мои', en: 'Mine' },
  'dialogs.filter.unassigned': { ru: 'Не назначены', en: 'Unassigned' },
  'dialogs.filter.unread': { ru: 'Непрочитанные', en: 'Unread' },
  'dialogs.filter.waiting': { ru: 'Ждут ответа', en: 'Waiting' },
  'dialogs.filter.appeals': { ru: 'Обращения', en: 'Appeals' },
  'dialogs.duplicates': { ru: 'Дубли обращений', en: 'Duplicates of appeals' },
  'dialogs.filter.fields': { ru: 'Отбор по полям', en: 'Filter by fields' },
  'dialogs.several': { ru: 'Выбрать несколько', en: 'Choose several' },
  'dialogs.filter.anyAccount': { ru: 'Все каналы', en: 'All channels' },
  'dialogs.empty.title': { ru: 'Диалогов пока нет', en: 'No dialogs yet' },
  'dialogs.empty.text': {
    ru: 'Подключите почту, и письма клиентов станут диалогами.',
    en: 'Connect a mailbox, and letters of clients become dialogs.',
  },
  'dialogs.empty.ask': {
    ru: 'Когда администратор подключит почту, письма клиентов станут диалогами.',
    en: 'When an administrator connects a mailbox, letters of clients become dialogs.',
  },
  'dialogs.empty.connect': { ru: 'Подключить почту', en: 'Connect a mailbox' },
  'dialogs.empty.waiting': {
    ru: 'Почта подключена. Первое письмо появится здесь само.',
    en: 'The mailbox is connected. The first letter will appear here by itself.',
  },
  'dialogs.empty.write': { ru: 'Написать письмо', en: 'Write a letter' },
  'dialogs.nothing.title': { ru: 'Под фильтр ничего не подходит', en: 'Nothing passes the filter' },
  'dialogs.nothing.reset': { ru: 'Показать все', en: 'Show all' },
  'dialogs.choose.title': { ru: 'Выберите диалог', en: 'Choose a dialog' },
  'dialogs.choose.text': {
    ru: 'j и k ходят по списку, Enter открывает, r отвечает.',
    en: 'j and k walk the list, Enter opens, r answers.',
  },
  'dialogs.unread': { ru: 'не прочитано', en: 'unread' },
  'dialogs.waits': { ru: 'ждёт ответа', en: 'waits for an answer' },
  'dialogs.appeal': { ru: 'обращение', en: 'appeal' },
  'dialogs.you': { ru: 'Вы: ', en: 'You: ' },
  'dialogs.noText': { ru: 'Письмо без текста', en: 'A letter with no text' },
  'dialogs.noSubject': { ru: 'Без темы', en: 'No subject' },
  'message.you': { ru: 'Вы', en: 'You' },
  'message.employee': { ru: 'Сотрудник', en: 'Employee' },
  'context.channel': { ru: 'Канал', en: 'Channel' },
})
