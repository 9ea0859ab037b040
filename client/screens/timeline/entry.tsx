/** One entry of a timeline: a message, an event; changes are `../history/change.tsx`. */
import {
  CalendarClock,
  EyeOff,
  type LucideIcon,
  Mail,
  NotebookPen,
  Paperclip,
  Phone,
  Send,
  Users,
} from 'lucide-preact'
import { Link } from 'wouter-preact'
import { entryId } from '../../../shared/records/directory.ts'
import { Icon } from '../../design/index.ts'
import type { Entries } from '../../fields/use-directory.ts'
import { formatTime } from '../../format/index.ts'
import type { MessageRow, StoredRow } from '../../replica/index.ts'
import { splitQuote } from '../dialogs/quote.ts'
import { authorName, type Employees } from '../dialogs/use-employees.ts'
import { t } from './texts.ts'
import styles from './timeline.module.css'

/** Of the kinds every company begins with; others have the common one. */
const kindIcons: ReadonlyMap<string, LucideIcon> = new Map([
  [entryId('interactionKind', 'note'), NotebookPen],
  [entryId('interactionKind', 'call'), Phone],
  [entryId('interactionKind', 'meeting'), Users],
])

export const iconOfKind = (kind: string): LucideIcon => kindIcons.get(kind) ?? CalendarClock

const When = ({ at }: { at: number }) => (
  <time class={styles.time} dateTime={new Date(at).toISOString()}>
    {formatTime(at)}
  </time>
)

const Files = ({ count }: { count: number }) =>
  count > 0 ? (
    <span class={styles.files}>
      <Icon of={Paperclip} />
      {count}
    </span>
  ) : null

interface SaidProps {
  message: MessageRow
  self: string
  employees: Employees
}

export const Said = ({ message, self, employees }: SaidProps) => {
  const { kind, direction, subject, files } = message
  const icon = kind === 'note' ? EyeOff : direction === 'in' ? Mail : Send
  return (
    <Link
      href={`/dialogs/${message.dialog}?message=${encodeURIComponent(message.key)}`}
      class={styles.entry}
      data-kind={kind}
    >
      <span class={styles.icon}>
        <Icon of={icon} />
      </span>
      <span class={styles.body}>
        <span class={styles.line}>
          <b class={styles.author}>{authorName(message, employees, self)}</b>
          <Files count={(files ?? []).filter(({ cid }) => !cid).length} />
          <When at={message.at} />
        </span>
        {subject && <span class={styles.subject}>{subject}</span>}
        <span class={styles.text}>{splitQuote(message.text).own}</span>
      </span>
    </Link>
  )
}

interface LinkedProps {
  icon: LucideIcon
  href: string
  /** What happened, and whose it is. */
  words: string
  by: string
  at: number
  text: string
}

/** A record that has a card of its own. */
export const Linked = ({ icon, href, words, by, at, text }: LinkedProps) => (
  <Link href={href} class={styles.entry}>
    <span class={styles.icon}>
      <Icon of={icon} />
    </span>
    <span class={styles.body}>
      <span class={styles.line}>
        <span class={styles.author}>
          <b>{words}</b>
          <span class={styles.by}>{by}</span>
        </span>
        <When at={at} />
      </span>
      <span class={styles.text}>{text}</span>
    </span>
  </Link>
)

interface InteractionProps {
  interaction: StoredRow<'interaction'>
  entries: Entries
  /** Names of contact persons and employees by id. */
  names: ReadonlyMap<string, string>
  self: string
  onOpen: () => void
}

export const Interaction = ({ interaction, entries, names, self, onOpen }: InteractionProps) => {
  const { kind, at, text, files = [], persons = [], createdBy } = interaction
  const who = createdBy === self ? t('you') : (names.get(createdBy ?? '') ?? '')
  const others = persons.flatMap((id) => names.get(id) ?? [])
  return (
    <button type="button" class={styles.entry} data-kind="interaction" onClick={onOpen}>
      <span class={styles.icon}>
        <Icon of={iconOfKind(kind)} />
      </span>
      <span class={styles.body}>
        <span class={styles.line}>
          <span class={styles.author}>
            <b>{entries.get(kind)?.name ?? t('event')}</b>
            <span class={styles.by}>{[who, ...others].filter(Boolean).join(', ')}</span>
          </span>
          <Files count={files.length} />
          <When at={at} />
        </span>
        <span class={styles.text}>{text || files.map(({ name }) => name).join(', ')}</span>
      </span>
    </button>
  )
}
