/** Turns what was typed into fields of a contact into what is kept, or says what is wrong (F49). */
import '../../format/world-phones.ts'
import { normaliseEmail } from '../../../shared/emails.ts'
import { isInn } from '../../../shared/inn.ts'
import { normalisePhone } from '../../../shared/phones.ts'
import type { ClientRow } from '../../../shared/records/client.ts'
import { isNamePart, longestNamePart, type NamePart } from '../../../shared/records/name-parts.ts'

export type InputError =
  | 'client.error.phone'
  | 'client.error.email'
  | 'client.error.inn'
  | 'client.error.company'
  | 'client.error.person'
  | 'client.error.lastName'
  | 'client.error.digits'
  | 'client.error.value'
  | 'client.error.number'
  | 'client.error.day'
  | 'client.required'

export type Parsed = { ok: true; value: string } | { ok: false; error: InputError }

const good = (value: string): Parsed => ({ ok: true, value })
const bad = (error: InputError): Parsed => ({ ok: false, error })

/** Short internal numbers are kept as typed; anything without digits enough to call is refused. */
const internalNumber = /^\d{2,6}$/

export const parsePhone = (typed: string): Parsed => {
  const number = normalisePhone(typed)
  if (number) return good(number)
  const trimmed = typed.trim()
  return internalNumber.test(trimmed) ? good(trimmed) : bad('client.error.phone')
}

export const parseEmail = (typed: string): Parsed => {
  const address = normaliseEmail(typed)
  return address ? good(address) : bad('client.error.email')
}

export const parseInn = (typed: string): Parsed => {
  const digits = typed.replace(/\s/g, '')
  return digits === '' || isInn(digits) ? good(digits) : bad('client.error.inn')
}

/**
 * While an ИНН is being typed: wrong as soon as no further digit can make it right. Ten digits of an
 * entrepreneur or a person are on the way to twelve.
 */
export const innWhileTyped =
  (kind: ClientRow['kind']) =>
  (typed: string): InputError | null => {
    const digits = typed.replace(/\s/g, '')
    const isWhole = digits.length > 11 || (kind === 'organisation' && digits.length === 10)
    return (isWhole || /\D/.test(digits)) && !isInn(digits) ? 'client.error.inn' : null
  }

/** A register number of exactly this many digits, or nothing (КПП 9, ОГРН 13 or 15). */
export const parseDigits =
  (...lengths: number[]) =>
  (typed: string): Parsed => {
    const digits = typed.replace(/\s/g, '')
    return digits === '' || (/^\d+$/.test(digits) && lengths.includes(digits.length))
      ? good(digits)
      : bad('client.error.digits')
  }

const nameErrors = {
  organisation: 'client.error.company',
  entrepreneur: 'client.error.person',
  person: 'client.error.person',
  firstName: 'client.error.person',
  lastName: 'client.error.lastName',
  /** Not everybody has one. */
  middleName: null,
} as const

/** A whole name of a record of that kind, or a part of a human's. */
export const parseName =
  (what: ClientRow['kind'] | NamePart) =>
  (typed: string): Parsed => {
    const name = typed.trim().replace(/\s+/g, ' ')
    if (isNamePart(what) && name.length > longestNamePart) return bad('client.error.value')
    const error = nameErrors[what]
    return name === '' && error ? bad(error) : good(name)
  }
