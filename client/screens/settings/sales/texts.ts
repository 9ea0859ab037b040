import { catalogue } from '../../../i18n/index.ts'

export const t = catalogue({
  title: { ru: 'Продажи', en: 'Sales' },
  tile: {
    ru: 'Сценарии, этапы, причины проигрыша',
    en: 'Scenarios, stages, reasons for losing',
  },
  scenarios: { ru: 'Сценарии продаж', en: 'Sales scenarios' },
  newScenario: { ru: 'Новый сценарий', en: 'New scenario' },
  renameScenario: { ru: 'Изменить название', en: 'Rename' },
  deleteScenario: { ru: 'Удалить сценарий', en: 'Delete the scenario' },
  scenarioMenu: { ru: 'Действия со сценарием «{name}»', en: 'Actions of scenario “{name}”' },
  firstStage: { ru: 'Первый контакт', en: 'First contact' },
  name: { ru: 'Название', en: 'Name' },
  'error.name': { ru: 'Введите название', en: 'Enter a name' },
  'error.probability': { ru: 'От 0 до 100', en: 'From 0 to 100' },
  stages: { ru: 'Этапы', en: 'Stages' },
  addStage: { ru: 'Добавить этап', en: 'Add a stage' },
  changeStage: { ru: 'Изменить', en: 'Change' },
  removeStage: { ru: 'Удалить', en: 'Delete' },
  stageMenu: { ru: 'Действия с этапом «{name}»', en: 'Actions of stage “{name}”' },
  kind: { ru: 'Что означает', en: 'What it means' },
  kindFixed: {
    ru: 'На этапе есть Интересы: его смысл не изменить.',
    en: 'There are Interests on the stage: what it means cannot be changed.',
  },
  probability: { ru: 'Вероятность, %', en: 'Probability, %' },
  colour: { ru: 'Цвет', en: 'Colour' },
  noColour: { ru: 'Без цвета', en: 'No colour' },
  uses: {
    ru: { one: '{count} Интерес', few: '{count} Интереса', other: '{count} Интересов' },
    en: { one: '{count} Interest', other: '{count} Interests' },
  },
  usesNone: { ru: 'Интересов нет', en: 'no Interests' },
  'used.title': { ru: 'Удалить нельзя', en: 'Cannot be deleted' },
  'used.stage': {
    ru: 'На этапе «{name}» — {uses}. Сначала переместите их на другие этапы.',
    en: 'There are {uses} on “{name}”. Move them to other stages first.',
  },
  'used.scenario': {
    ru: 'По сценарию «{name}» — {uses}. Сначала переведите их на другой сценарий.',
    en: '{uses} follow “{name}”. Move them to another scenario first.',
  },
  'used.last': {
    ru: 'Хотя бы один этап должен быть в работе: с него начинают новые Интересы.',
    en: 'At least one stage has to be in work: new Interests begin there.',
  },
  reasonRequired: {
    ru: 'Обязательно указывать причину проигрыша',
    en: 'A reason for losing is required',
  },
  reasonHint: {
    ru: 'Без причины Интерес не проиграть ни на доске, ни в карточке, ни без сети.',
    en: 'No Interest is lost without a reason: on the board, on its card, with no network.',
  },
  directories: { ru: 'Справочники продаж', en: 'Directories of sales' },
  onlyAdministrators: {
    ru: 'Сценарии меняет администратор.',
    en: 'Scenarios are changed by an administrator.',
  },
  removed: { ru: '«{name}» удалён', en: '“{name}” was deleted' },
})
