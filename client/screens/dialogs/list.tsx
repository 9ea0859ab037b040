/** The list of dialogs with its filters. */
import { Combine, Inbox, ListChecks, ListFilter } from 'lucide-preact'
import { useRef, useState } from 'preact/hooks'
import { Link, useLocation } from 'wouter-preact'
import type { Group } from '../../../shared/fields/filter.ts'
import { dialogsOf } from '../../../shared/rights.ts'
import {
  Avatar,
  Badge,
  Button,
  classNames,
  EmptyState,
  Icon,
  IconButton,
  LinkButton,
  Select,
  Tabs,
  VirtualList,
  type VirtualListHandle,
} from '../../design/index.ts'
import { formatAge } from '../../format/index.ts'
import { lazy } from '../../frame/lazy.tsx'
import { WhenComplete } from '../../frame/when-complete.tsx'
import type { RowTest } from '../../lists/row-test.ts'
import { useTickKey } from '../../lists/use-ticks.ts'
import { type Replica, useLive } from '../../replica/index.ts'
import {
  type DialogEntry,
  type DialogFilter,
  everything,
  isUnread,
  waitsForAnswer,
} from './dialog-list.ts'
import { type DialogPage, dialogPage } from './dialog-queries.ts'
import styles from './list.module.css'
import { useListKeys } from './list-keys.ts'
import { t } from './list-texts.ts'
import { splitQuote } from './quote.ts'

// No part of the first screen.
const FieldFilter = lazy(async () => (await import('./field-filter.tsx')).FieldFilter)

const DialogBar = lazy(async () => (await import('./dialog-bar.tsx')).DialogBar)
const DialogMenu = lazy(async () => (await import('./dialog-menu.tsx')).DialogMenu)

interface DialogListProps {
  replica: Replica
  /** The dialog that is open. */
  open: string | undefined
}

/** Rows read at first and with each scroll to the end. */
const step = 100
/** px; phones have more room for fingers. */
const rowHeight = matchMedia('(max-width: 1023px)').matches ? 88 : 76

export const DialogList = ({ replica, open }: DialogListProps) => {
  const [filter, setFilter] = useState<DialogFilter>(everything)
  const [limit, setLimit] = useState(step)
  /** By fields: null until it is first asked for. */
  const [fields, setFields] = useState<Group | null>(null)
  const [fieldTest, setFieldTest] = useState<{ test: RowTest } | null>(null)
  const [editing, setEditing] = useState(false)
  /** Null while nobody chooses several. */
  const [ticks, setTicks] = useState<ReadonlySet<string> | null>(null)
  const [, navigate] = useLocation()
  const handle = useRef<VirtualListHandle>(null)
  const subject = replica.subject.value
  const mine = dialogsOf(subject)
  const page = useLive<DialogPage | null>(
    () => dialogPage(replica.base, filter, mine, limit, fieldTest?.test),
    [filter, fieldTest, limit, replica, [...mine].sort().join()],
    null,
  ).value
  const accounts = replica.known.accounts.value.filter((row) => row.deletedAt === undefined)
  const entries = page?.entries ?? []
  /** Who cannot be seen any more is not ticked either. */
  const untick = () => setTicks(ticks && new Set())
  const change = (next: Partial<DialogFilter>) => {
    setLimit(step)
    untick()
    setFilter({ ...filter, ...next })
  }

  // Most companies have no fields of their own for dialogs: then there is nothing to ask for.
  const hasOwn = replica.known.fields.value.some(
    ({ recordType, deletedAt }) => recordType === 'dialog' && deletedAt === undefined,
  )
  const reset = () => {
    change(everything)
    setFields(null)
    setFieldTest(null)
  }

  const tick = (id: string) => {
    const next = new Set(ticks)
    if (!next.delete(id)) next.add(id)
    setTicks(next)
  }
  const tickAll = async () => {
    const all = await dialogPage(replica.base, filter, mine, Infinity, fieldTest?.test)
    setTicks(new Set(all.entries.map(({ dialog }) => dialog.id)))
  }
  useTickKey(() => open && tick(open))
  useListKeys((move) => {
    const at = entries.findIndex(({ dialog }) => dialog.id === open)
    const next =
      entries[move === 0 ? Math.max(at, 0) : Math.min(Math.max(at + move, 0), entries.length - 1)]
    if (!next) return
    navigate(`/dialogs/${next.dialog.id}`)
    handle.current?.scrollToIndex(entries.indexOf(next))
  })

  return (
    <section class={styles.pane} aria-label={t('dialogs.list')}>
      <h1 class="visually-hidden">{t('dialogs.title')}</h1>
      <div class={styles.filters}>
        <div class={styles.whose}>
          <Tabs
            label={t('dialogs.title')}
            value={filter.ownership}
            onValue={(ownership) => change({ ownership })}
            tabs={[
              { value: 'all', label: t('dialogs.filter.all') },
              { value: 'mine', label: t('dialogs.filter.mine') },
              { value: 'unassigned', label: t('dialogs.filter.unassigned') },
            ]}
          />
          <span class={styles.tools}>
            {filter.newAppeals && (
              <Link
                href="/clients/duplicates/appeals"
                class={styles.duplicates}
                aria-label={t('dialogs.duplicates')}
                title={t('dialogs.duplicates')}
              >
                <Icon of={Combine} size={20} />
              </Link>
            )}
            <IconButton
              icon={ListChecks}
              label={t('dialogs.several')}
              aria-pressed={ticks !== null}
              onClick={() => setTicks(ticks ? null : new Set())}
            />
            {(hasOwn || fields) && (
              <IconButton
                icon={ListFilter}
                label={t('dialogs.filter.fields')}
                onClick={() => {
                  setFields(fields ?? { join: 'all', of: [] })
                  setEditing(true)
                }}
              />
            )}
          </span>
        </div>
        <div class={styles.chips}>
          <Chip
            on={filter.newAppeals}
            onToggle={(newAppeals) => change({ newAppeals })}
            label={t('dialogs.filter.appeals')}
          />
          <Chip
            on={filter.unread}
            onToggle={(unread) => change({ unread })}
            label={t('dialogs.filter.unread')}
          />
          <Chip
            on={filter.waiting}
            onToggle={(waiting) => change({ waiting })}
            label={t('dialogs.filter.waiting')}
          />
        </div>
        {accounts.length > 1 && (
          <Select
            aria-label={t('context.channel')}
            value={filter.account ?? ''}
            onValue={(account) => change({ account: account || null })}
            options={[
              { value: '', label: t('dialogs.filter.anyAccount') },
              ...accounts.map(({ id, address }) => ({ value: id, label: address })),
            ]}
          />
        )}
      </div>
      {fields && (
        <FieldFilter
          replica={replica}
          filter={fields}
          count={page && !page.more ? entries.length : null}
          editing={editing}
          onFilter={(next) => {
            setLimit(step)
            untick()
            setFields(next)
          }}
          onTest={(test) => setFieldTest({ test })}
          onClose={() => setEditing(false)}
        />
      )}
      {ticks && (
        <DialogBar
          replica={replica}
          ticked={[...ticks]}
          newest={Math.max(0, ...entries.map(({ lastAt }) => lastAt))}
          onAll={tickAll}
          onDone={() => setTicks(null)}
        />
      )}
      {page && entries.length === 0 ? (
        <Nothing
          filtered={
            (fields?.of.length ?? 0) > 0 || JSON.stringify(filter) !== JSON.stringify(everything)
          }
          connected={accounts.length > 0}
          administrator={replica.session.user.administrator}
          onReset={reset}
          isEmpty={async () =>
            (await dialogPage(replica.base, everything, mine, limit)).entries.length === 0
          }
        />
      ) : (
        <VirtualList
          handle={handle}
          label={t('dialogs.title')}
          count={entries.length}
          rowHeight={rowHeight}
          keyOf={(index) => entries[index]?.dialog.id ?? index}
          onRange={(_, last) => page?.more && last >= entries.length - 10 && setLimit(limit + step)}
          render={(index) => {
            const entry = entries[index]
            return entry ? (
              <Row
                entry={entry}
                open={entry.dialog.id === open}
                replica={replica}
                ticked={ticks === null ? null : ticks.has(entry.dialog.id)}
                onTick={() => tick(entry.dialog.id)}
              />
            ) : null
          }}
        />
      )}
    </section>
  )
}

interface ChipProps {
  on: boolean
  onToggle: (on: boolean) => void
  label: string
}

const Chip = ({ on, onToggle, label }: ChipProps) => (
  <button type="button" class={styles.chip} aria-pressed={on} onClick={() => onToggle(!on)}>
    {label}
  </button>
)

interface NothingProps {
  filtered: boolean
  connected: boolean
  administrator: boolean
  onReset: () => void
  /** Asks the base whether there is no dialog at all. */
  isEmpty: () => Promise<boolean>
}

const Nothing = ({ filtered, connected, administrator, onReset, isEmpty }: NothingProps) => {
  if (filtered)
    return (
      <EmptyState
        icon={Inbox}
        title={t('dialogs.nothing.title')}
        action={<Button onClick={onReset}>{t('dialogs.nothing.reset')}</Button>}
      />
    )
  return (
    <WhenComplete isMissing={isEmpty}>
      <EmptyState
        icon={Inbox}
        title={t('dialogs.empty.title')}
        text={t(
          connected
            ? 'dialogs.empty.waiting'
            : administrator
              ? 'dialogs.empty.text'
              : 'dialogs.empty.ask',
        )}
        action={
          connected ? (
            <LinkButton href="/mail/new">{t('dialogs.empty.write')}</LinkButton>
          ) : (
            administrator && (
              <LinkButton kind="primary" href="/settings/mail">
                {t('dialogs.empty.connect')}
              </LinkButton>
            )
          )
        }
      />
    </WhenComplete>
  )
}

interface RowProps {
  entry: DialogEntry
  open: boolean
  replica: Replica
  /** Null while nobody chooses several: then a press opens it. */
  ticked: boolean | null
  onTick: () => void
}

const Row = ({ entry, open, replica, ticked, onTick }: RowProps) => {
  const { dialog, last, lastAt, clientName, newAppeal } = entry
  const unread = isUnread(entry)
  const who = clientName ?? dialog.peer.name ?? dialog.peer.address
  const subject = dialog.subject || t('dialogs.noSubject')
  const look = {
    class: classNames(styles.row, unread && styles.unread),
    'aria-current': open ? ('true' as const) : undefined,
  }
  const words = (
    <span class={styles.words}>
      <span class={styles.line}>
        <span class={styles.who}>{who}</span>
        <time class={styles.age} dateTime={new Date(lastAt).toISOString()}>
          {formatAge(lastAt)}
        </time>
      </span>
      <span class={styles.line}>
        <span class={styles.subject}>{subject}</span>
        {unread && <span class={styles.dot} role="img" aria-label={t('dialogs.unread')} />}
      </span>
      <span class={styles.line}>
        <span class={styles.preview}>
          {last?.direction === 'out' && t('dialogs.you')}
          {splitQuote(last?.text ?? '').own || t('dialogs.noText')}
        </span>
        {newAppeal ? (
          <Badge kind="accent">{t('dialogs.appeal')}</Badge>
        ) : (
          waitsForAnswer(entry) && <Badge>{t('dialogs.waits')}</Badge>
        )}
      </span>
    </span>
  )
  if (ticked !== null)
    return (
      <label {...look}>
        <span class={styles.tick}>
          <input type="checkbox" checked={ticked} onChange={onTick} />
        </span>
        {words}
      </label>
    )
  return (
    <div class={styles.item}>
      <Link href={`/dialogs/${dialog.id}`} {...look}>
        <Avatar name={who} size={40} />
        {words}
      </Link>
      <span class={styles.menu}>
        <DialogMenu entry={entry} name={`${who}, ${subject}`} replica={replica} />
      </span>
    </div>
  )
}
