import { catalogue } from '../../i18n/index.ts'

export const t = catalogue({
  title: { ru: 'Классы ABC/XYZ', en: 'ABC/XYZ classes' },
  counting: { ru: 'Считаем…', en: 'Counting…' },
  set: { ru: 'Настроить', en: 'Set up' },
  period: {
    ru: {
      one: 'По выигранным Интересам за {count} полный месяц до текущего.',
      few: 'По выигранным Интересам за {count} полных месяца до текущего.',
      many: 'По выигранным Интересам за {count} полных месяцев до текущего.',
      other: 'По выигранным Интересам за {count} полного месяца до текущего.',
    },
    en: {
      one: 'By Interests won in {count} whole month before the present one.',
      other: 'By Interests won in {count} whole months before the present one.',
    },
  },
  'whose.all': { ru: 'Считаются все, которые вам видны.', en: 'All that you see count.' },
  'whose.own': {
    ru: 'Считаются только те, за которые отвечаете вы.',
    en: 'Only those you are responsible for count.',
  },
  'a.hint': { ru: 'первые {a} % суммы', en: 'the first {a} % of the sum' },
  'b.hint': { ru: 'до {b} % суммы', en: 'up to {b} % of the sum' },
  'c.hint': { ru: 'остальные', en: 'the rest' },
  'x.hint': { ru: 'ровно: отклонение до {x} %', en: 'evenly: varies by up to {x} %' },
  'y.hint': { ru: 'с колебаниями: до {y} %', en: 'unevenly: up to {y} %' },
  'z.hint': { ru: 'от случая к случаю', en: 'now and then' },
  all: { ru: 'Всего', en: 'All' },
  share: { ru: '{share} % суммы', en: '{share} % of the sum' },
  clients: {
    ru: {
      one: '{count} клиент',
      few: '{count} клиента',
      many: '{count} клиентов',
      other: '{count} клиента',
    },
    en: { one: '{count} client', other: '{count} clients' },
  },
  cell: { ru: 'Класс {cell}', en: 'Class {cell}' },
  'empty.title': { ru: 'Классов пока нет', en: 'No classes yet' },
  'empty.text': {
    ru: 'Они появятся, когда за этот срок будет выигран хотя бы один Интерес с суммой и клиентом.',
    en: 'They appear once an Interest with an amount and a client has been won in that time.',
  },
  'empty.do': { ru: 'К продажам', en: 'To the sales' },
  months: { ru: 'Сколько полных месяцев считать', en: 'Whole months that count' },
  a: { ru: 'A: первые, % суммы', en: 'A: the first, % of the sum' },
  b: { ru: 'B: до, % суммы', en: 'B: up to, % of the sum' },
  x: { ru: 'X: отклонение до, %', en: 'X: varies by up to, %' },
  y: { ru: 'Y: отклонение до, %', en: 'Y: varies by up to, %' },
  whose: { ru: 'Чьи Интересы', en: 'Whose Interests' },
  wrong: {
    ru: 'Граница A меньше B, X меньше Y; месяцев от 1 до {months}, проценты суммы от 1 до 99, отклонения от 1 до 300.',
    en: 'A is below B, X below Y; 1 to {months} months, 1 to 99 percent of the sum, 1 to 300 percent of variation.',
  },
  usual: { ru: 'Вернуть обычные', en: 'Back to the usual' },
  save: { ru: 'Сохранить', en: 'Save' },
  cancel: { ru: 'Отмена', en: 'Cancel' },
  saved: { ru: 'Классы пересчитаны по новым правилам', en: 'Classes are counted by the new rules' },
})
