/** Everything that happened with a client, one stream, newest first. */
import { EyeOff, History, Mail, Paperclip, Send } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { EmptyState, Icon, Tabs, VirtualList } from '../../design/index.ts'
import { formatDate, formatTime } from '../../format/index.ts'
import { type MessageRow, type Replica, useLive } from '../../replica/index.ts'
import { splitQuote } from '../dialogs/quote.ts'
import { authorName, type Employees } from '../dialogs/use-employees.ts'
import { Change } from '../history/change.tsx'
import { t as historyTexts } from '../history/texts.ts'
import { useHistory } from '../history/use-history.ts'
import { messagesOf, type Whose } from './client-queries.ts'
import { t } from './texts.ts'
import styles from './timeline.module.css'
import { type TimelineFilter, timelineEntries } from './timeline-entries.ts'

interface TimelineProps {
  table: 'client' | 'person'
  id: string
  replica: Replica
  employees: Employees
  readOnly: boolean
}

/** Messages read at first and with each scroll to the end. */
const step = 200

export const Timeline = ({ table, id, replica, employees, readOnly }: TimelineProps) => {
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
  const history = useHistory(replica, id)
  const entries = timelineEntries(messages ?? [], history.entries, filter)
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
      {history.away && (filter === 'all' || filter === 'changes') && (
        <p class={styles.away}>{historyTexts('offline')}</p>
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
              <Change
                table={table}
                id={id}
                entry={entry.entry}
                history={history}
                replica={replica}
                employees={employees}
                readOnly={readOnly}
              />
            ) : (
              <Said message={entry.message} replica={replica} employees={employees} />
            )
          }}
        />
      )}
    </section>
  )
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
