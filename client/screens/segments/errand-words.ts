/** What the errands of a segment are, and what the relay made of them, in words. */
import type { ClientSegmentRow } from '../../../shared/records/client-segment.ts'
import { formatDateTime } from '../../format/index.ts'
import { t } from './texts.ts'

export interface ErrandWords {
  /** What is set up. */
  asked: string
  /** What was made. */
  made: string
  /** Why nothing is made. */
  stopped: string | null
}

/** Null where nobody set any up. */
export const errandWords = ({
  errands,
  errandsMade,
}: Pick<ClientSegmentRow, 'errands' | 'errandsMade'>): ErrandWords | null => {
  if (!errands) return null
  const { on, title, every } = errands
  const told = errandsMade?.of === errands.id ? errandsMade : null
  const rhythm = every === undefined ? t('errands.once') : t('errands.every', { count: every })
  const made =
    told?.at === undefined
      ? t(on && !told ? 'errands.soon' : 'errands.none')
      : t('errands.made', { count: told.made, at: formatDateTime(told.at) })
  const rest = on &&
    told && [
      told.waiting > 0 && t('errands.waiting', { count: told.waiting }),
      told.refused > 0 && t('errands.refused', { count: told.refused }),
    ]
  return {
    asked: `${t(on ? 'errands.line' : 'errands.off', { title })} · ${rhythm}`,
    made: [made, ...(rest || [])].filter(Boolean).join(' · '),
    stopped: on && told?.stopped ? t(`errands.stopped.${told.stopped}`) : null,
  }
}
