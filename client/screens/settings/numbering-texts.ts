import { catalogue } from '../../i18n/index.ts'

export const t = catalogue({
  title: { ru: 'Документы', en: 'Documents' },
  tile: { ru: 'Договоры и их номера', en: 'Contracts and their numbers' },
  open: { ru: 'Открыть договоры', en: 'Open the contracts' },
  contracts: { ru: 'Номера договоров', en: 'Numbers of contracts' },
  hint: {
    ru: 'Номер даёт сервер, когда договор впервые доходит до него. Данный номер больше не меняется, два одинаковых не бывают.',
    en: 'The server gives a number when a contract first reaches it. A number that was given never changes, and no two are equal.',
  },
  automatic: { ru: 'Присваивать номера автоматически', en: 'Give numbers automatically' },
  prefix: { ru: 'Префикс', en: 'Prefix' },
  'prefix.hint': {
    ru: 'Буквы, цифры и знаки - / . # №. С новым префиксом счёт начинается заново.',
    en: 'Letters, digits and - / . # №. With a new prefix the count begins anew.',
  },
  first: { ru: 'Начальный номер', en: 'First number' },
  digits: { ru: 'Цифр в номере', en: 'Digits of a number' },
  'digits.hint': { ru: 'От 1 до 9; спереди добавляются нули', en: '1 to 9; filled up with zeros' },
  next: { ru: 'Следующий номер: {number}', en: 'The next number: {number}' },
  byHand: { ru: 'Номера вводят вручную.', en: 'Numbers are typed by hand.' },
  wrong: {
    ru: 'Проверьте: префикс без особых знаков, номер от 1, цифр от 1 до 9.',
    en: 'Please check: a prefix of letters and digits, a number from 1 on, 1 to 9 digits.',
  },
  save: { ru: 'Сохранить', en: 'Save' },
  saved: { ru: 'Формат номеров сохранён', en: 'The format of numbers was saved' },
})
