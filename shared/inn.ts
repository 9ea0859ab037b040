/**
 * Check digits of an ИНН (order of the Federal Tax Service ММВ-7-6/435@): ten digits of an
 * organisation end with one, twelve of a person or entrepreneur with two.
 */
const weights = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8] as const

const checkDigit = (digits: number[]): number => {
  const used = weights.slice(weights.length - digits.length)
  const sum = digits.reduce((total, digit, index) => total + digit * (used[index] ?? 0), 0)
  return (sum % 11) % 10
}

/**
 * Whether the digits are an ИНН whose check digits agree. Anything but 10 or 12 digits is not, nor
 * zeros alone, whose sum agrees: no region has the number 00.
 */
export const isInn = (value: string): boolean => {
  if (!/^(?!00)(\d{10}|\d{12})$/.test(value)) return false
  const digits = [...value].map(Number)
  const checked = value.length === 10 ? [9] : [10, 11]
  return checked.every((index) => checkDigit(digits.slice(0, index)) === digits[index])
}

/** What an ИНН is found by: its digits; empty where there is none. */
export const innKey = (typed: string | undefined): string => (typed ?? '').replace(/\D/g, '')
