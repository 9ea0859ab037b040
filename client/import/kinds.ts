/** What the words of a file say of a client: which kind it is, and what it is to the company. */
import { type ClientRow, clientKinds, relations } from '../../shared/records/client.ts'
import { person } from '../../shared/records/person.ts'
import { plain } from './cells.ts'

/** A contact person who belongs to no client is a row of its own. */
export type RowKind = ClientRow['kind'] | 'contact'

const relationWords: [NonNullable<ClientRow['relation']>, RegExp][] = [
  ['buyer', /^(клиент|покупатель|заказчик|customer|client|buyer)/],
  ['supplier', /^(поставщик|подрядчик|supplier|vendor)/],
  ['competitor', /^(конкурент|competitor)/],
  ['authority', /^(гос|орган|public|authority)/],
  ['founder', /^(учредитель|founder)/],
  ['other', /^(проч|друг|иное|other)/],
]

export const relationOf = (value: string): NonNullable<ClientRow['relation']> | undefined => {
  const text = plain(value)
  const exact = relationWords.find(
    ([id]) => plain(relations[id].ru) === text || plain(relations[id].en) === text,
  )
  return (exact ?? relationWords.find(([, words]) => words.test(text)))?.[0]
}

export const kindOfText = (value: string): RowKind | undefined => {
  const text = plain(value)
  const kinds = ['organisation', 'entrepreneur', 'person'] as const
  const exact = kinds.find(
    (id) => plain(clientKinds[id].ru) === text || plain(clientKinds[id].en) === text,
  )
  if (exact) return exact
  if ([person.label.ru, person.label.en].some((label) => plain(label) === text)) return 'contact'
  if (/^ип( |$)|предприниматель|sole|самозанят/.test(text)) return 'entrepreneur'
  if (/физ|контакт|person|individual|частн/.test(text)) return 'person'
  if (/юр|организац|компани|company|ооо|ао$|обособленн|гос/.test(text)) return 'organisation'
  return undefined
}

/** Nobody said: the legal form in the name, then the length of the ИНН, then who is named. */
export const kindOfRow = (
  company: string,
  human: string,
  inn: string | undefined,
): ClientRow['kind'] => {
  if (/^ип\s|\sип$|индивидуальный предприниматель|\(ип\)/i.test(company)) return 'entrepreneur'
  if (company === '') return human === '' ? 'organisation' : 'person'
  if (inn?.length === 12) return 'entrepreneur'
  if (human === '' && patronymic.test(company)) return 'person'
  return 'organisation'
}

/** «Иванова Мария Петровна»: three words and nothing else. */
const patronymic = /^\p{Lu}[\p{L}-]+ \p{Lu}\p{L}+ \p{Lu}\p{L}+(вич|вна|ична|инична|оглы|кызы)$/u
