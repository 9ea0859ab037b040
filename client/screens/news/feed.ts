/** The feed as one stream: what the relay tells, and the events on this device. No I/O but reading rows. */
import type { News, NewsLine } from '../../../shared/protocol/news.ts'
import { identitiesOf, type ReplicaBase, type StoredRow } from '../../replica/index.ts'
import { personsOf } from '../clients/client-queries.ts'

export type FeedItem = { key: string; at: number } & (
  | { kind: 'news'; line: NewsLine }
  | { kind: 'interaction'; interaction: StoredRow<'interaction'> }
)

export interface EventsAsked {
  user: string
  client: string
  /** Entry of the directory of kinds; empty: all. */
  kind: string
}

/** The newest events that are wanted, at most `limit`. */
export const newestEvents = async (
  base: ReplicaBase,
  { user, client, kind }: EventsAsked,
  limit: number,
): Promise<StoredRow<'interaction'>[]> => {
  const isWanted = (row: StoredRow<'interaction'>) =>
    (user === '' || row.createdBy === user) && (kind === '' || row.kind === kind)
  if (client === '')
    return base.interaction.orderBy('listedAt').reverse().filter(isWanted).limit(limit).toArray()
  const contacts = [
    ...(await identitiesOf(base, 'client', client)),
    ...(await personsOf(base, client)).map(({ id }) => id),
  ]
  const lists = await Promise.all(
    contacts.map((id) =>
      base.interaction
        .where('places')
        .between([id, Number.NEGATIVE_INFINITY], [id, Number.POSITIVE_INFINITY])
        .reverse()
        .filter(isWanted)
        .limit(limit)
        .toArray(),
    ),
  )
  const byId = new Map(lists.flat().map((row) => [row.id, row]))
  return [...byId.values()].sort((a, b) => b.at - a.at).slice(0, limit)
}

/**
 * Both together, newest first, down to where both are known: below that lies what was not read yet
 * of one of them.
 *
 * @param news null where none are wanted, or none could be had
 * @param limit how many events were asked for
 */
export const feedItems = (
  news: News | null,
  events: readonly StoredRow<'interaction'>[],
  limit: number,
): FeedItem[] => {
  const never = Number.NEGATIVE_INFINITY
  const newsEnd = news && news.next !== null ? (news.lines.at(-1)?.at ?? Infinity) : never
  const eventsEnd = events.length >= limit ? (events.at(-1)?.at ?? never) : never
  const end = Math.max(newsEnd, eventsEnd)
  return [
    ...(news?.lines ?? []).map(
      (line): FeedItem => ({ kind: 'news', key: `news ${line.seq}`, at: line.at, line }),
    ),
    ...events.map(
      (interaction): FeedItem => ({
        kind: 'interaction',
        key: interaction.id,
        at: interaction.at,
        interaction,
      }),
    ),
  ]
    .filter(({ at }) => at >= end)
    .sort((a, b) => b.at - a.at || (a.key < b.key ? 1 : -1))
}
