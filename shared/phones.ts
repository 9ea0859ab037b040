/**
 * Phone numbers: kept as E.164 where the number can be understood, otherwise as typed.
 * A Russian number typed with the trunk prefix (8 495 …) is the same as with +7.
 */
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js'

/** Country taken for numbers typed without one; the product's users are in Russia. */
const defaultCountry: CountryCode = 'RU'

/** E.164 of a typed number, or null where it is not a possible phone number. */
export const normalisePhone = (typed: string): string | null => {
  const parsed = parsePhoneNumberFromString(typed, defaultCountry)
  return parsed?.isPossible() ? parsed.number : null
}

/** `+7 495 123-45-67`; other countries in their own grouping; what cannot be understood as typed. */
export const formatPhone = (number: string): string => {
  const parsed = parsePhoneNumberFromString(number, defaultCountry)
  if (!parsed?.isPossible()) return number
  const international = parsed.formatInternational()
  return parsed.countryCallingCode === '7'
    ? international.replace(/ (\d{3}) (\d\d) (\d\d)$/, ' $1-$2-$3')
    : international
}
