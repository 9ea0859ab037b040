/** Everything that happened with a client, one stream, newest first. */
import { EyeOff, History, Mail, Paperclip, PencilLine, Send } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import type { HistoryEntry } from '../../../shared/protocol/api.ts'
import { declarationOf } from '../../../shared/records/index.ts'
import { EmptyState, Icon, Tabs, VirtualList } from '../../design/index.ts'
import { formatDate, formatTime } from '../../format/index.ts'
import { labelOf } from '../../i18n/index.ts'
import { type MessageRow, type Replica, readDoc, useLive } from '../../replica/index.ts'
import { api } from '../../session/index.ts'
import { splitQuote } from '../dialogs/quote.ts'
import { authorName, type Employees } from '../dialogs/use-employees.ts'
import { messagesOf, type Whose } from './client-queries.ts'
import { t } from './texts.ts'
import styles from './timeline.module.css'
import { type TimelineEntry, type TimelineFilter, timelineEntries } from './timeline-entries.ts'

interface TimelineProps {
  table: 'client' | 'person'
  id: string
  replica: Replica
  employees: Employees
}

/** Messages read at first and with each scroll to the end. */
const step = 200

export const Timeline = ({ table, id, replica, employees }: TimelineProps) => {
  const [filter, setFilter] = useState<TimelineFilter>('all')
  const [limit, setLimit] = useState(step)
  const messages = useLive<MessageRow[] | null>(
    () => {
      const whose: Whose = table === 'client' ? { client: id } : { person: id }
      return messagesOf(replica.base, whose, limit)
    },
    [table, id, limit, replica],
    null,
  ).value
  const { history, away } = useHistory(replica, id)
  const entries = timelineEntries(messages ?? [], history, filter)
  return (
    <section class={styles.timeline} aria-label={t('client.tab.timeline')}>
      <div class={styles.filters}>
        <Tabs
          label={t('client.tab.timeline')}
          value={filter}
          onValue={setFilter}
          tabs={[
            { value: 'all', label: t('timeline.all') },
            { value: 'messages', label: t('timeline.messages') },
            { value: 'notes', label: t('timeline.notes') },
            { value: 'changes', label: t('timeline.changes') },
          ]}
        />
      </div>
      {away && (filter === 'all' || filter === 'changes') && (
        <p class={styles.away}>{t('timeline.offline')}</p>
      )}
      {messages && entries.length === 0 ? (
        <EmptyState
          icon={History}
          title={t('timeline.empty.title')}
          text={t('timeline.empty.text')}
        />
      ) : (
        <VirtualList
          key={filter}
          class={styles.list}
          label={t('client.tab.timeline')}
          count={entries.length}
          rowHeight={72}
          measured
          keyOf={(index) => entries[index]?.key ?? index}
          onRange={(_, last) =>
            messages && messages.length >= limit && last > entries.length - 20
              ? setLimit(limit + step)
              : undefined
          }
          render={(index) => {
            const entry = entries[index]
            if (!entry) return null
            return entry.kind === 'change' ? (
              <Change entry={entry} table={table} replica={replica} employees={employees} />
            ) : (
              <Said message={entry.message} replica={replica} employees={employees} />
            )
          }}
        />
      )}
    </section>
  )
}

/** Changes are kept at the relay; asked for again whenever the record changes or the network comes. */
const useHistory = (replica: Replica, id: string): { history: HistoryEntry[]; away: boolean } => {
  const [history, setHistory] = useState<HistoryEntry[]>([])
  const [away, setAway] = useState(false)
  const offline = replica.status.value.state === 'offline'
  const seq = useLive(
    async () => (await readDoc(replica.base, id))?.seq ?? 0,
    [id, replica],
    0,
  ).value
  useEffect(() => {
    let current = true
    // Nothing to ask for before the relay has the record.
    if (seq > 0)
      api.history(id).then((answer) => {
        if (!current) return
        setAway(!answer.ok)
        if (answer.ok) setHistory(answer.value.entries)
      })
    return () => {
      current = false
    }
  }, [id, seq, offline])
  return { history, away: away || offline }
}

const when = (at: number) => (
  <time class={styles.time} dateTime={new Date(at).toISOString()}>
    {formatDate(at)} {formatTime(at)}
  </time>
)

interface SaidProps {
  message: MessageRow
  replica: Replica
  employees: Employees
}

const Said = ({ message, replica, employees }: SaidProps) => {
  const { kind, direction, subject, files } = message
  const icon = kind === 'note' ? EyeOff : direction === 'in' ? Mail : Send
  const shown = (files ?? []).filter(({ cid }) => !cid).length
  return (
    <Link href={`/dialogs/${message.dialog}`} class={styles.entry} data-kind={kind}>
      <span class={styles.icon}>
        <Icon of={icon} />
      </span>
      <span class={styles.body}>
        <span class={styles.line}>
          <b class={styles.author}>{authorName(message, employees, replica.session.user.id)}</b>
          {shown > 0 && (
            <span class={styles.files}>
              <Icon of={Paperclip} />
              {shown}
            </span>
          )}
          {when(message.at)}
        </span>
        {subject && <span class={styles.subject}>{subject}</span>}
        <span class={styles.text}>{splitQuote(message.text).own}</span>
      </span>
    </Link>
  )
}

interface ChangeProps {
  entry: Extract<TimelineEntry, { kind: 'change' }>
  table: 'client' | 'person'
  replica: Replica
  employees: Employees
}

const Change = ({ entry, table, replica, employees }: ChangeProps) => {
  const { fields } = declarationOf(table)
  // A part is named `phones/<id>`: its field is what a reader knows.
  const names = new Set(
    entry.fields.map((name) => {
      const field = fields[name.split('/')[0] ?? '']
      return field ? labelOf(field.label) : name
    }),
  )
  const who =
    entry.user === replica.session.user.id
      ? t('timeline.you')
      : // Not an employee: a connector, which is the program itself.
        (employees.get(entry.user)?.name ?? 'Interes')
  return (
    <p class={styles.change}>
      <span class={styles.icon}>
        <Icon of={PencilLine} />
      </span>
      <span class={styles.body}>
        <b>{who}</b>{' '}
        {entry.created
          ? t('timeline.created')
          : t('timeline.changed', { fields: [...names].join(', ') })}{' '}
        {when(entry.at)}
      </span>
    </p>
  )
}
