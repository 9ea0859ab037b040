import { catalogue } from '../i18n/index.ts'

export const t = catalogue({
  close: { ru: 'Закрыть', en: 'Close' },
  dismiss: { ru: 'Убрать уведомление', en: 'Dismiss the notice' },
  undo: { ru: 'Отменить', en: 'Undo' },
  showPassword: { ru: 'Показать пароль', en: 'Show the password' },
  hidePassword: { ru: 'Скрыть пароль', en: 'Hide the password' },
  move: { ru: 'Переместить: {name}', en: 'Move: {name}' },
  notices: { ru: 'Уведомления', en: 'Notices' },
})
