/** What the errands of a segment are, and what the relay made of them, in one line. */
import type { ClientSegmentRow } from '../../../shared/records/client-segment.ts'
import { formatDateTime } from '../../format/index.ts'
import { t } from './texts.ts'

export interface ErrandWords {
  text: string
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
  const words = [
    on ? t('errands.line', { title }) : t('errands.off', { title }),
    every === undefined ? t('errands.once') : t('errands.every', { count: every }),
    told &&
      (told.at === undefined
        ? t('errands.none')
        : t('errands.made', { count: told.made, at: formatDateTime(told.at) })),
    on && told && told.waiting > 0 && t('errands.waiting', { count: told.waiting }),
    on && told && told.refused > 0 && t('errands.refused', { count: told.refused }),
    on && !told && t('errands.soon'),
  ]
  return {
    text: words.filter(Boolean).join(' · '),
    stopped: on && told?.stopped ? t(`errands.stopped.${told.stopped}`) : null,
  }
}
