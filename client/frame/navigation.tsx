/** The rail of wide screens and the bottom bar of phones: the same places. */
import type { ReadonlySignal } from '@preact/signals'
import { Ellipsis, PanelLeftClose, PanelLeftOpen } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { Link, useLocation } from 'wouter-preact'
import { Badge, classNames, Icon, IconButton } from '../design/index.ts'
import type { Counters } from './counters.ts'
import { Logo } from './logo.tsx'
import styles from './navigation.module.css'
import { type Place, placeOf, placesFor } from './places.ts'
import { t } from './texts.ts'

const narrowKey = 'interes-rail-narrow'
/** More than this is «99+»: a badge stays a badge. */
const mostShown = 99
const shownCount = (count: number): string => (count > mostShown ? `${mostShown}+` : String(count))

interface Props {
  counters: ReadonlySignal<Counters>
}

export const Rail = ({ counters, hasMail }: Props & { hasMail: boolean }) => {
  const [path] = useLocation()
  const [narrow, setNarrow] = useState(() => localStorage.getItem(narrowKey) === '1')
  const toggle = () => {
    localStorage.setItem(narrowKey, narrow ? '0' : '1')
    setNarrow(!narrow)
  }
  return (
    <nav aria-label={t('rail.label')} class={classNames(styles.rail, narrow && styles.narrow)}>
      <Link href="/dialogs" class={styles.logo} aria-label="Interes">
        <Logo size={24} />
        {!narrow && <span>Interes</span>}
      </Link>
      <ul class={styles.places}>
        {placesFor(hasMail).map((place) => (
          <li key={place.name}>
            <PlaceLink
              place={place}
              current={placeOf(path) === place.name}
              narrow={narrow}
              counters={counters.value}
            />
          </li>
        ))}
      </ul>
      <IconButton
        icon={narrow ? PanelLeftOpen : PanelLeftClose}
        label={t(narrow ? 'rail.wide' : 'rail.narrow')}
        aria-expanded={!narrow}
        onClick={toggle}
        class={styles.toggle}
      />
    </nav>
  )
}

interface PlaceLinkProps {
  place: Place
  current: boolean
  narrow: boolean
  counters: Counters
}

const PlaceLink = ({ place, current, narrow, counters }: PlaceLinkProps) => (
  <Link
    href={place.path}
    class={styles.place}
    aria-current={current ? 'page' : undefined}
    title={narrow ? t(`place.${place.name}`) : undefined}
  >
    <Icon of={place.icon} />
    <span class={narrow ? 'visually-hidden' : styles.word}>{t(`place.${place.name}`)}</span>
    {place.name === 'dialogs' && <DialogCounters counters={counters} dot={narrow} />}
    {place.name === 'tasks' && <TaskCounter counters={counters} dot={narrow} />}
  </Link>
)

const DialogCounters = ({ counters, dot = false }: { counters: Counters; dot?: boolean }) => {
  const { unread, newAppeals } = counters
  if (unread === 0 && newAppeals === 0) return null
  const words = [
    newAppeals > 0 && t('counter.appeals', { count: newAppeals }),
    unread > 0 && t('counter.unread', { count: unread }),
  ].filter((word) => word !== false)
  return (
    <span class={dot ? styles.dot : styles.counters} title={words.join(', ')}>
      {!dot && newAppeals > 0 && <Badge kind="accent">{shownCount(newAppeals)}</Badge>}
      {!dot && unread > 0 && <Badge kind="count">{shownCount(unread)}</Badge>}
      <span class="visually-hidden">{words.join(', ')}</span>
    </span>
  )
}

const TaskCounter = ({ counters, dot }: { counters: Counters; dot: boolean }) => {
  const { overdue } = counters
  if (overdue === 0) return null
  const words = t('counter.overdue', { count: overdue })
  return (
    <span class={dot ? styles.dot : styles.counters} title={words}>
      {!dot && <Badge kind="red">{shownCount(overdue)}</Badge>}
      <span class="visually-hidden">{words}</span>
    </span>
  )
}

/** What a phone's bar counts at a place. */
const barCount = (
  place: Place,
  { unread, overdue }: Counters,
): { count: number; words: string } => {
  if (place.name === 'dialogs')
    return { count: unread, words: t('counter.unread', { count: unread }) }
  if (place.name === 'tasks')
    return { count: overdue, words: t('counter.overdue', { count: overdue }) }
  return { count: 0, words: '' }
}

/** Where the word of the rail is too long for the bar, or says something else there. */
const shortName = (name: Place['name']) =>
  name === 'settings'
    ? 'place.more'
    : name === 'sales'
      ? 'place.salesShort'
      : (`place.${name}` as const)

/** The bar has five places: these stand under «Ещё». */
const underMore: readonly Place['name'][] = ['mail', 'documents']

export const BottomBar = ({ counters }: Props) => {
  const [path] = useLocation()
  const place = placeOf(path)
  const current = underMore.some((name) => name === place) ? 'settings' : place
  return (
    <nav aria-label={t('rail.label')} class={styles.bar}>
      {placesFor(false)
        .filter(({ name }) => !underMore.includes(name))
        .map((place) => {
          const { count, words } = barCount(place, counters.value)
          return (
            <Link
              key={place.name}
              href={place.path}
              class={styles.barPlace}
              aria-current={current === place.name ? 'page' : undefined}
            >
              <span class={styles.barIcon}>
                <Icon of={place.name === 'settings' ? Ellipsis : place.icon} size={20} />
                {count > 0 && (
                  <span class={styles.barCount}>
                    {shownCount(count)}
                    <span class="visually-hidden">{words}</span>
                  </span>
                )}
              </span>
              {t(shortName(place.name))}
            </Link>
          )
        })}
    </nav>
  )
}
