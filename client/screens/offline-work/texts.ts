import { catalogue } from '../../i18n/index.ts'

export const t = catalogue({
  title: { ru: 'Работа без сети', en: 'Working offline' },
  intro: {
    ru: 'Всё, что вы делаете, сначала сохраняется на этом устройстве и уходит на сервер, когда есть сеть.',
    en: 'Everything you do is kept on this device first and goes to the server when there is a network.',
  },
  tryNow: { ru: 'Отправить сейчас', en: 'Send now' },

  waiting: { ru: 'Ждут отправки', en: 'Waiting to be sent' },
  nothingWaits: { ru: 'Всё отправлено.', en: 'Everything has been sent.' },
  created: { ru: 'создано', en: 'created' },
  changed: { ru: 'изменено', en: 'changed' },
  deleted: { ru: 'удалено', en: 'deleted' },
  discard: { ru: 'Отказаться', en: 'Discard' },
  'discard.title': { ru: 'Отказаться от изменения?', en: 'Discard this change?' },
  'discard.text': {
    ru: '«{name}»: запись станет такой, какой была до него. Более поздние ваши изменения останутся.',
    en: '“{name}”: the record becomes what it was before. Your later changes stay.',
  },
  'discard.created': {
    ru: '«{name}»: запись ещё нигде не сохранена и исчезнет вместе с более поздними изменениями.',
    en: '“{name}”: the record is kept nowhere else and disappears with its later changes.',
  },
  keep: { ru: 'Оставить', en: 'Keep' },
  discarded: { ru: 'Изменение отброшено', en: 'The change was discarded' },

  refused: { ru: 'Отклонены сервером', en: 'Refused by the server' },
  field: { ru: 'Поле: {name}', en: 'Field: {name}' },
  usedBy: { ru: 'Используется: {uses}', en: 'In use: {uses}' },
  'uses.client': {
    ru: {
      one: '{count} клиент',
      few: '{count} клиента',
      many: '{count} клиентов',
      other: '{count} клиента',
    },
    en: { one: '{count} client', other: '{count} clients' },
  },
  'uses.person': {
    ru: {
      one: '{count} контактное лицо',
      few: '{count} контактных лица',
      many: '{count} контактных лиц',
      other: '{count} контактного лица',
    },
    en: { one: '{count} contact person', other: '{count} contact persons' },
  },
  retry: { ru: 'Повторить', en: 'Retry' },
  copy: { ru: 'Скопировать', en: 'Copy' },
  dismiss: { ru: 'Убрать', en: 'Dismiss' },
  copied: { ru: 'Скопировано', en: 'Copied' },
  retried: { ru: 'Отправляем ещё раз', en: 'Sending once more' },
  notCopied: { ru: 'Браузер не дал скопировать', en: 'The browser did not allow copying' },

  device: { ru: 'Это устройство', en: 'This device' },
  lastSync: { ru: 'Последняя связь с сервером', en: 'Last contact with the server' },
  never: { ru: 'ещё не было', en: 'none yet' },
  size: { ru: 'Занято на устройстве', en: 'Size on the device' },
  complete: { ru: 'Данные на устройстве', en: 'Data on the device' },
  isComplete: { ru: 'всё, что вам доступно', en: 'all that you may see' },
  isPartial: { ru: 'загружаются: {done} из {total}', en: 'being fetched: {done} of {total}' },
  isUnknown: { ru: 'загружены не полностью', en: 'not all fetched yet' },

  was: { ru: 'было', en: 'before' },
  became: { ru: 'стало', en: 'after' },
  hiddenRecord: { ru: 'запись, которая вам не видна', en: 'a record that you cannot see' },
  file: { ru: 'файл', en: 'a file' },
  goneField: { ru: 'Поле, которого больше нет', en: 'A field that is no more' },
  forgotten: { ru: 'прежнее значение неизвестно', en: 'former value not known' },
  lineFor: { ru: 'по {price}', en: 'at {price}' },
  empty: { ru: 'пусто', en: 'empty' },
  yes: { ru: 'да', en: 'yes' },
  no: { ru: 'нет', en: 'no' },
  message: { ru: 'Сообщение', en: 'Message' },
  unnamed: { ru: 'без названия', en: 'unnamed' },
})
