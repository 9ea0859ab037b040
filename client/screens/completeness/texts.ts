import { catalogue } from '../../i18n/index.ts'

export const t = catalogue({
  title: { ru: 'Заполненность', en: 'Completeness' },
  which: { ru: 'Какие карточки', en: 'Which cards' },
  client: { ru: 'Клиенты', en: 'Clients' },
  person: { ru: 'Контактные лица', en: 'Contact persons' },
  counting: { ru: 'Считаем…', en: 'Counting…' },
  all: { ru: 'Заполнено {share} %', en: '{share} % filled in' },
  records: {
    ru: {
      one: 'В {count} карточке чего-то не хватает',
      few: 'В {count} карточках чего-то не хватает',
      many: 'В {count} карточках чего-то не хватает',
      other: 'В {count} карточки чего-то не хватает',
    },
    en: { one: '{count} card lacks something', other: '{count} cards lack something' },
  },
  whole: { ru: 'Все карточки заполнены', en: 'All cards are filled in' },
  byField: { ru: 'По полям', en: 'By field' },
  byManager: { ru: 'По ответственным', en: 'By responsible' },
  nobody: { ru: 'Без ответственного', en: 'Nobody responsible' },
  former: { ru: 'Бывший сотрудник', en: 'Former employee' },
  missing: {
    ru: { one: 'нет у {count}', other: 'нет у {count}' },
    en: { one: '{count} lacks it', other: '{count} lack it' },
  },
  lacking: { ru: 'не заполнено: {lacking} из {records}', en: '{lacking} of {records} incomplete' },
  share: { ru: '{share} %', en: '{share} %' },
  choose: { ru: 'Контролируемые поля', en: 'Controlled fields' },
  'choose.hint': {
    ru: 'Все поля весят одинаково. ИНН спрашивают у организаций и ИП, КПП у организаций.',
    en: 'All fields weigh the same. INN is asked of organisations and entrepreneurs, KPP of organisations.',
  },
  saved: { ru: 'Список полей сохранён', en: 'The list of fields is saved' },
  'card.missing': { ru: 'Не заполнено:', en: 'Not filled in:' },
  'card.go': { ru: 'Перейти к полю: {field}', en: 'Go to the field: {field}' },
  'empty.title': { ru: 'Пока нечего проверять', en: 'Nothing to check yet' },
  'empty.text': {
    ru: 'Здесь будет видно, в каких карточках чего не хватает. Добавьте первую.',
    en: 'Here you will see which cards lack what. Add the first one.',
  },
})
