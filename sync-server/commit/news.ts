/** The firm's feed out of the history of all records; the shape is in shared/protocol/news.ts. */
import { type Deed, joinLines, type News, type NewsLine } from '../../shared/protocol/news.ts'
import type { DocumentStore, RecentChange } from '../store/store.ts'

/** Changes read at once, and in one answer: most of history is messages, which are no news. */
const changesAtOnce = 500
const maxChanges = 5_000
/** A screenful and a half. */
const enoughLines = 40

/** Fields that say nothing to a reader: another part of the line says it, or it is machinery. */
const silent: ReadonlySet<string> = new Set([
  'createdAt',
  'createdBy',
  'deletedAt',
  'deletedBy',
  'number',
  'reached',
])

const deedOf = ({ fields, deletion, creation }: RecentChange): Deed => {
  if (creation) return 'created'
  if (deletion !== null) return deletion ? 'deleted' : 'restored'
  return fields.includes('mergedInto') ? 'merged' : 'changed'
}

const lineOf = (change: RecentChange): NewsLine => {
  const deed = deedOf(change)
  return {
    seq: change.seq,
    user: change.user,
    type: change.type,
    deed,
    at: change.at,
    since: change.at,
    count: 1,
    records: [{ id: change.document, name: change.name }],
    fields: deed === 'changed' ? change.fields.filter((name) => !silent.has(name)) : [],
  }
}

export interface Asked {
  before: number
  /** Only what this one did. */
  user?: string | undefined
  /** Only what was done with these. */
  records?: readonly string[] | undefined
}

/** A page of news, for one who may read what `may` says of an audience. */
export const newsBefore = async (
  store: DocumentStore,
  may: (audience: string) => boolean,
  { before, user, records }: Asked,
): Promise<News> => {
  let lines: NewsLine[] = []
  let below = before
  for (let read = 0; read < maxChanges && lines.length < enoughLines; ) {
    const { changes, next } = await store.recentChanges(below, changesAtOnce, records)
    const found = changes
      .filter((change) => may(change.audience) && (!user || change.user === user))
      .map(lineOf)
    lines = joinLines([
      ...lines,
      ...found.filter(({ deed, fields }) => deed !== 'changed' || fields.length > 0),
    ])
    if (next === null) return { lines, next }
    below = next
    read += changesAtOnce
  }
  return { lines, next: below }
}
