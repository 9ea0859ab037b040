import { catalogue } from '../../i18n/index.ts'

export const t = catalogue({
  about: {
    ru: 'Реквизиты вашей организации: они подставляются в договоры и письма по шаблонам.',
    en: 'Data of your organisation: templates put it into contracts and letters.',
  },
  onlyAdministrators: {
    ru: 'Реквизиты меняют администраторы.',
    en: 'Administrators change this data.',
  },
  names: { ru: 'Наименование', en: 'Name' },
  codes: { ru: 'Коды', en: 'Codes' },
  contacts: { ru: 'Адреса и контакты', en: 'Addresses and contacts' },
  bank: { ru: 'Банк', en: 'Bank' },
  signer: { ru: 'Кто подписывает', en: 'Who signs' },
  'inPersonOf.hint': {
    ru: 'Как в договоре: «генерального директора Иванова Ивана Ивановича»',
    en: 'As a contract says it: “General Director Ivan Ivanov”',
  },
  'basis.hint': { ru: 'Например: Устава', en: 'For example: the Articles of Association' },
  wrongDigits: { ru: 'Только цифры: {length}', en: 'Digits only: {length}' },
  wrongAccount: {
    ru: 'В номере счёта 20 цифр',
    en: 'An account number has 20 digits',
  },
  save: { ru: 'Сохранить', en: 'Save' },
  saved: { ru: 'Реквизиты сохранены', en: 'The data is saved' },
})
