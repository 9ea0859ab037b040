import { describe, expect, it } from 'vitest'
import { amountWords, numberWords } from '../../../shared/templates/amount-words.ts'

const roubles = (amount: number) => amountWords({ amount, currency: 'RUB' })

describe('an amount in words', () => {
  it.each([
    [0, 'Ноль рублей 00 копеек'],
    [1, 'Один рубль 00 копеек'],
    [2, 'Два рубля 00 копеек'],
    [5, 'Пять рублей 00 копеек'],
    [11, 'Одиннадцать рублей 00 копеек'],
    [14, 'Четырнадцать рублей 00 копеек'],
    [21, 'Двадцать один рубль 00 копеек'],
    [100, 'Сто рублей 00 копеек'],
    [111, 'Сто одиннадцать рублей 00 копеек'],
    [1_000, 'Одна тысяча рублей 00 копеек'],
    [2_002, 'Две тысячи два рубля 00 копеек'],
    [11_000, 'Одиннадцать тысяч рублей 00 копеек'],
    [1_000_000, 'Один миллион рублей 00 копеек'],
    [1_250_000, 'Один миллион двести пятьдесят тысяч рублей 00 копеек'],
    [2_000_000_001, 'Два миллиарда один рубль 00 копеек'],
  ])('%s', (amount, words) => {
    expect(roubles(amount)).toBe(words)
  })

  it('has its hundredths in digits, rounded half up from the decimal text', () => {
    expect(roubles(0.01)).toBe('Ноль рублей 01 копейка')
    expect(roubles(3.52)).toBe('Три рубля 52 копейки')
    expect(roubles(1.005)).toBe('Один рубль 01 копейка')
    expect(roubles(99.999)).toBe('Сто рублей 00 копеек')
  })

  it('says that it is negative, unless nothing is left of it', () => {
    expect(roubles(-21.5)).toBe('Минус двадцать один рубль 50 копеек')
    expect(roubles(-0.001)).toBe('Ноль рублей 00 копеек')
  })

  it('names other currencies, one it does not know by its code', () => {
    expect(amountWords({ amount: 1, currency: 'USD' })).toBe('Один доллар США 00 центов')
    expect(amountWords({ amount: 2, currency: 'BYN' })).toBe('Два белорусских рубля 00 копеек')
    expect(amountWords({ amount: 7.5, currency: 'GBP' })).toBe('Семь GBP 50/100')
  })

  it('is none where it is too large', () => {
    expect(roubles(1e15)).toBeNull()
    expect(roubles(1e30)).toBeNull()
    expect(numberWords(1.5)).toBeNull()
  })
})
