import { catalogue } from '../../i18n/index.ts'

/** Beside an appeal: who else may be the same sender. */
export const t = catalogue({
  together: { ru: 'Решается вместе с этим', en: 'Decided together with this' },
  appeals: { ru: 'Похожие обращения', en: 'Similar appeals' },
  contacts: { ru: 'Похожие в базе', en: 'Similar in the base' },
  merge: { ru: 'Сравнить и объединить', en: 'Compare and merge' },
})
