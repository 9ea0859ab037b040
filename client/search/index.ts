/** Local search: what the search screen imports. */
export { ownTexts } from './entries.ts'
export { excerpt, hasFound, marked, type Part } from './excerpt.ts'
export type { SoughtWord } from './forms.ts'
export type { Kind } from './kinds.ts'
export { queryOf } from './query.ts'
export { search, searchState } from './search.ts'
export { tagNames } from './tags.ts'
