import { catalogue } from '../../../i18n/index.ts'

export const t = catalogue({
  title: { ru: 'Холдинг', en: 'Holding' },
  head: { ru: 'Головная компания', en: 'Head company' },
  open: { ru: 'Открытые Интересы всего холдинга', en: 'Open Interests of the whole holding' },
  add: { ru: 'Добавить юр. лицо', en: 'Add a legal entity' },
  menu: { ru: 'Добавить в холдинг', en: 'Add to a holding' },
  takeOut: { ru: 'Убрать из холдинга: {name}', en: 'Take out of the holding: {name}' },
  takenOut: { ru: '«{name}» больше не в холдинге', en: '“{name}” is out of the holding' },
  dialog: { ru: 'Холдинг: {name}', en: 'Holding: {name}' },
  place: { ru: 'Кого добавить', en: 'Which one to add' },
  'place.inside': { ru: 'Входит в эту компанию', en: 'A part of this company' },
  'place.above': { ru: 'Головная для неё', en: 'The head of it' },
  create: { ru: 'Создать новую компанию', en: 'Create a new company' },
})
