/**
 * What the build takes for `libphonenumber-js` (vite.config.ts): the same function, with the numbers
 * of neighbours at once and those of the whole world a moment later. A number of a country far away
 * that is shown before that is shown as it is kept, in E.164.
 */
import nearby from 'virtual:near-phones'
import {
  type CountryCode,
  type MetadataJson,
  type PhoneNumber,
  parsePhoneNumberFromString as parse,
} from 'libphonenumber-js/core'
import { whenIdle } from '../frame/when-idle.ts'

export type { CountryCode }

let metadata: MetadataJson = nearby

whenIdle(async () => {
  metadata = (await import('libphonenumber-js/min/metadata')).default
})

export const parsePhoneNumberFromString = (
  typed: string,
  country: CountryCode,
): PhoneNumber | undefined => parse(typed, country, metadata)
