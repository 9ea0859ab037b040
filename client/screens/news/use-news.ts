/** The relay's part of the feed: who added, changed, deleted and merged clients. */
import { useEffect, useState } from 'preact/hooks'
import type { News } from '../../../shared/protocol/news.ts'
import { joinLines } from '../../../shared/protocol/news.ts'
import { showToast } from '../../design/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import { api } from '../../session/index.ts'

export interface NewsAsked {
  user: string
  client: string
}

/** The newest page again after each sync, those below it as they were when they were asked for. */
export const useNews = ({ user, client }: NewsAsked, syncedAt: number | null) => {
  const [kept, setKept] = useState<{ of: string; news: News } | null>(null)
  const [away, setAway] = useState(false)
  const of = `${user} ${client}`
  const news = kept?.of === of ? kept.news : null
  const refresh = async (isCurrent: () => boolean) => {
    const answer = await api.news({ user, client })
    if (!isCurrent()) return
    setAway(!answer.ok)
    if (answer.ok) setKept((before) => ({ of, news: withNewest(before, of, answer.value) }))
  }
  useEffect(() => {
    let current = true
    refresh(() => current)
    return () => {
      current = false
    }
  }, [of, syncedAt])
  const more = async () => {
    if (!news || news.next === null) return
    const answer = await api.news({ user, client, before: news.next })
    if (!answer.ok) return showToast({ text: reasonText(answer.reason) })
    const { lines, next } = answer.value
    // Other news may have been asked for meanwhile, and be there already.
    setKept((before) =>
      before?.of === of
        ? { of, news: { lines: joinLines([...before.news.lines, ...lines]), next } }
        : before,
    )
  }
  return { news, away, more, again: () => refresh(() => true) }
}

const withNewest = (before: { of: string; news: News } | null, of: string, newest: News): News => {
  const end = newest.lines.at(-1)?.seq
  if (!before || before.of !== of || end === undefined) return newest
  // Below the newest page stays what was read before, unless a gap lies between.
  const older = before.news.lines.filter(({ seq }) => seq < end)
  const meets = before.news.lines.some(({ seq }) => seq >= end)
  if (newest.next === null || !meets || older.length === 0) return newest
  return { lines: [...newest.lines, ...older], next: before.news.next }
}
