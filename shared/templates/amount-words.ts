/** Amounts of money in Russian words, as contracts have them. No I/O. */
import type { Money } from '../records/custom-value.ts'

/** Forms after 1, after 2-4, after 5-20 («один рубль, два рубля, пять рублей»). */
type Forms = readonly [one: string, few: string, many: string]

/** Russian rules of plurals for whole numbers (CLDR `ru`). */
const formOf = (count: number, [one, few, many]: Forms): string => {
  const [tens, units] = [count % 100, count % 10]
  if (tens >= 11 && tens <= 14) return many
  if (units === 1) return one
  return units >= 2 && units <= 4 ? few : many
}

const units = ['', 'один', 'два', 'три', 'четыре', 'пять', 'шесть', 'семь', 'восемь', 'девять']
const feminine: Readonly<Record<number, string>> = { 1: 'одна', 2: 'две' }
const teens = [
  'десять',
  'одиннадцать',
  'двенадцать',
  'тринадцать',
  'четырнадцать',
  'пятнадцать',
  'шестнадцать',
  'семнадцать',
  'восемнадцать',
  'девятнадцать',
]
const tens = [
  '',
  '',
  'двадцать',
  'тридцать',
  'сорок',
  'пятьдесят',
  'шестьдесят',
  'семьдесят',
  'восемьдесят',
  'девяносто',
]
const hundreds = [
  '',
  'сто',
  'двести',
  'триста',
  'четыреста',
  'пятьсот',
  'шестьсот',
  'семьсот',
  'восемьсот',
  'девятьсот',
]

/** 1-999. */
const tripletWords = (value: number, isFeminine: boolean): string[] => {
  const rest = value % 100
  const unit = rest % 10
  const last = (isFeminine ? feminine[unit] : undefined) ?? units[unit]
  const below = rest >= 10 && rest < 20 ? [teens[rest - 10]] : [tens[Math.floor(rest / 10)], last]
  return [hundreds[Math.floor(value / 100)], ...below].flatMap((word) => (word ? [word] : []))
}

/** From thousands up; only the thousand is feminine. */
const scales: readonly Forms[] = [
  ['тысяча', 'тысячи', 'тысяч'],
  ['миллион', 'миллиона', 'миллионов'],
  ['миллиард', 'миллиарда', 'миллиардов'],
  ['триллион', 'триллиона', 'триллионов'],
]

/** Less than 10^15: more money than there is. */
const largest = 1e15

/** A whole number, not negative, in words of the masculine; null where it is too large. */
export const numberWords = (value: number): string | null => {
  if (!Number.isInteger(value) || value < 0 || value >= largest) return null
  if (value === 0) return 'ноль'
  const words: string[] = []
  for (let scale = scales.length; scale >= 0; scale--) {
    const triplet = Math.floor(value / 1000 ** scale) % 1000
    const forms = scales[scale - 1]
    if (triplet === 0) continue
    words.push(...tripletWords(triplet, scale === 1), ...(forms ? [formOf(triplet, forms)] : []))
  }
  return words.join(' ')
}

/** The currency and its hundredth; what is not here is named by its code. */
const currencies: Readonly<Record<string, readonly [whole: Forms, part: Forms]>> = {
  RUB: [
    ['рубль', 'рубля', 'рублей'],
    ['копейка', 'копейки', 'копеек'],
  ],
  USD: [
    ['доллар США', 'доллара США', 'долларов США'],
    ['цент', 'цента', 'центов'],
  ],
  EUR: [
    ['евро', 'евро', 'евро'],
    ['цент', 'цента', 'центов'],
  ],
  CNY: [
    ['юань', 'юаня', 'юаней'],
    ['фэнь', 'фэня', 'фэней'],
  ],
  KZT: [
    ['тенге', 'тенге', 'тенге'],
    ['тиын', 'тиына', 'тиынов'],
  ],
  BYN: [
    ['белорусский рубль', 'белорусских рубля', 'белорусских рублей'],
    ['копейка', 'копейки', 'копеек'],
  ],
}

/**
 * «Один миллион двести пятьдесят тысяч рублей 00 копеек»: hundredths are rounded half up, and stand in
 * digits. Null where it is too large for words.
 */
export const amountWords = ({ amount, currency }: Money): string | null => {
  // Through the decimal text: 1.005 × 100 is 100.49999999999999.
  const hundredths = Math.round(Number(`${Math.abs(amount).toFixed(6)}e2`))
  if (!Number.isSafeInteger(hundredths)) return null
  const [whole, part] = [Math.floor(hundredths / 100), hundredths % 100]
  const words = numberWords(whole)
  if (words === null) return null
  const digits = String(part).padStart(2, '0')
  const [wholeForms, partForms] = currencies[currency] ?? []
  const text =
    wholeForms && partForms
      ? `${words} ${formOf(whole, wholeForms)} ${digits} ${formOf(part, partForms)}`
      : `${words} ${currency} ${digits}/100`
  const signed = amount < 0 && hundredths > 0 ? `минус ${text}` : text
  return signed.charAt(0).toUpperCase() + signed.slice(1)
}
