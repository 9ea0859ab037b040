/** What the page of duplicates and its worker tell each other. */
import type { Found, Group } from '../../shared/duplicates/groups.ts'
import type { MatchField } from '../../shared/duplicates/keys.ts'
import type { MergedType } from '../../shared/duplicates/merge.ts'
import type { Subject } from '../../shared/rights.ts'

/** Page → worker: read the records anew, or search in what was read. */
export type Ask = {
  kind: 'index' | 'search'
  /** Of the base. */
  name: string
  table: MergedType
  fields: readonly MatchField[]
  subject: Subject
}

/** Worker → page. */
export type Answer =
  | { kind: 'progress'; done: number; total: number }
  | { kind: 'found'; groups: Group[]; common: Found['common']; records: number; took: number }
  | { kind: 'failed'; message: string }
