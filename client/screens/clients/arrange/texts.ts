import { catalogue } from '../../../i18n/index.ts'

export const t = catalogue({
  open: { ru: 'Настроить карточку', en: 'Arrange the card' },
  title: { ru: 'Настройка карточки', en: 'Arranging the card' },
  about: {
    ru: 'Перетащите поля и разделы за ручку или двигайте их стрелками ↑ и ↓. Скрытое не удаляется.',
    en: 'Drag fields and sections by the handle, or move them with ↑ and ↓. What is hidden is not deleted.',
  },
  required: { ru: 'обязательное', en: 'required' },
  hide: { ru: 'Скрыть: {name}', en: 'Hide: {name}' },
  show: { ru: 'Показать: {name}', en: 'Show: {name}' },
  hidden: { ru: 'Скрытые поля', en: 'Hidden fields' },
  'section.add': { ru: 'Добавить раздел', en: 'Add a section' },
  'section.new': { ru: 'Новый раздел', en: 'New section' },
  'section.name': { ru: 'Название раздела', en: 'Name of the section' },
  'section.remove': { ru: 'Убрать раздел: {name}', en: 'Remove the section: {name}' },
  save: { ru: 'Сохранить для меня', en: 'Save for me' },
  share: { ru: 'Для других…', en: 'For others…' },
  cancel: { ru: 'Отмена', en: 'Cancel' },
  saved: { ru: 'Карточка настроена', en: 'The card is arranged' },
  'reset.user': { ru: 'Сбросить мою настройку', en: 'Reset my arrangement' },
  'reset.role': { ru: 'Сбросить настройку роли', en: 'Reset the arrangement of the role' },
  'reset.everyone': { ru: 'Сбросить общую настройку', en: 'Reset the arrangement of everyone' },
  'reset.done': { ru: 'Настройка карточки сброшена', en: 'The arrangement is reset' },
  'share.title': { ru: 'Кому дать такую карточку', en: 'Who gets such a card' },
  'share.everyone': { ru: 'Всем', en: 'Everyone' },
  'share.role': { ru: 'Роли', en: 'A role' },
  'share.user': { ru: 'Сотрудникам', en: 'Employees' },
  'share.noRoles': {
    ru: 'Ролей пока нет: их заводят в Настройках, в разделе «Сотрудники и права».',
    en: 'There are no roles yet: they are made in Settings, under “Employees and rights”.',
  },
  'share.own': {
    ru: 'Кто настроил карточку под себя, останется при своей.',
    en: 'Who has arranged the card for themselves keeps their own.',
  },
  'share.replaces': {
    ru: 'Своя настройка этих сотрудников будет заменена; они смогут настроить карточку снова.',
    en: 'The own arrangement of these employees is replaced; they can arrange the card again.',
  },
  'share.save': { ru: 'Сохранить', en: 'Save' },
})
