/** Beside the calendar: a small month to go by, and what and whose things are shown. */
import { ChevronLeft, ChevronRight } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { Choice, classNames, IconButton, Switch } from '../../design/index.ts'
import { Choices } from '../../lists/choices.tsx'
import { daysOf, isSameMonth, pageFrom } from './days.ts'
import { type ItemKind, itemKinds } from './items.ts'
import type { Look } from './look.ts'
import styles from './side.module.css'
import { t } from './texts.ts'
import { dayWords, monthWords, numberOf, weekdayMark } from './words.ts'

interface SmallMonthProps {
  date: number
  today: number
  /** Those that the page shows. */
  shown: readonly number[]
  onDate: (whole: number) => void
}

export const SmallMonth = ({ date, today, shown, onDate }: SmallMonthProps) => {
  // One looks at another month without leaving the page; going to a day brings its month back.
  const [looked, setLooked] = useState({ from: date, at: date })
  const at = looked.from === date ? looked.at : date
  const look = (by: 1 | -1) => () => setLooked({ from: date, at: pageFrom('month', at, by, false) })
  const days = daysOf('month', at, false)
  return (
    <section class={styles.small} aria-label={t('month', { month: monthWords(at) })}>
      <header class={styles.smallHead}>
        <h2 class={styles.smallTitle}>{monthWords(at)}</h2>
        <IconButton icon={ChevronLeft} label={t('previous')} onClick={look(-1)} />
        <IconButton icon={ChevronRight} label={t('next')} onClick={look(1)} />
      </header>
      <div class={styles.smallDays}>
        {days.slice(0, 7).map((whole) => (
          <span key={whole} class={styles.smallWeekday} aria-hidden="true">
            {weekdayMark(whole)}
          </span>
        ))}
        {days.map((whole) => (
          <button
            key={whole}
            type="button"
            aria-label={dayWords(whole)}
            aria-current={whole === today ? 'date' : undefined}
            aria-pressed={whole === date}
            class={classNames(
              styles.smallDay,
              !isSameMonth(whole, at) && styles.other,
              shown.includes(whole) && styles.shown,
              whole === today && styles.today,
            )}
            onClick={() => onDate(whole)}
          >
            {numberOf(whole)}
          </button>
        ))}
      </div>
    </section>
  )
}

interface FiltersProps {
  look: Look
  onLook: (change: Partial<Look>) => void
  /** Departments and employees, by name. */
  people: readonly { value: string; label: string }[]
}

export const Filters = ({ look, onLook, people }: FiltersProps) => {
  const show = (kind: ItemKind) => (isShown: boolean) =>
    onLook({
      hidden: isShown ? look.hidden.filter((one) => one !== kind) : [...look.hidden, kind],
    })
  return (
    <div class={styles.filters}>
      <h2 class={styles.heading}>{t('whose')}</h2>
      <Choice
        label={t('whose')}
        value={look.whose}
        onValue={(whose) => onLook({ whose })}
        options={(['mine', 'all', 'chosen'] as const).map((whose) => ({
          value: whose,
          label: t(`whose.${whose}`),
        }))}
      />
      {look.whose === 'chosen' && (
        <Choices
          label={t('whose.people')}
          choices={people}
          value={look.chosen}
          onValue={(chosen) => onLook({ chosen })}
        />
      )}
      <h2 class={styles.heading}>{t('filter')}</h2>
      {itemKinds.map((kind) => (
        <Switch
          key={kind}
          look="tick"
          label={t(`kinds.${kind}`)}
          checked={!look.hidden.includes(kind)}
          onChecked={show(kind)}
        />
      ))}
      <Switch
        look="tick"
        label={t('kinds.done')}
        checked={look.withDone}
        onChecked={(withDone) => onLook({ withDone })}
      />
    </div>
  )
}
