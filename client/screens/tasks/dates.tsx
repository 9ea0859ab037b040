/** Birthdays and other dates of one's own contacts, today and in the coming week (F71). */
import { CakeSlice } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { Icon } from '../../design/index.ts'
import { dayFrom, fallsOn, yearDays } from '../../notices/contact-dates.ts'
import { type Replica, type ReplicaBase, useLive } from '../../replica/index.ts'
import styles from './tasks.module.css'
import { t } from './texts.ts'
import { whenWords } from './when.ts'

export interface ComingDate {
  key: string
  path: string
  name: string
  kind: string
  /** `2026-11-22` */
  day: string
}

/** Today and a week from now. */
const daysAhead = 8
const shownAtFirst = 3

/** The nearest first. */
export const comingDates = async (
  base: ReplicaBase,
  own: ReadonlySet<string>,
  now: number,
): Promise<ComingDate[]> => {
  const keys = yearDays(now, 0, daysAhead)
  const [clients, persons, entries] = await Promise.all([
    base.client.where('days').anyOf(keys).distinct().toArray(),
    base.person.where('days').anyOf(keys).distinct().toArray(),
    base.directory.where('directory').equals('dateKind').toArray(),
  ])
  const kinds = new Map(entries.map(({ id, name }) => [id, name]))
  const days = keys.map((_, index) => dayFrom(now, index))
  return [...clients, ...persons]
    .filter(({ managers }) => managers?.some((id) => own.has(id)))
    .flatMap((contact) =>
      contact.dates.flatMap((part) =>
        days
          .filter((day) => fallsOn(part, day))
          .map((day) => ({
            key: part.id,
            path: `/${contact.type}s/${contact.id}`,
            name: contact.name,
            kind: kinds.get(part.kind) ?? '',
            day,
          })),
      ),
    )
    .sort((a, b) => (a.day === b.day ? a.name.localeCompare(b.name, 'ru') : a.day < b.day ? -1 : 1))
}

interface DatesProps {
  replica: Replica
  own: ReadonlySet<string>
  now: number
}

export const Dates = ({ replica, own, now }: DatesProps) => {
  const [all, setAll] = useState(false)
  const today = dayFrom(now, 0)
  const dates = useLive<ComingDate[]>(
    () => comingDates(replica.base, own, Date.now()),
    // Another day has other dates.
    [replica, own, today],
    [],
  ).value
  if (dates.length === 0) return null
  const shown = all ? dates : dates.slice(0, shownAtFirst)
  return (
    <section class={styles.dates} aria-label={t('dates')}>
      <Icon of={CakeSlice} />
      <span class={styles.dateList}>
        {shown.map(({ key, path, name, kind, day }) => (
          <span key={key}>
            {whenWords({ due: Date.parse(day), allDay: true }, now)}: {kind},{' '}
            <Link href={path} class="link">
              {name}
            </Link>
          </span>
        ))}
        {shown.length < dates.length && (
          <button type="button" class="link" onClick={() => setAll(true)}>
            {t('dates.more', { count: dates.length - shown.length })}
          </button>
        )}
      </span>
    </section>
  )
}
