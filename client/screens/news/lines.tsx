/** The feed by days: what colleagues did with clients, and the events they wrote down. */
import { ArchiveRestore, Merge, PencilLine, Plus, Trash2 } from 'lucide-preact'
import { Fragment } from 'preact'
import { Link } from 'wouter-preact'
import type { Deed, NewsLine } from '../../../shared/protocol/news.ts'
import { declarationOf } from '../../../shared/records/index.ts'
import { Avatar, Icon } from '../../design/index.ts'
import type { Entries } from '../../fields/use-directory.ts'
import { formatDate, formatTime } from '../../format/index.ts'
import { labelOf } from '../../i18n/index.ts'
import type { StoredRow } from '../../replica/index.ts'
import type { Employees } from '../dialogs/use-employees.ts'
import { iconOfKind } from '../timeline/entry.tsx'
import type { FeedItem } from './feed.ts'
import styles from './news.module.css'
import { t } from './texts.ts'

const icons = {
  created: Plus,
  changed: PencilLine,
  deleted: Trash2,
  restored: ArchiveRestore,
  merged: Merge,
} as const satisfies Record<Deed, typeof Plus>

const paths = {
  client: '/clients',
  person: '/persons',
  contract: '/documents',
} as const satisfies Record<NewsLine['type'], string>

interface DaysProps {
  items: readonly FeedItem[]
  employees: Employees
  entries: Entries
  /** Names of the contacts of events, with their paths. */
  contacts: ReadonlyMap<string, { name: string; path: string }>
  self: string
  onOpen: (interaction: StoredRow<'interaction'>) => void
}

export const Days = (props: DaysProps) => {
  const byDay = new Map<string, FeedItem[]>()
  for (const item of props.items) {
    const day = dayOf(item.at)
    byDay.set(day, [...(byDay.get(day) ?? []), item])
  }
  return (
    <>
      {[...byDay].map(([day, ofDay]) => (
        <section key={day} aria-label={day}>
          <h2 class={styles.day}>{day}</h2>
          <ul class={styles.lines}>
            {ofDay.map((item) =>
              item.kind === 'news' ? (
                <Line key={item.key} line={item.line} {...props} />
              ) : (
                <Event key={item.key} interaction={item.interaction} {...props} />
              ),
            )}
          </ul>
        </section>
      ))}
    </>
  )
}

const dayOf = (at: number): string => {
  const date = formatDate(at)
  const now = Date.now()
  if (date === formatDate(now)) return t('today')
  return date === formatDate(new Date(now).setHours(0, 0, 0, 0) - 1) ? t('yesterday') : date
}

const Time = ({ at }: { at: number }) => (
  <time class={styles.time} dateTime={new Date(at).toISOString()}>
    {formatTime(at)}
  </time>
)

const Line = ({ line, employees, self }: { line: NewsLine } & DaysProps) => {
  const { records, count, type, deed } = line
  // Not an employee: a connector, which is the program itself.
  const name = employees.get(line.user)?.name ?? 'Interes'
  const others = deed === 'changed' ? 0 : count - records.length
  return (
    <li class={styles.line} data-deed={deed}>
      <Avatar name={name} size={32} />
      <div class={styles.body}>
        <p class={styles.said}>
          <b class={styles.author}>{line.user === self ? t('you') : name}</b>
          <span class={styles.deed}>
            <Icon of={icons[deed]} />
            {deedWords(line)}
          </span>
          <Time at={line.at} />
        </p>
        <p class={styles.records}>
          {records.map((record, index) => (
            <Fragment key={record.id}>
              {index > 0 && ', '}
              <Link class="link" href={`${paths[type]}/${record.id}`}>
                {record.name}
              </Link>
            </Fragment>
          ))}
          {others > 0 && ` ${t('others', { count: others })}`}
        </p>
      </div>
    </li>
  )
}

const Event = ({
  interaction,
  employees,
  entries,
  contacts,
  self,
  onOpen,
}: { interaction: StoredRow<'interaction'> } & DaysProps) => {
  const { createdBy = '', kind, at, text, files = [], contact } = interaction
  const name = employees.get(createdBy)?.name ?? 'Interes'
  const whose = contacts.get(contact)
  const words = text || files.map((file) => file.name).join(', ')
  return (
    <li class={styles.line}>
      <Avatar name={name} size={32} />
      <div class={styles.body}>
        <p class={styles.said}>
          <b class={styles.author}>{createdBy === self ? t('you') : name}</b>
          <span class={styles.deed}>
            <Icon of={iconOfKind(kind)} />
            {entries.get(kind)?.name ?? t('event')}
          </span>
          <Time at={at} />
        </p>
        {whose && (
          <p class={styles.records}>
            <Link class="link" href={whose.path}>
              {whose.name}
            </Link>
          </p>
        )}
        <button type="button" class={styles.event} onClick={() => onOpen(interaction)}>
          {words}
        </button>
      </div>
    </li>
  )
}

const deedWords = ({ deed, type, count, fields }: NewsLine): string => {
  if (deed === 'created') return t(`${type}.created`, { count })
  if (deed !== 'changed') return t(deed)
  const declared = declarationOf(type).fields
  const labels = fields.flatMap((name) => {
    const field = declared[name.split('/')[0] ?? '']
    return field ? [labelOf(field.label)] : []
  })
  return t('changed', { fields: [...new Set(labels)].join(', ') })
}
