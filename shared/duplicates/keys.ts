/**
 * What records are compared by: phone, e-mail, ИНН and КПП, name (F230); the name of who sent an appeal
 * as a human's or as a firm's (F231).
 */
import { normaliseEmail } from '../emails.ts'
import { innKey } from '../inn.ts'
import { normalisePhone } from '../phones.ts'
import type { AppealRow } from '../records/appeal.ts'
import type { ClientRow } from '../records/client.ts'
import { isAppeal, type MergedRow, type MergedType } from './merge.ts'
import { firmKey, personName } from './names.ts'

export const matchFields = {
  client: ['name', 'phone', 'email', 'inn'],
  person: ['name', 'phone', 'email'],
  appeal: ['name', 'firm', 'phone', 'email'],
} as const satisfies Record<MergedType, readonly string[]>
export type MatchField = (typeof matchFields)[MergedType][number]

/** What of a record is compared. Small: 50,000 of them are held at once. */
export interface Keys {
  id: string
  phone: string[]
  email: string[]
  inn: string | null
  kpp: string | null
  name: string | null
  patronymic: string | null
  /** Of an appeal: its name taken for a firm's. Nothing tells whether it is that or a human's. */
  firm?: string | null
}

const e164 = /^\+[1-9]\d{7,14}$/

/** Numbers are kept as E.164; only one typed otherwise has to be understood. Internal ones name nobody. */
export const phoneKey = (value: string): string | null =>
  e164.test(value) ? value : normalisePhone(value)

/** Beside the address of the channel: phones and e-mails in fields of one's own, as forms of a site fill them. */
const keysOfAppeal = ({ id, who, custom = {} }: AppealRow): Keys => {
  const own = Object.values(custom).filter((value) => typeof value === 'string')
  const name = who.name ?? ''
  const person = personName(name)
  return {
    id,
    phone: [phoneKey(who.address) ?? '', ...own].filter((value) => e164.test(value)),
    email: [who.address, ...own].flatMap((value) => normaliseEmail(value) ?? []),
    inn: null,
    kpp: null,
    name: prefixed('person', person?.key ?? null),
    patronymic: person?.patronymic ?? null,
    firm: prefixed('firm', firmKey(name)),
  }
}

export const keysOf = (type: MergedType, row: MergedRow): Keys => {
  if (isAppeal(row)) return keysOfAppeal(row)
  const isFirm = type === 'client' && (row as ClientRow).kind === 'organisation' // a client's row
  const person = isFirm ? null : personName(row.name)
  const client = type === 'client' ? (row as ClientRow) : null // see the type
  const inn = innKey(client?.inn)
  return {
    id: row.id,
    phone: row.phones.flatMap(({ value }) => phoneKey(value) ?? []),
    email: row.emails.flatMap(({ value }) => normaliseEmail(value) ?? []),
    inn: inn === '' ? null : inn,
    kpp: client?.kpp ?? null,
    // People and firms have keys of their own: a person called like a firm is no duplicate of it.
    name: isFirm ? prefixed('firm', firmKey(row.name)) : prefixed('person', person?.key ?? null),
    patronymic: person?.patronymic ?? null,
  }
}

const prefixed = (kind: string, key: string | null): string | null =>
  key === null ? null : `${kind} ${key}`

/** The keys of one field under which a record is filed. */
export const keysIn = (keys: Keys, field: MatchField): readonly string[] => {
  if (field === 'phone' || field === 'email') return keys[field]
  const key = keys[field] ?? null
  return key === null ? [] : [key]
}

/** What is not known agrees with anything. */
export const agree = (a: string | null, b: string | null): boolean =>
  a === null || b === null || a === b

const meets = (a: readonly string[], b: readonly string[]): boolean =>
  a.some((key) => b.includes(key))

/** The fields in which two records match (F234), in the order of `fields`. */
export const matchesOf = (a: Keys, b: Keys, fields: readonly MatchField[]): MatchField[] =>
  fields.filter((field) => {
    switch (field) {
      case 'phone':
        return meets(a.phone, b.phone)
      case 'email':
        return meets(a.email, b.email)
      case 'inn':
        // Branches of one firm share the ИНН and differ in КПП.
        return a.inn !== null && a.inn === b.inn && agree(a.kpp, b.kpp)
      case 'name':
        return a.name !== null && a.name === b.name && agree(a.patronymic, b.patronymic)
      case 'firm':
        return typeof a.firm === 'string' && a.firm === b.firm
    }
    return field satisfies never
  })
