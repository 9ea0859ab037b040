/** Day by day what is on them, as a list; days without anything are left out. */
import { CalendarDays, Plus } from 'lucide-preact'
import { useMemo } from 'preact/hooks'
import { localDay, wholeDay } from '../../../shared/tasks.ts'
import { Button, classNames, EmptyState, Icon, VirtualList } from '../../design/index.ts'
import { formatDate } from '../../format/index.ts'
import styles from './agenda.module.css'
import { Face, type ItemActs, iconOf } from './item.tsx'
import { byDay, compareItems, type Item } from './items.ts'
import { t } from './texts.ts'
import { dayWords, spanWords } from './words.ts'

type Line = { kind: 'day'; whole: number } | { kind: 'item'; whole: number; item: Item }

const isNarrow = matchMedia('(max-width: 1023px)').matches
const heights = isNarrow ? { day: 38, item: 60 } : { day: 36, item: 40 }

interface AgendaProps {
  days: readonly number[]
  items: readonly Item[]
  now: number
  acts: ItemActs
  onPlan: () => void
}

export const Agenda = ({ days, items, now, acts, onPlan }: AgendaProps) => {
  const today = wholeDay(now)
  const lines = useMemo(() => {
    const itemsOn = byDay(items, days)
    return days.flatMap((whole): Line[] => {
      const here = [...(itemsOn.get(whole) ?? [])].sort(compareItems)
      if (here.length === 0) return []
      return [{ kind: 'day', whole }, ...here.map((item): Line => ({ kind: 'item', whole, item }))]
    })
  }, [days, items])
  const [first = today] = days
  if (lines.length === 0)
    return (
      <EmptyState
        icon={CalendarDays}
        title={t('nothing')}
        {...(days.length > 1 && {
          text: t('nothing.text', {
            from: formatDate(localDay(first)),
            to: formatDate(localDay(days.at(-1) ?? first)),
          }),
        })}
        action={
          <Button icon={Plus} onClick={onPlan}>
            {t('plan')}
          </Button>
        }
      />
    )
  return (
    <VirtualList
      label={t('view.agenda')}
      class={styles.list}
      count={lines.length}
      rowHeight={(index) => heights[lines[index]?.kind ?? 'item']}
      keyOf={(index) => keyOf(lines[index]) ?? index}
      render={(index) => {
        const line = lines[index]
        if (!line) return null
        return line.kind === 'day' ? (
          <h2 class={classNames(styles.day, line.whole === today && styles.today)}>
            {dayWords(line.whole)}
            {line.whole === today && <span class="meta">{t('today')}</span>}
          </h2>
        ) : (
          <Row item={line.item} acts={acts} />
        )
      }}
    />
  )
}

const keyOf = (line: Line | undefined): string | undefined =>
  line && (line.kind === 'day' ? String(line.whole) : `${line.whole}/${line.item.key}`)

const Row = ({ item, acts }: { item: Item; acts: ItemActs }) => {
  const when = spanWords(item)
  const who = acts.whoOf(item)
  return (
    <Face
      item={item}
      acts={acts}
      class={styles.row}
      name={[when, item.title, item.contact, who].filter(Boolean).join(' ')}
    >
      <span class={styles.time}>{when}</span>
      <Icon of={iconOf(item)} class={styles.icon} />
      <span class={styles.title}>{item.title}</span>
      <span class={styles.contact}>{item.contact}</span>
      <span class={styles.who}>{who}</span>
    </Face>
  )
}
