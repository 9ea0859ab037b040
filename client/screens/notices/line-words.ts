import { formatDay } from '../../../shared/fields/days.ts'
import type { NoticeLine } from '../../notices/notice-lines.ts'
import { t } from './texts.ts'

/** What happened, above the name of the record. */
export const lineWords = (line: NoticeLine): string => {
  const by = line.by || t('somebody')
  const count = line.notices.length
  switch (line.kind) {
    case 'responsible':
    case 'task':
    case 'access':
      return count > 1 ? t(`line.${line.kind}.many`, { by, count }) : t(`line.${line.kind}`, { by })
    case 'substitution':
      return t('line.substitution', { by })
    case 'reminder':
      return t('line.reminder')
    case 'contract':
      return t('line.contract', { day: formatDay(line.day ?? '') })
    case 'date':
      return t('line.date', { date: line.date ?? t('date'), day: formatDay(line.day ?? '') })
  }
}
