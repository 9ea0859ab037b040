import { catalogue } from '../../i18n/index.ts'

export const t = catalogue({
  add: { ru: 'Добавить событие', en: 'Add an event' },
  title: { ru: 'Событие', en: 'Event' },
  client: { ru: 'С кем', en: 'With whom' },
  'client.choose': { ru: 'Выберите клиента', en: 'Choose a client' },
  'client.change': { ru: 'Другой клиент', en: 'Another client' },
  kind: { ru: 'Что это было', en: 'What it was' },
  when: { ru: 'Когда', en: 'When' },
  'when.hint': {
    ru: 'Например: вчера 15:00 или 21.11.2026 9:30',
    en: 'Such as: yesterday 15:00 or 21.11.2026 9:30',
  },
  text: { ru: 'О чём говорили, что решили', en: 'What was said and decided' },
  persons: { ru: 'Кто участвовал', en: 'Who took part' },
  files: { ru: 'Файлы', en: 'Files' },
  save: { ru: 'Сохранить', en: 'Save' },
  another: { ru: 'Сохранить и добавить ещё', en: 'Save and add another' },
  saved: { ru: 'Событие сохранено', en: 'The event is saved' },
  delete: { ru: 'Удалить', en: 'Delete' },
  deleted: { ru: 'Событие в корзине', en: 'The event is in the trash' },
  close: { ru: 'Закрыть', en: 'Close' },
  history: { ru: 'История изменений', en: 'History of changes' },
  'error.when': {
    ru: 'Не понимаем дату. Например: вчера 15:00',
    en: 'This is no date. Such as: yesterday 15:00',
  },
  'error.text': {
    ru: 'Напишите хоть слово или приложите файл',
    en: 'Write a word or attach a file',
  },
  'error.client': { ru: 'Выберите, с кем это было', en: 'Choose with whom it was' },
})
