/** Above the calendar: which page is shown, how, and what is done with the whole of it. */
import {
  CalendarArrowDown,
  ChevronLeft,
  ChevronRight,
  ListFilter,
  MoreHorizontal,
} from 'lucide-preact'
import { day } from '../../../shared/clock.ts'
import { Button, Choice, IconButton, Menu } from '../../design/index.ts'
import styles from './calendar.module.css'
import { type View, views } from './days.ts'
import { t } from './texts.ts'
import { pageWords, shortPageWords } from './words.ts'

/** Days of the file for other calendars that one takes ahead. */
const yearAhead = 365

interface CalendarBarProps {
  view: View
  days: readonly number[]
  date: number
  today: number
  isNarrow: boolean
  onDate: (whole: number) => void
  onPage: (by: 1 | -1) => void
  onView: (view: View) => void
  onFilter: () => void
  /** Both days included. */
  onDownload: (first: number, last: number) => void
}

export const CalendarBar = ({
  view,
  days,
  date,
  today,
  isNarrow,
  onDate,
  onPage,
  onView,
  onFilter,
  onDownload,
}: CalendarBarProps) => {
  const pageTitle = pageWords(view, days, date)
  return (
    <div class={styles.bar}>
      <Button onClick={() => onDate(today)} disabled={days.includes(today) && date === today}>
        {t('today')}
      </Button>
      <span class={styles.pages}>
        <IconButton icon={ChevronLeft} label={t('previous')} onClick={() => onPage(-1)} />
        <IconButton icon={ChevronRight} label={t('next')} onClick={() => onPage(1)} />
      </span>
      <h2 class={styles.page} aria-live="polite">
        {isNarrow ? shortPageWords(view, days, date) : pageTitle}
      </h2>
      {isNarrow && (
        <IconButton
          icon={ListFilter}
          label={t('filter')}
          class={styles.filter}
          onClick={onFilter}
        />
      )}
      <div class={styles.views} title={t('keys')}>
        <Choice
          label={t('view')}
          value={view}
          onValue={onView}
          options={views.map((each) => ({
            value: each,
            label: t(each === 'week' && isNarrow ? 'view.days' : `view.${each}`),
          }))}
        />
      </div>
      <Menu
        label={t('actions')}
        trigger={(trigger) => (
          <IconButton {...trigger} icon={MoreHorizontal} label={t('actions')} />
        )}
        items={[
          {
            label: t('ics.shown', { page: pageTitle }),
            icon: CalendarArrowDown,
            onSelect: () => onDownload(days[0] ?? date, days.at(-1) ?? date),
          },
          {
            label: t('ics.year'),
            icon: CalendarArrowDown,
            onSelect: () => onDownload(today, today + yearAhead * day),
          },
        ]}
      />
    </div>
  )
}
