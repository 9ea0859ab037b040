/**
 * Texts of the interface: each folder's own catalogue, and the language. The words for every reason are
 * no part of the first screen: what says them imports `reasons.ts`.
 */
export { catalogue, labelOf, type Translate } from './catalogue.ts'
export { type Locale, locale, setLocale } from './locale.ts'
