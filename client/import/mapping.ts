/** Which column becomes what, guessed from headings and, where they say nothing, from the cells. */

import { normaliseEmail } from '../../shared/emails.ts'
import { isInn } from '../../shared/inn.ts'
import { isOfPersons, isWholeName, targetOf } from './headings.ts'
import type { ImportField, Target } from './targets.ts'
import type { WorkTarget } from './work/columns.ts'

/** One target for each column; null: «Не импортировать». */
export type Mapping = (Target | null)[]
/** Of any content. */
export type AnyMapping = (Target | WorkTarget | null)[]

/** Rows looked at where a heading says nothing. */
const sampleRows = 200
/** Of the cells that hold anything, so many must look like it. */
const enough = 0.6

/** Targets of which a second column would overwrite the first. */
const single: ReadonlySet<Target> = new Set<Target>([
  'id',
  'person.id',
  'name',
  'last',
  'first',
  'middle',
  'fullName',
  'kind',
  'inn',
  'kpp',
  'innKpp',
  'ogrn',
  'relation',
  'person.last',
  'person.first',
  'person.middle',
  'person.name',
  'person.position',
])

export const takesSeveral = (target: Target): boolean =>
  !single.has(target) && !/^(person\.)?field:/.test(target)

export const guessMapping = (
  headings: readonly string[],
  rows: readonly { cells: readonly string[] }[],
  fields: readonly ImportField[],
): Mapping => {
  const ofPersons = isOfPersons(headings)
  const sample = rows.slice(0, sampleRows)
  const taken = new Set<Target>()
  const mapping = headings.map((heading, column) => {
    const named = targetOf(heading, ofPersons, fields)
    if (named === null) return null
    const target =
      named ??
      sniff(
        sample.map(({ cells }) => cells[column] ?? ''),
        ofPersons,
      )
    if (target === null || (!takesSeveral(target) && taken.has(target))) return null
    taken.add(target)
    return target
  })
  return withoutWhole(withFirm(mapping, headings, sample))
}

/**
 * «Название» beside last and first names is the firm of the person, or the whole name once more, as
 * Google and 1С have it: the cells tell.
 */
const withFirm = (
  mapping: Mapping,
  headings: readonly string[],
  sample: readonly { cells: readonly string[] }[],
): Mapping => {
  const at = headings.findIndex((heading) => isWholeName(heading))
  const last = mapping.findIndex((target) => target === 'person.last' || target === 'person.first')
  if (at < 0 || last < 0 || mapping[at] !== null || mapping.includes('name')) return mapping
  const both = sample.filter(({ cells }) => cells[at] && cells[last])
  const repeats = both.filter(({ cells }) => cells[at]?.includes(cells[last] ?? ''))
  return repeats.length < both.length * enough ? mapping.with(at, 'name') : mapping
}

/** A whole name beside its parts says the same once more; in our own table some have no parts. */
const withoutWhole = (mapping: Mapping): Mapping =>
  !mapping.includes('person.id') &&
  (mapping.includes('person.last') || mapping.includes('person.first'))
    ? mapping.map((target) => (target === 'person.name' ? null : target))
    : mapping

const sniff = (cells: readonly string[], ofPersons: boolean): Target | null => {
  const filled = cells.filter((cell) => cell !== '')
  if (filled.length === 0) return null
  const share = (test: (cell: string) => boolean) => filled.filter(test).length / filled.length
  if (share((cell) => normaliseEmail(cell) !== null) >= enough)
    return ofPersons ? 'person.email.work' : 'email.work'
  if (share((cell) => /^\d{10}(\d\d)?$/.test(cell) && isInn(cell)) >= enough) return 'inn'
  if (share(looksLikePhone) >= enough) return ofPersons ? 'person.phone.work' : 'phone.work'
  if (share((cell) => /^(ООО|АО|ЗАО|ПАО|ИП|ОАО)\s/i.test(cell)) >= enough) return 'name'
  return null
}

const looksLikePhone = (cell: string): boolean =>
  /^(\+7|8|7)[\s(-]*[3-9]\d\d[\s)-]*[\d\s-]{7,10}$/.test(cell) || /^\+\d[\d\s()-]{8,16}$/.test(cell)

/** Under this the mapping of a header set is remembered. */
export const headerKey = (headings: readonly string[], content = 'contact'): string =>
  `import-mapping:${content === 'contact' ? '' : `${content}:`}${headings.join('\t')}`
