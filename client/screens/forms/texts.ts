import { catalogue } from '../../i18n/index.ts'

export const t = catalogue({
  cancel: { ru: 'Отмена', en: 'Cancel' },
  more: { ru: 'Ещё поля', en: 'More fields' },
  save: { ru: 'Сохранить', en: 'Save' },
  saveAndNew: { ru: 'Сохранить и создать ещё', en: 'Save and create another' },
})
