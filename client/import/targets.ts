/**
 * What a column of a file can become. A contact person of a company has targets of its own; in a file
 * of individuals they are the client's. Under which headings each is found: `headings.ts`.
 */

import { type FieldInfo, fieldsOf } from '../../shared/fields/fields.ts'
import { addressKinds, emailKinds, networks, phoneKinds } from '../../shared/records/contact.ts'
import type { Label } from '../../shared/records/declaration.ts'
import type { DirectoryRow } from '../../shared/records/directory.ts'
import type { FieldRow } from '../../shared/records/field.ts'

type Network = keyof typeof networks

/** A target for each network. */
function messengers<P extends string>(prefix: P, ru: string, en: string) {
  return Object.fromEntries(
    Object.entries(networks).map(([id, label]) => [
      `${prefix}${id}`,
      id === 'other'
        ? { ru: `${ru}Мессенджер`, en: `${en}Messenger` }
        : { ru: `${ru}${label.ru}`, en: `${en}${label.en}` },
    ]),
  ) as Record<`${P}${Network}`, Label> // Object.fromEntries forgets the key type
}

const named = {
  name: { ru: 'Наименование', en: 'Name' },
  last: { ru: 'Фамилия клиента', en: 'Client last name' },
  first: { ru: 'Имя клиента', en: 'Client first name' },
  middle: { ru: 'Отчество клиента', en: 'Client middle name' },
  fullName: { ru: 'Полное наименование', en: 'Full name' },
  kind: { ru: 'Вид (юр. или физ. лицо)', en: 'Kind (company or person)' },
  inn: { ru: 'ИНН', en: 'INN' },
  kpp: { ru: 'КПП', en: 'KPP' },
  innKpp: { ru: 'ИНН/КПП в одном столбце', en: 'INN/KPP in one column' },
  ogrn: { ru: 'ОГРН', en: 'OGRN' },
  relation: { ru: 'Тип отношений', en: 'Relation' },
  managers: { ru: 'Ответственный', en: 'Manager' },
  tags: { ru: 'Теги', en: 'Tags' },
  segments: { ru: 'Сегменты', en: 'Segments' },
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
  ...messengers('messenger.', '', ''),
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
  'person.address.legal': {
    ru: 'Контактное лицо: адрес юридический',
    en: 'Contact person: address, legal',
  },
  'person.address.actual': {
    ru: 'Контактное лицо: адрес фактический',
    en: 'Contact person: address, actual',
  },
  'person.address.postal': {
    ru: 'Контактное лицо: адрес почтовый',
    en: 'Contact person: address, postal',
  },
  'person.address.delivery': {
    ru: 'Контактное лицо: адрес доставки',
    en: 'Contact person: address, delivery',
  },
  ...messengers('person.messenger.', 'Контактное лицо: ', 'Contact person: '),
  'person.link': {
    ru: 'Контактное лицо: сайт и соцсети',
    en: 'Contact person: site and social networks',
  },
  'person.managers': { ru: 'Контактное лицо: ответственный', en: 'Contact person: manager' },
  'person.tags': { ru: 'Контактное лицо: теги', en: 'Contact person: tags' },
  'person.note': { ru: 'Контактное лицо: заметка', en: 'Contact person: note' },
  /** Ids of records as our own exports write them: an edited table finds its records again. */
  id: { ru: 'ID клиента', en: 'Client ID' },
  'person.id': { ru: 'ID контактного лица', en: 'Contact person ID' },
} as const satisfies Record<string, Label>

export type NamedTarget = keyof typeof named
export const targets: Readonly<Record<NamedTarget, Label>> = named

/** Any other field of the record, custom ones too, by its key in `shared/fields`; dates by their kind. */
export type FieldTarget = `${'' | 'person.'}field:${string}`
export type Target = NamedTarget | FieldTarget

/** A field without a target of its own above, as a column of a table. */
export interface ImportField {
  target: FieldTarget
  of: 'client' | 'person'
  info: FieldInfo
  label: Label
}

const ids = Object.keys(named) as NamedTarget[] // Object.keys forgets the key type

/** Targets with their labels, in the order in which they are offered. */
export const offeredTargets = (fields: readonly ImportField[]): [Target, Label][] => [
  ...ids.map((id): [Target, Label] => [id, targets[id]]),
  ...fields.map(({ target, label }): [Target, Label] => [target, label]),
]

export const isTarget = (value: string, fields: readonly ImportField[] = []): value is Target =>
  Object.hasOwn(targets, value) || fields.some(({ target }) => value === target)

const otherFields: Readonly<Record<ImportField['of'], ReadonlySet<string>>> = {
  client: new Set(['open', 'contactType', 'heat', 'folder', 'currency', 'parent']),
  person: new Set(['role', 'keyPerson', 'influence', 'matters', 'open', 'contactType', 'heat']),
}

const ofPersonLabel = ({ ru, en }: Label, isOwnName: boolean): Label => {
  // A name that people gave stays as it is written.
  const inside = (text: string) => (isOwnName ? text : text.charAt(0).toLowerCase() + text.slice(1))
  return { ru: `Контактное лицо: ${inside(ru)}`, en: `Contact person: ${inside(en)}` }
}

/** Fields of clients and of contact persons, and each kind of date as a column of its own. */
export const importedFieldsOf = (
  definitions: readonly FieldRow[],
  entries: Iterable<Pick<DirectoryRow, 'id' | 'directory' | 'name' | 'deletedAt'>>,
): ImportField[] => {
  const dates = [...entries]
    .filter(({ directory, deletedAt }) => directory === 'dateKind' && deletedAt === undefined)
    .map(
      ({ id, name }): FieldInfo => ({
        key: `dates/${id}`,
        label: { ru: name, en: name },
        kind: 'dates',
        required: false,
        writable: true,
      }),
    )
  return (['client', 'person'] as const).flatMap((of) =>
    [
      ...fieldsOf(of, definitions).filter(
        ({ key, kind, definition }) =>
          // A file is no text.
          otherFields[of].has(key) || (definition !== undefined && kind !== 'file'),
      ),
      ...dates,
    ].map(
      (info): ImportField => ({
        of,
        info,
        target: of === 'client' ? `field:${info.key}` : `person.field:${info.key}`,
        label:
          of === 'client' ? info.label : ofPersonLabel(info.label, info.definition !== undefined),
      }),
    ),
  )
}

/** The part after the point as a kind of phone, e-mail, address or messenger; undefined for other targets. */
export const waysOf = (target: Target) => {
  const [, person, way = '', kind = ''] =
    /^(person\.)?(phone|email|address|messenger)\.(\w+)$/.exec(target) ?? []
  const isOf = <T extends object>(kinds: T, key: string): key is keyof T & string =>
    Object.hasOwn(kinds, key)
  const of = person ? ('person' as const) : ('client' as const)
  if (way === 'phone' && isOf(phoneKinds, kind)) return { of, way, kind } as const
  if (way === 'email' && isOf(emailKinds, kind)) return { of, way, kind } as const
  if (way === 'address' && isOf(addressKinds, kind)) return { of, way, kind } as const
  if (way === 'messenger' && isOf(networks, kind)) return { of, way, kind } as const
  return undefined
}
