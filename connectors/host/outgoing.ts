/** What a segment's row says of messages of ours that are not finished; pure. */
import type { FeedEntry } from '../../shared/protocol/feed.ts'
import type { SegmentRow } from '../../shared/records/segment.ts'
import type { Outgoing } from '../channel.ts'

export interface SegmentNews {
  account: string
  /** Waiting, or left in the middle of being sent. */
  unfinished: Outgoing[]
  /** Keys of messages with nothing left to do. */
  finished: string[]
}

export const segmentNews = (entry: FeedEntry): SegmentNews => {
  const row = entry.row as SegmentRow // projected by the relay as a segment
  const news: SegmentNews = { account: row.account, unfinished: [], finished: [] }
  for (const message of row.messages) {
    if (message.direction !== 'out') continue
    const status = message.state?.status
    if (status === 'queued' || status === 'sending') {
      news.unfinished.push({ segment: entry.id, dialog: row.dialog, message })
    } else news.finished.push(message.key)
  }
  return news
}
