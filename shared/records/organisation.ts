import { derivedId } from '../ids.ts'
import { commonFields, type Declaration, type RowOf, text, title } from './declaration.ts'

const fields = {
  ...commonFields,
  name: title('Наименование', 'Name', 500, { required: true }),
  fullName: text('Полное наименование', 'Full name', 1000),
  inn: text('ИНН', 'INN', 12),
  kpp: text('КПП', 'KPP', 9),
  ogrn: text('ОГРН', 'OGRN', 15),
  address: text('Юридический адрес', 'Legal address', 1000),
  postalAddress: text('Почтовый адрес', 'Postal address', 1000),
  phone: text('Телефон', 'Phone', 500),
  email: text('Электронная почта', 'E-mail', 500),
  site: text('Сайт', 'Site', 500),
  bank: text('Банк', 'Bank', 500),
  bik: text('БИК', 'BIK', 9),
  account: text('Расчётный счёт', 'Settlement account', 34),
  correspondentAccount: text('Корреспондентский счёт', 'Correspondent account', 34),
  head: text('Руководитель', 'Head', 500),
  headPosition: text('Должность руководителя', 'Position of the head', 500),
  /** As a contract has it after «в лице»: no program declines every surname. */
  inPersonOf: text('В лице (родительный падеж)', 'Represented by', 500),
  basis: text('Действует на основании', 'Acting on the basis of', 500),
} as const

export type OrganisationRow = RowOf<typeof fields>

/** Our own company, as documents name it (F254). Its name in the program is the workspace's. */
export const organisation: Declaration<OrganisationRow> & { fields: typeof fields } = {
  type: 'organisation',
  label: { ru: 'Организация', en: 'Organisation' },
  fields,
  maxStateBytes: 200_000,
  audience: () => ['all'],
  mayWrite: (subject) => (subject.kind === 'service' || subject.administrator ? null : 'forbidden'),
}

/** There is one. */
export const organisationId = (): string => derivedId('organisation', 'own')
