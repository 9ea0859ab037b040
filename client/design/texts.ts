import { catalogue } from '../i18n/index.ts'

export const t = catalogue({
  close: { ru: 'Закрыть', en: 'Close' },
  undo: { ru: 'Отменить', en: 'Undo' },
  notices: { ru: 'Уведомления', en: 'Notices' },
})
