import { catalogue } from '../../i18n/index.ts'

export const t = catalogue({
  title: { ru: 'История', en: 'History' },
  none: { ru: 'Изменений пока нет', en: 'No changes yet' },
  created: { ru: 'создал(а) карточку', en: 'created the card' },
  createdRecord: { ru: 'создал(а) запись', en: 'created the record' },
  changed: { ru: 'изменил(а): {fields}', en: 'changed: {fields}' },
  deleted: { ru: 'переместил(а) в корзину', en: 'moved to the trash' },
  restored: { ru: 'вернул(а) из корзины', en: 'took out of the trash' },
  'mine.created': { ru: 'создали карточку', en: 'created the card' },
  'mine.createdRecord': { ru: 'создали запись', en: 'created the record' },
  'mine.changed': { ru: 'изменили: {fields}', en: 'changed: {fields}' },
  'mine.deleted': { ru: 'переместили в корзину', en: 'moved to the trash' },
  'mine.restored': { ru: 'вернули из корзины', en: 'took out of the trash' },
  you: { ru: 'Вы', en: 'You' },
  device: { ru: 'Устройство: {name}', en: 'Device: {name}' },
  program: { ru: 'через API «{name}»', en: 'by the API “{name}”' },
  thisDevice: { ru: 'это устройство', en: 'this device' },
  unknownDevice: { ru: 'неизвестно', en: 'unknown' },
  was: { ru: 'было', en: 'before' },
  became: { ru: 'стало', en: 'after' },
  putBack: { ru: 'Вернуть прежнее', en: 'Put back' },
  putBackField: { ru: 'Вернуть прежнее: {field}', en: 'Put back: {field}' },
  record: {
    ru: 'Вернуть всю карточку к этому моменту',
    en: 'Return the whole card to this moment',
  },
  done: {
    ru: 'Возвращено. Это новое изменение в истории.',
    en: 'Put back, as a new change in the history.',
  },
  same: { ru: 'Карточка и сейчас такая.', en: 'The card is like that now.' },
  offline: {
    ru: 'Нет сети: показана история, загруженная раньше.',
    en: 'No network: this is the history as it was last loaded.',
  },
})
