/**
 * What a column of a file can become, and under which headings it is usually found. A contact person
 * of a company has targets of its own; in a file of individuals they are the client's.
 */

import { type FieldInfo, fieldsOf } from '../../shared/fields/fields.ts'
import { addressKinds, emailKinds, phoneKinds } from '../../shared/records/contact.ts'
import type { Label } from '../../shared/records/declaration.ts'
import type { FieldRow } from '../../shared/records/field.ts'

export const targets = {
  name: { ru: 'Наименование', en: 'Name' },
  fullName: { ru: 'Полное наименование', en: 'Full name' },
  kind: { ru: 'Вид (юр. или физ. лицо)', en: 'Kind (company or person)' },
  inn: { ru: 'ИНН', en: 'INN' },
  kpp: { ru: 'КПП', en: 'KPP' },
  innKpp: { ru: 'ИНН/КПП в одном столбце', en: 'INN/KPP in one column' },
  ogrn: { ru: 'ОГРН', en: 'OGRN' },
  relation: { ru: 'Тип отношений', en: 'Relation' },
  managers: { ru: 'Ответственный', en: 'Manager' },
  tags: { ru: 'Теги', en: 'Tags' },
  'phone.work': { ru: 'Телефон', en: 'Phone' },
  'phone.mobile': { ru: 'Телефон мобильный', en: 'Phone, mobile' },
  'phone.home': { ru: 'Телефон домашний', en: 'Phone, home' },
  'phone.other': { ru: 'Телефон другой', en: 'Phone, other' },
  'email.work': { ru: 'E-mail', en: 'E-mail' },
  'email.personal': { ru: 'E-mail личный', en: 'E-mail, personal' },
  'email.other': { ru: 'E-mail другой', en: 'E-mail, other' },
  'address.legal': { ru: 'Адрес юридический', en: 'Address, legal' },
  'address.actual': { ru: 'Адрес фактический', en: 'Address, actual' },
  'address.postal': { ru: 'Адрес почтовый', en: 'Address, postal' },
  'address.delivery': { ru: 'Адрес доставки', en: 'Address, delivery' },
  addressPart: {
    ru: 'Часть адреса (индекс, город, улица)',
    en: 'Part of an address (code, city, street)',
  },
  link: { ru: 'Сайт и соцсети', en: 'Site and social networks' },
  note: { ru: 'Заметка', en: 'Note' },
  'person.last': { ru: 'Фамилия', en: 'Last name' },
  'person.first': { ru: 'Имя', en: 'First name' },
  'person.middle': { ru: 'Отчество', en: 'Middle name' },
  'person.name': { ru: 'Контактное лицо (ФИО)', en: 'Contact person (full name)' },
  'person.position': { ru: 'Должность', en: 'Position' },
  'person.phone.work': { ru: 'Контактное лицо: телефон', en: 'Contact person: phone' },
  'person.phone.mobile': { ru: 'Контактное лицо: мобильный', en: 'Contact person: mobile' },
  'person.phone.home': {
    ru: 'Контактное лицо: домашний телефон',
    en: 'Contact person: home phone',
  },
  'person.phone.other': {
    ru: 'Контактное лицо: другой телефон',
    en: 'Contact person: other phone',
  },
  'person.email.work': { ru: 'Контактное лицо: e-mail', en: 'Contact person: e-mail' },
  'person.email.personal': {
    ru: 'Контактное лицо: личный e-mail',
    en: 'Contact person: personal e-mail',
  },
  'person.email.other': {
    ru: 'Контактное лицо: другой e-mail',
    en: 'Contact person: other e-mail',
  },
  'person.note': { ru: 'Контактное лицо: заметка', en: 'Contact person: note' },
} as const satisfies Record<string, Label>

/** Any other field of clients, custom ones too, by its key in `shared/fields`. */
export type FieldTarget = `field:${string}`
export type Target = keyof typeof targets | FieldTarget

const named = Object.keys(targets) as (keyof typeof targets)[] // Object.keys forgets the key type

/** Targets with their labels, in the order in which they are offered. */
export const offeredTargets = (fields: readonly FieldInfo[]): [Target, Label][] => [
  ...named.map((id): [Target, Label] => [id, targets[id]]),
  ...fields.map(({ key, label }): [Target, Label] => [`field:${key}`, label]),
]

export const isTarget = (value: string, fields: readonly FieldInfo[] = []): value is Target =>
  Object.hasOwn(targets, value) || fields.some(({ key }) => value === `field:${key}`)

/** Fields of clients of one value that have no target of their own above. */
const otherFields: ReadonlySet<string> = new Set([
  'open',
  'contactType',
  'heat',
  'folder',
  'currency',
])

export const importedFieldsOf = (definitions: Iterable<FieldRow>): FieldInfo[] =>
  fieldsOf('client', definitions).filter(
    ({ key, kind, definition }) =>
      otherFields.has(key) ||
      // Files and clients are no text.
      (definition !== undefined && kind !== 'file' && kind !== 'client'),
  )

/** The part after the point as a kind of phone, e-mail or address; undefined for other targets. */
export const waysOf = (target: Target) => {
  const [, person, way = '', kind = ''] =
    /^(person\.)?(phone|email|address)\.(\w+)$/.exec(target) ?? []
  const isOf = <T extends object>(kinds: T, key: string): key is keyof T & string =>
    Object.hasOwn(kinds, key)
  const of = person ? ('person' as const) : ('client' as const)
  if (way === 'phone' && isOf(phoneKinds, kind)) return { of, way, kind } as const
  if (way === 'email' && isOf(emailKinds, kind)) return { of, way, kind } as const
  if (way === 'address' && isOf(addressKinds, kind)) return { of, way, kind } as const
  return undefined
}

/** A heading as it is compared: lower case, ё as е, no punctuation, no number of several. */
export const plainHeading = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/\b\d\b/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()

/**
 * Headings of 1С, Битрикс24, amoCRM, Google, Outlook (in both languages), Yandex and of people. The
 * first that fits counts; null: known, and not imported. `~` stands for the whole heading.
 */
const patterns: readonly [Target | null, RegExp][] = [
  [null, /^(id|uid|guid|код|артикул|№|n|номер|п п|номер п п|no|created|modified)$/],
  [
    null,
    /label$|type$|^phonetic|^yomi|^initials|^gender|^priority|^sensitivity|^photo|^фото|^avatar/,
  ],
  [
    null,
    /дата создания|дата изменения|кем создан|кем изменен|доступен для всех|prefix$|suffix$|^суффикс|^обращение$|^title$|^префикс/,
  ],
  [null, /^ошибк|^почему|^error|^mistake/],
  [null, /факс|fax|пейджер|pager|телекс|telex|isdn|^assistant|ассистент|callback|car phone|radio/],
  ['innKpp', /инн.*кпп/],
  ['inn', /^инн|(^| )inn( |$)|^vat|^tax id|идентификационный номер|налоговый номер/],
  ['kpp', /^кпп|(^| )kpp( |$)/],
  ['ogrn', /^огрн|ogrn/],
  ['kind', /юр.* физ|физ.* юр|вид контрагента|вид клиента|^вид$|тип лица|правовая форма|^опф$/],
  ['relation', /тип отношени|отношени|^relation|тип компании|тип контакта|вид отношений/],
  [
    'fullName',
    /полное наимен|наименование полное|полное название|юридическое название|^full company|legal name/,
  ],
  ['person.last', /^фамилия|^last name|^family name|^surname/],
  ['person.first', /^имя( контакт.*)?$|^first name|^given name/],
  ['person.middle', /^отчество|^middle name|^additional name/],
  ['person.position', /должност|^job title|^position|organization.*title|^role$/],
  [
    'person.name',
    /^фио|ф и о|контактное лицо|контактные лица|^контакт$|полное имя|^contact( person| name)?$|^display name|^file as|основной контакт|представитель|директор|руководитель/,
  ],
  ['managers', /ответственн|менеджер|^manager$|^owner$|куратор|responsible/],
  [
    'email.personal',
    /(личн|частн|домашн|personal|home).*(mail|почт)|(mail|почт).*(личн|частн|домашн|personal|home)/,
  ],
  ['email.other', /(друг|other|рассыл).*(mail|почт)/],
  ['email.work', /e mail|email|mail|почта|эл почт|электронн.*(почт|адрес)|имейл/],
  ['phone.mobile', /мобил|сотов|переносн|mobile|cell|(^| )моб( |$)/],
  ['phone.home', /(домашн|home).*(тел|phone)|тел.*домашн/],
  ['phone.other', /(друг|доп|other|sms|смс|рассыл).*(тел|phone)|other phone/],
  ['phone.work', /телефон|^тел( |$)|phone|^тлф/],
  ['address.legal', /юр.*адрес|адрес.*юр|registered address|legal address/],
  ['address.postal', /почтовый адрес|адрес почтовый|postal address|mailing address/],
  ['address.delivery', /адрес.*доставк|адрес.*отгруз|shipping address|delivery/],
  [
    null,
    /^home (street|city|state|postal|country|address)|домашн.*адрес|дом адрес|^other (street|city|state|postal|country|address)|другой адрес|po box|extended/,
  ],
  [
    'addressPart',
    /улица|город|область|регион|индекс|почтовый код|страна|район|street|city|state|postal code|zip|country|region$|postcode|населенный пункт/,
  ],
  ['address.actual', /адрес|address|местонахождени/],
  [
    'link',
    /сайт|site|web|веб|url|домен|страница|facebook|vkontakte|вконтакте|instagram|telegram|twitter|skype|соцсет|^vk$|youtube|viber|whatsapp/,
  ],
  ['tags', /^тег|^tag|^метк|^label|^категори|categor|group membership|^группа|^groups?$|сегмент/],
  [
    'name',
    /^(наименование|название)|^компания|^организаци|^контрагент|^клиент|^company|^organi[sz]ation|^фирма|^заказчик|^покупатель|^поставщик|^партнер|^юр лицо|^account name|^name$|^customer|компания контакта/,
  ],
  ['note', /коммент|примечан|заметк|описани|дополнительн|notes?$|description|comment|инфо/],
]

/** What our own exports and forms call a target. */
const byLabel = new Map<string, Target>(
  named.flatMap((id) => [
    [plainHeading(targets[id].en), id],
    [plainHeading(targets[id].ru), id],
  ]),
)

/** Undefined: a heading that is not known. */
const known = (heading: string): Target | null | undefined => {
  const plain = plainHeading(heading)
  const labelled = byLabel.get(plain)
  if (labelled) return labelled
  return patterns.find(([, pattern]) => pattern.test(plain))?.[0]
}

export const isKnownHeading = (heading: string, fields: readonly FieldInfo[] = []): boolean =>
  targetOf(heading, false, fields) !== undefined

/** What a heading says, in a file of persons where phones without a word are theirs. */
export const targetOf = (
  heading: string,
  ofPersons: boolean,
  fields: readonly FieldInfo[],
): Target | null | undefined => {
  const field = fields.find(({ label }) =>
    [label.ru, label.en].some((name) => plainHeading(name) === plainHeading(heading)),
  )
  if (field) return `field:${field.key}`
  const found = known(heading)
  if (!found) return found
  const plain = plainHeading(heading)
  // Google's «Name» is the person's once more, beside its parts.
  if (found === 'name' && ofPersons && /^(name|наименование|название)$/.test(plain)) return null
  const ways = waysOf(found)
  if (ways && ways.way !== 'address') {
    const companys = /компани|организац|company/.test(plain)
    const persons = /контакт|contact/.test(plain)
    const person = `person.${found}`
    if ((persons || ofPersons) && !companys && isTarget(person)) return person
  }
  return found
}

/** Whether a table is of people: their names stand in parts. */
export const isOfPersons = (headings: readonly string[]): boolean =>
  headings.some((heading) => {
    const target = known(heading)
    return target === 'person.last' || target === 'person.first'
  })
