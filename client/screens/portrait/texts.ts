import { catalogue } from '../../i18n/index.ts'

export const t = catalogue({
  title: { ru: 'Портрет клиента', en: 'Client portrait' },
  intro: {
    ru: 'Чем похожи клиенты: по выбранным характеристикам, в сравнении со всеми. Нажмите на число, чтобы увидеть этих клиентов.',
    en: 'What clients have in common by the chosen characteristics, beside all of them. Press a number to see those clients.',
  },
  whose: { ru: 'Чей портрет', en: 'Whose portrait' },
  everyone: { ru: 'Все клиенты', en: 'All clients' },
  segment: { ru: 'Сегмент: {name}', en: 'Segment: {name}' },
  counting: { ru: 'Считаем…', en: 'Counting…' },
  clients: {
    ru: {
      one: '{count} клиент',
      few: '{count} клиента',
      many: '{count} клиентов',
      other: '{count} клиента',
    },
    en: { one: '{count} client', other: '{count} clients' },
  },
  among: { ru: '{clients}, среди всех {share} %', en: '{clients}, {share} % among all' },
  unknown: { ru: 'Не указано', en: 'Not given' },
  not: { ru: 'Нет', en: 'No' },
  numbers: {
    ru: 'от {least} до {most}, у половины не больше {middle}',
    en: 'from {least} to {most}, half have no more than {middle}',
  },
  more: {
    ru: { one: 'Ещё {count} значение', few: 'Ещё {count} значения', other: 'Ещё {count} значений' },
    en: { one: '{count} more value', other: '{count} more values' },
  },
  choose: { ru: 'Настроить портрет', en: 'Set the portrait up' },
  'choose.hint': {
    ru: 'Выбранные характеристики видны здесь и на карточке каждого клиента. Чего не хватает, добавьте своим полем в Настройках → Поля: список, да или нет, число.',
    en: 'The chosen characteristics are seen here and on the card of each client. What is lacking is made as a field in Settings → Fields: a list, yes or no, a number.',
  },
  saved: { ru: 'Портрет настроен', en: 'The portrait is set up' },
  'empty.title': { ru: 'Портрета пока нет', en: 'No portrait yet' },
  'empty.text': {
    ru: 'Здесь будет видно, чем похожи ваши клиенты. Добавьте первого.',
    en: 'Here you will see what your clients have in common. Add the first one.',
  },
  'nobody.title': { ru: 'В сегменте никого нет', en: 'Nobody is in this segment' },
  'nobody.text': {
    ru: 'Выберите другой сегмент или посмотрите всех клиентов.',
    en: 'Choose another segment, or look at all clients.',
  },
  'nothing.title': { ru: 'Характеристики не выбраны', en: 'No characteristics are chosen' },
  'nothing.text': {
    ru: 'Администратор выбирает, по каким полям составляется портрет.',
    en: 'An administrator chooses the fields that make the portrait.',
  },
  card: { ru: 'Портрет', en: 'Portrait' },
})
