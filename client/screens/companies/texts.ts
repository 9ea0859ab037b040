import { catalogue } from '../../i18n/index.ts'

export const t = catalogue({
  fill: { ru: 'Заполнить по ИНН', en: 'Fill in by INN' },
  offline: {
    ru: 'Нет сети: справочник компаний сейчас недоступен. Впишите данные вручную или спросите ещё раз, когда сеть появится.',
    en: 'No network: the register cannot be asked now. Type the data by hand, or ask again when the network is back.',
  },
  title: { ru: 'Данные по ИНН {inn}', en: 'Data of INN {inn}' },
  asking: { ru: 'Спрашиваем справочник…', en: 'Asking the register…' },
  none: {
    ru: 'В справочнике нет компании с таким ИНН. Проверьте цифры или впишите данные вручную.',
    en: 'The register has no company with this INN. Check the digits, or type the data by hand.',
  },
  which: {
    ru: 'У ИНН несколько КПП. Какой взять?',
    en: 'The INN has several KPPs. Which one is it?',
  },
  head: { ru: 'Головная организация', en: 'Head office' },
  branch: { ru: 'Филиал', en: 'Branch' },
  kpp: { ru: 'КПП {kpp}', en: 'KPP {kpp}' },
  warning: {
    ru: 'По данным реестра: {state}. Проверьте, прежде чем работать с предоплатой.',
    en: 'The register says: {state}. Check before you agree on prepayment.',
  },
  same: {
    ru: 'В карточке уже всё так, как в справочнике.',
    en: 'The card already says what the register says.',
  },
  was: { ru: 'сейчас: {value}', en: 'now: {value}' },
  'field.name': { ru: 'Наименование', en: 'Name' },
  'field.fullName': { ru: 'Полное наименование', en: 'Full name' },
  'field.kpp': { ru: 'КПП', en: 'KPP' },
  'field.ogrn': { ru: 'ОГРН', en: 'OGRN' },
  'field.address': { ru: 'Юридический адрес', en: 'Legal address' },
  'field.head': { ru: 'Руководитель', en: 'Head' },
  headHint: { ru: 'станет контактным лицом', en: 'becomes a contact person' },
  apply: { ru: 'Заполнить', en: 'Fill in' },
  cancel: { ru: 'Отмена', en: 'Cancel' },
  again: { ru: 'Спросить ещё раз', en: 'Ask again' },
  done: { ru: 'Карточка заполнена', en: 'The card is filled in' },
  connect: { ru: 'Подключить', en: 'Connect' },

  'settings.title': { ru: 'Заполнение по ИНН', en: 'Filling in by INN' },
  'settings.tile': {
    ru: 'Название, КПП, ОГРН, адрес и состояние компании из справочника DaData',
    en: 'Name, KPP, OGRN, address and state of a company from the DaData register',
  },
  'settings.about': {
    ru: 'Данные даёт сервис DaData. Заведите там бесплатный ключ (до 10 000 запросов в день) и впишите его сюда. Ключ хранится на сервере в зашифрованном виде и на устройства не попадает.',
    en: 'The data come from the DaData service. Get a free key there (up to 10,000 requests a day) and put it here. The key is kept encrypted on the server and never reaches a device.',
  },
  'settings.where': { ru: 'Где взять ключ', en: 'Where to get a key' },
  'settings.key': { ru: 'API-ключ', en: 'API key' },
  'settings.wrongKey': {
    ru: 'Ключ состоит из латинских букв и цифр, обычно их 40.',
    en: 'A key is made of Latin letters and digits, usually 40 of them.',
  },
  'settings.connect': { ru: 'Проверить и подключить', en: 'Check and connect' },
  'settings.checking': { ru: 'Проверяем ключ…', en: 'Trying the key…' },
  'settings.connected': { ru: 'Подключено', en: 'Connected' },
  'settings.connectedText': {
    ru: 'В карточке клиента рядом с ИНН есть кнопка «Заполнить по ИНН».',
    en: 'There is a button “Fill in by INN” beside the INN on the card of a client.',
  },
  'settings.replace': { ru: 'Заменить ключ', en: 'Replace the key' },
  'settings.disconnect': { ru: 'Отключить', en: 'Disconnect' },
  'settings.disconnected': { ru: 'Заполнение по ИНН отключено', en: 'Filling in by INN is off' },
  'settings.administrators': {
    ru: 'Ключ подключает администратор.',
    en: 'The key is set by an administrator.',
  },
})
