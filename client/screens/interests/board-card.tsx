/** One Interest on the board. */
import { CalendarClock, GripVertical } from 'lucide-preact'
import { Link } from 'wouter-preact'
import { totalOf } from '../../../shared/interests/moves.ts'
import type { Stage } from '../../../shared/records/scenario.ts'
import { deadlineOf } from '../../../shared/tasks.ts'
import { Avatar, classNames, Icon, IconButton, Menu } from '../../design/index.ts'
import { formatDate, formatTime } from '../../format/index.ts'
import { t as listTexts } from '../../lists/texts.ts'
import type { StoredRow } from '../../replica/index.ts'
import styles from './board.module.css'
import { formatSum } from './money.ts'
import { daysSince, type Interest } from './queries.ts'
import { t } from './texts.ts'

interface BoardCardProps {
  row: Interest
  client: string | undefined
  responsible: string | undefined
  /** The next thing that is planned. */
  task: StoredRow<'task'> | undefined
  stages: readonly Stage[]
  now: number
  mayMove: boolean
  ticked: boolean
  /** Both are the same functions at each render, so that a card none of whose props changed is left alone. */
  onTick: (id: string, ticked: boolean, range: boolean) => void
  onMove: (row: Interest, stage: Stage) => void
}

export const BoardCard = (props: BoardCardProps) => {
  const { row, client, responsible, stages, now, mayMove, onMove, ticked, onTick } = props
  const days = daysSince(row.since, now)
  const step = (by: number) => {
    const next = stages[stages.findIndex(({ id }) => id === row.stage) + by]
    if (next && mayMove) onMove(row, next)
  }
  return (
    <article
      class={classNames(styles.card, ticked && styles.ticked)}
      data-card={row.id}
      data-movable={mayMove || undefined}
      onKeyDown={(event) => {
        if (!event.shiftKey || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return
        event.preventDefault()
        step(event.key === 'ArrowLeft' ? -1 : 1)
      }}
    >
      <div class={styles.cardHead}>
        <label class={styles.tick}>
          <input
            type="checkbox"
            checked={ticked}
            aria-label={listTexts('group.tick', { name: row.name })}
            onClick={(event) => onTick(row.id, event.currentTarget.checked, event.shiftKey)}
          />
        </label>
        <Link
          href={`/interests/${row.id}`}
          class={styles.cardName}
          title={row.name}
          draggable={false}
        >
          {row.name}
        </Link>
        {mayMove && (
          <Menu
            label={t('move', { name: row.name })}
            trigger={(trigger) => (
              <IconButton
                {...trigger}
                icon={GripVertical}
                class={styles.grip}
                label={t('move', { name: row.name })}
              />
            )}
            items={stages
              .filter(({ id }) => id !== row.stage)
              .map((stage) => ({
                label: t('moveTo', { stage: stage.name }),
                onSelect: () => onMove(row, stage),
              }))}
          />
        )}
      </div>
      <p class={classNames('meta', 'ellipsis', styles.cardClient)}>{client ?? ' '}</p>
      <p class={styles.cardFoot}>
        <span class={styles.cardSum}>
          {row.amount ? formatSum(totalOf(row), row.amount.currency) : ''}
        </span>
        <span class="meta" title={t('daysTitle', { count: days })}>
          {days === 0 ? t('today') : t('days', { count: days })}
        </span>
        {responsible && <Avatar name={responsible} size={20} />}
      </p>
      {row.status === 'open' && <Planned {...props} />}
    </article>
  )
}

const Planned = ({ task, now }: BoardCardProps) => {
  const isOverdue = task !== undefined && deadlineOf(task) <= now
  return (
    <p class={classNames(styles.planned, isOverdue && styles.overdue)}>
      <Icon of={CalendarClock} />
      <span class="ellipsis">{task ? plannedWords(task) : t('planned.none')}</span>
    </p>
  )
}

const plannedWords = ({ title, due, allDay }: StoredRow<'task'>): string => {
  if (due === undefined) return title
  return `${formatDate(due)}${allDay ? '' : ` ${formatTime(due)}`} · ${title}`
}
