/** What narrows a timeline beside the kind: words, whose entries, which time; and the way to a date. */
import { useState } from 'preact/hooks'
import { day as dayLength } from '../../../shared/clock.ts'
import { parseDay } from '../../../shared/fields/days.ts'
import { Field, Input, Select } from '../../design/index.ts'
import { t } from './texts.ts'
import styles from './timeline.module.css'

const periods = ['7', '30', '90', '365'] as const
export type Period = (typeof periods)[number]

export interface Narrowing {
  typed: string
  who: string
  /** So many days back; null: all. */
  days: Period | null
  /** Nothing from this moment on, ms. */
  end: number
}

export const wholeTimeline: Narrowing = {
  typed: '',
  who: '',
  days: null,
  end: Number.POSITIVE_INFINITY,
}

export const sinceOf = (days: Period | null, now: number): number | null =>
  days === null ? null : new Date(now - Number(days) * dayLength).setHours(0, 0, 0, 0)

interface FilterBarProps {
  narrowing: Narrowing
  onNarrowing: (next: Narrowing) => void
  people: readonly { id: string; name: string }[]
}

export const FilterBar = ({ narrowing, onNarrowing, people }: FilterBarProps) => {
  const [day, setDay] = useState('')
  const [wrong, setWrong] = useState(false)
  const set = (change: Partial<Narrowing>) => onNarrowing({ ...narrowing, ...change })
  const go = () => {
    if (day.trim() === '') return set({ end: Number.POSITIVE_INFINITY })
    const parsed = parseDay(day, new Date())
    setWrong(!parsed.ok)
    if (!parsed.ok) return
    const [year = 0, month = 1, date = 1] = parsed.value.split('-').map(Number)
    set({ end: new Date(year, month - 1, date + 1).getTime() })
  }
  return (
    <search class={styles.narrowing}>
      <Input
        type="search"
        value={narrowing.typed}
        onValue={(typed) => set({ typed })}
        placeholder={t('search')}
        aria-label={t('search')}
      />
      <Select
        aria-label={t('who')}
        value={narrowing.who}
        onValue={(who) => set({ who })}
        options={[
          { value: '', label: t('everybody') },
          ...[...people]
            .sort((a, b) => a.name.localeCompare(b.name, 'ru'))
            .map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <Select<Period | ''>
        aria-label={t('period')}
        value={narrowing.days ?? ''}
        onValue={(days) => set({ days: days === '' ? null : days })}
        options={[
          { value: '', label: t('period.all') },
          ...periods.map((one) => ({ value: one, label: t(`period.${one}`) })),
        ]}
      />
      <Field label={t('day')} hideLabel error={wrong ? t('day.wrong') : null}>
        {(control) => (
          <Input
            {...control}
            value={day}
            onValue={(typed) => {
              setDay(typed)
              setWrong(false)
            }}
            onBlur={go}
            onKeyDown={(event) => event.key === 'Enter' && go()}
            placeholder={t('day.hint')}
            autocomplete="off"
          />
        )}
      </Field>
    </search>
  )
}
