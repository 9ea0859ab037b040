/**
 * A base of prospects (F48): clients like others, marked as those who have bought nothing yet, so that
 * they are found, worked through and told apart when they buy. No record type of their own: what is
 * known of them would have to be moved with the first deal.
 */
import type { Group } from '../../../shared/fields/filter.ts'
import type { DirectoryRow } from '../../../shared/records/directory.ts'
import { tagsOf } from '../../import/tags.ts'
import { t } from './texts.ts'
import type { Choices } from './wizard.ts'

type Marks = Pick<Choices, 'heat' | 'tags' | 'mode'>

export const unmarked: Marks = { heat: '', tags: '', mode: 'fill' }

/** `cold` is the entry «Холодный», which a company may have done away with. */
export const marksOfProspects = (cold: DirectoryRow | undefined): Marks => ({
  heat: cold && cold.deletedAt === undefined && cold.mergedInto === undefined ? cold.id : '',
  tags: t('prospect.tag'),
  // Who is in the base already is no prospect, or was marked as one.
  mode: 'create',
})

/** The list of those that were loaded with these tags: by the first of them. */
export const listOfTagged = (entries: Iterable<DirectoryRow>, tags: string): string => {
  const name = tags.split(',').find((tag) => tag.trim() !== '')
  if (name === undefined) return '/clients'
  const filter: Group = {
    join: 'all',
    of: [{ field: 'tags', op: 'is', value: tagsOf(entries).idsOf([name]) }],
  }
  return `/clients?filter=${encodeURIComponent(JSON.stringify(filter))}`
}
