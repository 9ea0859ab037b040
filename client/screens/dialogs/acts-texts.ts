import { catalogue } from '../../i18n/index.ts'

export const t = catalogue({
  menu: { ru: 'Действия: {name}', en: 'Actions: {name}' },
  open: { ru: 'Открыть', en: 'Open' },
  client: { ru: 'Открыть карточку клиента', en: 'Open the client’s card' },
  read: { ru: 'Отметить прочитанным', en: 'Mark as read' },
  unread: { ru: 'Отметить непрочитанным', en: 'Mark as unread' },
  assign: { ru: 'Ответственный', en: 'Responsible' },
  nobody: { ru: 'Никто', en: 'Nobody' },
  close: { ru: 'Закрыть диалог', en: 'Close the dialog' },
  reopen: { ru: 'Открыть снова', en: 'Reopen' },
  'bar.read': { ru: 'Прочитано', en: 'Read' },
  'bar.close': { ru: 'Закрыть', en: 'Close' },
  'assign.hint': {
    ru: 'Показаны те, кто отвечает во всех каналах отмеченных диалогов.',
    en: 'Those who answer in all channels of the ticked dialogs.',
  },
})
