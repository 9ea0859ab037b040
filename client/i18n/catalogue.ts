/**
 * Texts in Russian and English. Each folder keeps its own catalogue, both languages side by side,
 * so that a text missing in one of them does not compile and a lazily loaded screen brings its own:
 *
 *     export const t = catalogue({
 *       title: { ru: 'Клиенты', en: 'Clients' },
 *       found: {
 *         ru: { one: '{count} клиент', few: '{count} клиента', other: '{count} клиентов' },
 *         en: { one: '{count} client', other: '{count} clients' },
 *       },
 *     })
 *     t('title'); t('found', { count: 21 })   // «21 клиент»
 *
 * `t` reads the `locale` signal, so a component that calls it renders again when it changes.
 */
import { locale } from './locale.ts'

/** Forms by `Intl.PluralRules` of `count`. Russian `many` falls back to `other`. */
interface Plural {
  one: string
  few?: string
  many?: string
  other: string
}
interface Text {
  ru: string | Plural
  en: string | Plural
}

type Names<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never
type ValueNames<T> = T extends { ru: infer R }
  ? R extends { other: infer O }
    ? Names<O> | 'count'
    : Names<R>
  : never
type Values<T> = [ValueNames<T>] extends [never] ? [] : [Record<ValueNames<T>, string | number>]

export type Translate<C> = <K extends keyof C & string>(key: K, ...values: Values<C[K]>) => string

const plurals = { ru: new Intl.PluralRules('ru'), en: new Intl.PluralRules('en') }
const numbers = { ru: new Intl.NumberFormat('ru'), en: new Intl.NumberFormat('en') }

/** Makes the `t` of a catalogue. */
export const catalogue = <const C extends Readonly<Record<string, Text>>>(
  texts: C,
): Translate<C> => {
  return (key, ...[values]) => {
    const language = locale.value
    const text: Text | undefined = texts[key]
    if (!text) throw new Error(`No text ${key}`)
    return fill(text[language], values ?? {})
  }
}

const fill = (text: string | Plural, values: Readonly<Record<string, string | number>>): string => {
  const language = locale.value
  const form = typeof text === 'string' ? text : formOf(text, Number(values.count ?? 0))
  return form.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name]
    if (value === undefined) return whole
    return typeof value === 'number' ? numbers[language].format(value) : value
  })
}

const formOf = (text: Plural, count: number): string => {
  const form = plurals[locale.value].select(count)
  return (form === 'one' || form === 'few' || form === 'many' ? text[form] : null) ?? text.other
}

/** The text of a declaration's label in the language of the interface. */
export const labelOf = (label: { ru: string; en: string }): string => label[locale.value]
