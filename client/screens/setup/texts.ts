import { catalogue } from '../../i18n/index.ts'

export const t = catalogue({
  title: { ru: 'Начало работы', en: 'Getting started' },
  intro: {
    ru: 'Расскажите о себе и компании. Остальное настроите, когда понадобится.',
    en: 'Tell us about yourself and the company. The rest can wait until you need it.',
  },
  self: { ru: 'О вас', en: 'About you' },
  emailHint: { ru: 'С ней вы будете входить', en: 'You will sign in with it' },
  phone: { ru: 'Телефон', en: 'Phone' },
  company: { ru: 'О компании', en: 'About the company' },
  kind: { ru: 'Вид', en: 'Kind' },
  organisation: { ru: 'Юридическое лицо', en: 'Legal entity' },
  entrepreneur: { ru: 'ИП', en: 'Sole proprietor' },
  inn: { ru: 'ИНН', en: 'INN' },
  legalForm: { ru: 'Организационно-правовая форма', en: 'Legal form' },
  name: { ru: 'Название компании', en: 'Company name' },
  entrepreneurName: { ru: 'ФИО предпринимателя', en: 'Proprietor’s full name' },
  businessKind: { ru: 'Вид бизнеса', en: 'Kind of business' },
  employees: {
    ru: 'Сколько сотрудников будет работать в программе',
    en: 'How many employees will use the program',
  },
  start: { ru: 'Начать работу', en: 'Start working' },
})

export const legalForms = ['ООО', 'АО', 'ПАО', 'НАО', 'АНО', 'ГУП', 'МУП', 'Кооператив']
export const businessKinds = {
  ru: ['Торговля', 'Производство', 'Услуги', 'Строительство', 'Логистика', 'ИТ', 'Образование'],
  en: ['Trade', 'Manufacturing', 'Services', 'Construction', 'Logistics', 'IT', 'Education'],
}
