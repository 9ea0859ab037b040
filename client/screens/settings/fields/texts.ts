import { catalogue } from '../../../i18n/index.ts'

export const t = catalogue({
  title: { ru: 'Поля', en: 'Fields' },
  tile: {
    ru: 'Свои поля клиентов, Интересов, дел и других записей',
    en: 'Fields of your own for clients, Interests, tasks and other records',
  },
  hint: {
    ru: 'Свои поля сразу видны на карточке, в форме создания и в поиске. Порядок меняют перетаскиванием.',
    en: 'Your own fields are at once on the card, in the form of a new record and in the search. Drag to reorder.',
  },
  'hint.beside': {
    ru: 'Свои поля стоят рядом с перепиской. Порядок меняют перетаскиванием.',
    en: 'Your own fields stand beside the conversation. Drag to reorder.',
  },
  'hint.inForm': {
    ru: 'Свои поля стоят в форме, их текст находит поиск. Порядок меняют перетаскиванием.',
    en: 'Your own fields stand in the form, and the search finds their texts. Drag to reorder.',
  },
  add: { ru: 'Новое поле', en: 'New field' },
  addHere: { ru: 'Добавить поле', en: 'Add a field' },
  change: { ru: 'Изменить', en: 'Change' },
  remove: { ru: 'Удалить', en: 'Delete' },
  removed: {
    ru: 'Поле «{name}» удалено. Значения сохранены: вернётся поле — вернутся и они.',
    en: 'The field “{name}” is deleted. Its values are kept and come back with it.',
  },
  actions: { ru: 'Действия: {name}', en: 'Actions: {name}' },
  empty: { ru: 'Своих полей пока нет', en: 'No fields of your own yet' },
  'empty.text': {
    ru: 'Чего не хватает в карточке? Например, «Отрасль», «Дата договора» или «Скидка».',
    en: 'What does the card lack? “Industry”, “Date of the contract” or “Discount”, for instance.',
  },
  required: { ru: 'Обязательное', en: 'Required' },
  'required.hint': {
    ru: 'Без него новую запись не сохранить; имеющиеся будут отмечены.',
    en: 'A new record cannot be saved without it; those there are will be marked.',
  },
  name: { ru: 'Название', en: 'Name' },
  kind: { ru: 'Вид', en: 'Kind' },
  'kind.fixed': { ru: 'Вид созданного поля не меняется.', en: 'The kind of a field stays.' },
  options: { ru: 'Варианты', en: 'Options' },
  option: { ru: 'Вариант {number}', en: 'Option {number}' },
  'option.add': { ru: 'Добавить вариант', en: 'Add an option' },
  'option.remove': { ru: 'Убрать вариант: {name}', en: 'Remove the option: {name}' },
  default: { ru: 'Значение по умолчанию', en: 'Default value' },
  'default.today': {
    ru: 'По умолчанию — день, когда создают запись',
    en: 'By default the day on which the record is made',
  },
  fieldHint: { ru: 'Подсказка', en: 'Hint' },
  section: { ru: 'Раздел карточки', en: 'Section of the card' },
  'section.hint': {
    ru: 'Поля одного раздела стоят под общим заголовком.',
    en: 'Fields of one section stand under one heading.',
  },
  readers: { ru: 'Кто видит', en: 'Who sees it' },
  'readers.all': { ru: 'Все, кто видит запись', en: 'Whoever may see the record' },
  'readers.note': {
    ru: 'Остальные не получат значений вовсе: их не будет на их устройствах. Администраторы видят всегда.',
    en: 'The others never get the values: they are not on their devices. Administrators always see them.',
  },
  chosen: { ru: 'Только выбранные', en: 'Only the chosen' },
  'people.roles': { ru: 'Роли', en: 'Roles' },
  'people.departments': {
    ru: 'Подразделения, с теми, что внутри',
    en: 'Departments, with those below',
  },
  'people.employees': { ru: 'Сотрудники', en: 'Employees' },
  writers: { ru: 'Кто меняет', en: 'Who changes it' },
  'writers.all': { ru: 'Все, кто меняет запись', en: 'Whoever may change the record' },
  'writers.readers': {
    ru: 'Все, кто видит поле и меняет запись',
    en: 'Whoever sees the field and may change the record',
  },
  'writers.note': {
    ru: 'Администраторы меняют всегда.',
    en: 'Administrators always may.',
  },
  'writers.noteHidden': {
    ru: 'Из тех, кто видит поле. Администраторы меняют всегда.',
    en: 'Of those who see the field. Administrators always may.',
  },
  'error.name': { ru: 'Введите название', en: 'Enter a name' },
  'error.taken': { ru: 'Поле с таким названием уже есть', en: 'There is a field with this name' },
  'error.options': { ru: 'Нужен хотя бы один вариант', en: 'At least one option is needed' },
  'error.default': { ru: 'Значение не подходит', en: 'The value does not fit' },
  onlyAdministrators: { ru: 'Поля меняют администраторы.', en: 'Administrators change fields.' },
})
