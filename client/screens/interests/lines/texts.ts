import { catalogue } from '../../../i18n/index.ts'

export const t = catalogue({
  title: { ru: 'Товары', en: 'Products' },
  name: { ru: 'Товар или услуга', en: 'Product or service' },
  quantity: { ru: 'Кол-во', en: 'Quantity' },
  unit: { ru: 'Ед.', en: 'Unit' },
  price: { ru: 'Цена', en: 'Price' },
  discount: { ru: 'Скидка, %', en: 'Discount, %' },
  vat: { ru: 'НДС', en: 'VAT' },
  unset: { ru: '—', en: '—' },
  sum: { ru: 'Сумма', en: 'Sum' },
  cell: { ru: '{column}: {name}', en: '{column}: {name}' },
  new: { ru: 'Добавить товар или услугу', en: 'Add a product or service' },
  'new.hint': {
    ru: 'Начало названия или артикул. Enter — добавить, снова Enter — следующая строка.',
    en: 'The beginning of a name, or a SKU. Enter adds, Enter again goes to the next line.',
  },
  suggestions: { ru: 'Из каталога', en: 'From the catalogue' },
  free: { ru: 'Добавить «{name}» без каталога', en: 'Add “{name}” without the catalogue' },
  create: { ru: 'Создать в каталоге «{name}»', en: 'Create “{name}” in the catalogue' },
  menu: { ru: 'Действия: {name}', en: 'Actions: {name}' },
  openProduct: { ru: 'Открыть в каталоге', en: 'Open in the catalogue' },
  copy: { ru: 'Повторить строку', en: 'Repeat the line' },
  delete: { ru: 'Удалить строку', en: 'Delete the line' },
  deleted: { ru: 'Строка «{name}» удалена', en: 'The line “{name}” was deleted' },
  empty: {
    ru: 'Пока нет ни одного товара. Начните печатать название — из каталога или своими словами.',
    en: 'No products yet. Start typing a name, from the catalogue or in your own words.',
  },
  'empty.readOnly': { ru: 'Товаров нет', en: 'No products' },
  subtotal: { ru: 'Подытог', en: 'Subtotal' },
  'total.discount': { ru: 'Скидка', en: 'Discount' },
  'total.vat': { ru: 'В том числе НДС', en: 'VAT included' },
  total: { ru: 'Итого', en: 'Total' },
  currency: { ru: 'Валюта', en: 'Currency' },
  recalculated: {
    ru: 'Цена «{name}» пересчитана: {from} = {to} по курсу',
    en: 'The price of “{name}” was recalculated: {from} = {to} by the rate',
  },
  allRecalculated: {
    ru: 'Цены пересчитаны в {currency} по курсам справочника',
    en: 'Prices were recalculated to {currency} by the rates of the directory',
  },
  noRate: {
    ru: 'Нет курса {from} к {to}: его задаёт администратор в справочнике валют. Введите цену «{name}» сами.',
    en: 'There is no rate of {from} to {to}: an administrator sets it in the directory of currencies. Enter the price of “{name}” yourself.',
  },
  noRates: {
    ru: 'Нет курса {from} к {to}: его задаёт администратор в справочнике валют.',
    en: 'There is no rate of {from} to {to}: an administrator sets it in the directory of currencies.',
  },
  foreign: {
    ru: 'В {currency}: не входит в итог. Пересчитайте цену.',
    en: 'In {currency}: not in the total. Recalculate the price.',
  },
  recalculate: { ru: 'Пересчитать', en: 'Recalculate' },
  byHand: {
    ru: 'Сумма Интереса задана вручную: {sum}.',
    en: 'The amount of the Interest was set by hand: {sum}.',
  },
  byLines: { ru: 'Считать по товарам', en: 'Count by products' },
})
