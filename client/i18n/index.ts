/** Texts of the interface: each folder's own catalogue, the language, the words for every reason. */
export { catalogue, labelOf, type Translate } from './catalogue.ts'
export { type Locale, locale, setLocale } from './locale.ts'
export { reasonText } from './reasons.ts'
