/**
 * What the build takes for `libphonenumber-js` (vite.config.ts): the same function, with the numbers
 * of neighbours at once and those of the whole world a moment later. A number of a country far away
 * that is shown before that is shown as it is kept, in E.164; what is typed waits for no moment
 * (world-phones.ts).
 */
import nearby from 'virtual:near-phones'
import {
  type CountryCode,
  type PhoneNumber,
  parsePhoneNumberFromString as parse,
} from 'libphonenumber-js/core'
import { whenIdle } from '../frame/when-idle.ts'
import { known } from './known-phones.ts'

export type { CountryCode }

let loading = false

const loadWorld = async (): Promise<void> => {
  if (known.world || loading) return
  loading = true
  // Not there without a network before the program is on the device: the next number asks again.
  await import('./world-phones.ts').catch(() => {})
  loading = false
}

whenIdle(loadWorld)

export const parsePhoneNumberFromString = (
  typed: string,
  country: CountryCode,
): PhoneNumber | undefined => {
  const number = parse(typed, country, known.world ?? nearby)
  if (!number) void loadWorld()
  return number
}
