/** Under which headings the targets of an import are found, in files of any program. */
import { entryId } from '../../shared/records/directory.ts'
import {
  type ImportField,
  isTarget,
  type NamedTarget,
  type Target,
  targets,
  waysOf,
} from './targets.ts'

/** A heading as it is compared: lower case, ё as е, no punctuation, no number of several. */
const plainHeading = (heading: string): string =>
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
const patterns: readonly [NamedTarget | null, RegExp][] = [
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
  ['messenger.telegram', /telegram|телеграм/],
  ['messenger.whatsapp', /whats ?app|ватсап|вотсап/],
  ['messenger.viber', /viber|вайбер/],
  ['messenger.skype', /skype|скайп/],
  [
    'link',
    /сайт|site|web|веб|url|домен|страница|facebook|vkontakte|вконтакте|instagram|twitter|соцсет|^vk$|youtube/,
  ],
  ['tags', /^тег|^tag|^метк|^label|^категори|categor|group membership|^группа|^groups?$|сегмент/],
  [
    'name',
    /^(наименование|название)|^компания|^организаци|^контрагент|^клиент|^company|^organi[sz]ation|^фирма|^заказчик|^покупатель|^поставщик|^партнер|^юр лицо|^account name|^name$|^customer|компания контакта/,
  ],
  ['note', /коммент|примечан|заметк|описани|дополнительн|notes?$|description|comment|инфо/],
]

/** What our own exports and forms call a target. */
const byLabel = new Map<string, NamedTarget>(
  (Object.keys(targets) as NamedTarget[]) // Object.keys forgets the key type
    .flatMap((id) => [
      [plainHeading(targets[id].en), id],
      [plainHeading(targets[id].ru), id],
    ]),
)

/** Undefined: a heading that is not known. */
const known = (heading: string): NamedTarget | null | undefined => {
  const plain = plainHeading(heading)
  const labelled = byLabel.get(plain)
  if (labelled) return labelled
  return patterns.find(([, pattern]) => pattern.test(plain))?.[0]
}

export const isKnownHeading = (heading: string, fields: readonly ImportField[] = []): boolean =>
  targetOf(heading, false, fields) !== undefined

const birthdayHeading = /^(день|дата) рождения|^др$|^birth ?(day|date)|^date of birth|^bday/

/** In a file of people a day of birth is theirs, not their firm's. */
const fieldNamed = (heading: string, ofPersons: boolean, fields: readonly ImportField[]) => {
  const plain = plainHeading(heading)
  const birthday = `dates/${entryId('dateKind', 'birthday')}`
  const found =
    fields.find(({ label }) => [label.ru, label.en].some((name) => plainHeading(name) === plain)) ??
    (birthdayHeading.test(plain) ? fields.find(({ info }) => info.key === birthday) : undefined)
  if (!found || !ofPersons || found.info.kind !== 'dates') return found
  return fields.find(({ of, info }) => of === 'person' && info.key === found.info.key)
}

export const isWholeName = (heading: string): boolean =>
  /^(name|наименование|название)$/.test(plainHeading(heading))

/** What a heading says, in a file of persons where phones without a word are theirs. */
export const targetOf = (
  heading: string,
  ofPersons: boolean,
  fields: readonly ImportField[],
): Target | null | undefined => {
  const field = fieldNamed(heading, ofPersons, fields)
  if (field) return field.target
  const found = known(heading)
  if (!found) return found
  const plain = plainHeading(heading)
  // Google's «Name» is the person's once more, beside its parts.
  if (found === 'name' && ofPersons && isWholeName(heading)) return null
  const ways = waysOf(found)
  if (ways && ways.way !== 'address') {
    const companys = /компани|организац|company/.test(plain)
    const persons = /(^| )контакт|contact/.test(plain)
    const person = `person.${found}`
    if ((persons || ofPersons) && !companys && isTarget(person)) return person
  }
  return found
}

/** Whether a table is of people: their names stand in parts. Our own says of each column whose it is. */
export const isOfPersons = (headings: readonly string[]): boolean =>
  !headings.some((heading) => known(heading) === 'person.id') &&
  headings.some((heading) => {
    const target = known(heading)
    return target === 'person.last' || target === 'person.first'
  })
