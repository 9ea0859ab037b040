/** Everything that happened with a contact, one stream, newest first (F68). */
import {
  ArrowUp,
  CalendarClock,
  CircleCheck,
  FileText,
  History,
  ListFilter,
  Plus,
  SearchX,
  Target,
} from 'lucide-preact'
import { useCallback, useMemo, useState } from 'preact/hooks'
import type { ClientRow } from '../../../shared/records/client.ts'
import type { PersonRow } from '../../../shared/records/person.ts'
import { Button, EmptyState, IconButton, Tabs, VirtualList } from '../../design/index.ts'
import { useDirectory } from '../../fields/use-directory.ts'
import { formatDate, formatDay } from '../../format/index.ts'
import { WhenComplete } from '../../frame/when-complete.tsx'
import { type Replica, type StoredRow, useLive } from '../../replica/index.ts'
import { personsOf } from '../clients/client-queries.ts'
import { useDraft } from '../dialogs/use-draft.ts'
import type { Employees } from '../dialogs/use-employees.ts'
import { contractName } from '../documents/title.ts'
import { Change } from '../history/change.tsx'
import { t as historyTexts } from '../history/texts.ts'
import { useHistory } from '../history/use-history.ts'
import { InteractionDialog } from '../interactions/interaction-dialog.tsx'
import { t as interactionTexts } from '../interactions/texts.ts'
import { type TimelineItem, type TimelineKind, timelineKinds, withDays } from './entries.ts'
import { Interaction, Linked, Said } from './entry.tsx'
import { FilterBar, type Narrowing, sinceOf, wholeTimeline } from './filter-bar.tsx'
import { t } from './texts.ts'
import styles from './timeline.module.css'
import { usePages } from './use-pages.ts'

interface TimelineProps {
  table: 'client' | 'person'
  contact: ClientRow | PersonRow
  replica: Replica
  employees: Employees
  readOnly: boolean
}

/** Rows left under the window when more are read. */
const ahead = 20

const nobody: StoredRow<'person'>[] = []

export const Timeline = ({ table, contact, replica, employees, readOnly }: TimelineProps) => {
  const { id } = contact
  const self = replica.session.user.id
  /** The kind is remembered from card to card; what one looks for here is not. */
  const kept = useDraft<TimelineKind | null>(replica, 'timeline:kind', null)
  const kind = timelineKinds.find((one) => one === kept.value) ?? null
  const [narrowing, setNarrowing] = useState<Narrowing>(wholeTimeline)
  const [searching, setSearching] = useState(false)
  const [opened, setOpened] = useState<StoredRow<'interaction'> | 'new' | null>(null)
  const history = useHistory(replica, id)
  const directory = useDirectory(replica)
  const persons = useLive<StoredRow<'person'>[]>(
    async () => (table === 'client' ? personsOf(replica.base, id) : nobody),
    [table, id, replica],
    nobody,
  ).value
  const names = useMemo(
    () =>
      new Map(
        [...employees.values(), ...persons, contact].map((row) => [row.id, row.name] as const),
      ),
    [employees, persons, contact.id],
  )
  const { who, typed, days, end } = narrowing
  const filter = useMemo(
    () => ({ kind, who, typed, since: sinceOf(days, Date.now()) }),
    [kind, who, typed, days],
  )
  const { entries, more } = usePages(replica, { table, id }, filter, end, history.entries)
  const items = useMemo(() => withDays(entries ?? []), [entries])
  const keyOf = useCallback((index: number) => items[index]?.key ?? index, [items])
  const isNarrow = who !== '' || typed.trim() !== '' || days !== null
  const reset = () => {
    setNarrowing(wholeTimeline)
    kept.change(null)
  }

  const row = (item: TimelineItem) => {
    switch (item.kind) {
      case 'day':
        return <h2 class={styles.day}>{dayWords(item.at, Date.now())}</h2>
      case 'message':
        return <Said message={item.message} self={self} employees={employees} />
      case 'interaction':
        return (
          <Interaction
            interaction={item.interaction}
            entries={directory}
            names={names}
            self={self}
            onOpen={() => setOpened(item.interaction)}
          />
        )
      case 'task': {
        const { id: task, title, result, done, responsible } = item.task
        const by = done?.by ?? responsible
        return (
          <Linked
            icon={done ? CircleCheck : CalendarClock}
            href={`/tasks/${task}`}
            words={t(done ? 'task.done' : 'task.open')}
            by={by === self ? t('you') : (names.get(by) ?? '')}
            at={item.at}
            text={[title, result].filter(Boolean).join('\n')}
          />
        )
      }
      case 'interest': {
        const { id: interest, name, status = 'open', responsible = '' } = item.interest
        return (
          <Linked
            icon={Target}
            href={`/interests/${interest}`}
            words={t(`interest.${status}`)}
            by={responsible === self ? t('you') : (names.get(responsible) ?? '')}
            at={item.at}
            text={name}
          />
        )
      }
      case 'contract': {
        const { id: contract, subject, responsible = '' } = item.contract
        return (
          <Linked
            icon={FileText}
            href={`/documents/${contract}`}
            words={t(`contract.${item.moment}`, { name: contractName(item.contract) })}
            by={responsible === self ? t('you') : (names.get(responsible) ?? '')}
            at={item.at}
            text={subject}
          />
        )
      }
      case 'change':
        return (
          <Change
            table={table}
            id={id}
            entry={item.entry}
            history={history}
            replica={replica}
            employees={employees}
            readOnly={readOnly}
          />
        )
    }
  }

  return (
    <section class={styles.timeline} aria-label={t('title')}>
      <div class={styles.head}>
        <div class={styles.kinds}>
          <Tabs
            label={t('title')}
            value={kind ?? 'all'}
            onValue={(next) => kept.change(next === 'all' ? null : next)}
            tabs={[
              { value: 'all', label: t('all') },
              ...timelineKinds.map((one) => ({ value: one, label: t(one) })),
            ]}
          />
        </div>
        <IconButton
          icon={ListFilter}
          label={t('filter')}
          aria-expanded={searching}
          onClick={() => setSearching(!searching)}
        />
        {!readOnly && (
          <IconButton
            icon={Plus}
            label={interactionTexts('add')}
            onClick={() => setOpened('new')}
          />
        )}
      </div>
      {(searching || isNarrow) && (
        <FilterBar
          narrowing={narrowing}
          onNarrowing={setNarrowing}
          people={[...employees.values(), ...persons]}
        />
      )}
      {end !== Number.POSITIVE_INFINITY && (
        <p class={styles.until}>
          {t('before', { day: formatDate(end - 1) })}
          <Button
            kind="quiet"
            icon={ArrowUp}
            onClick={() => setNarrowing({ ...narrowing, end: Number.POSITIVE_INFINITY })}
          >
            {t('newest')}
          </Button>
        </p>
      )}
      {history.away && (kind === null || kind === 'changes') && (
        <p class={styles.away}>{historyTexts('offline')}</p>
      )}
      {entries?.length === 0 ? (
        isNarrow || kind !== null || end !== Number.POSITIVE_INFINITY ? (
          <EmptyState
            icon={SearchX}
            title={t('nothing.title')}
            text={t('nothing.text')}
            action={<Button onClick={reset}>{t('reset')}</Button>}
          />
        ) : (
          // What the timeline holds is read anew with every row that comes.
          <WhenComplete isMissing={async () => true}>
            <EmptyState
              icon={History}
              title={t('empty.title')}
              text={t('empty.text')}
              action={
                !readOnly && (
                  <Button icon={Plus} onClick={() => setOpened('new')}>
                    {interactionTexts('add')}
                  </Button>
                )
              }
            />
          </WhenComplete>
        )
      ) : (
        <VirtualList
          // Another question begins at its top.
          key={JSON.stringify([filter, end])}
          class={styles.list}
          label={t('title')}
          count={items.length}
          rowHeight={72}
          measured
          keyOf={keyOf}
          onRange={(_, last) => last > items.length - ahead && more()}
          render={(index) => {
            const item = items[index]
            return item ? row(item) : null
          }}
        />
      )}
      {opened && (
        <InteractionDialog
          key={opened === 'new' ? 'new' : opened.id}
          replica={replica}
          contact={{ table, row: contact }}
          interaction={opened === 'new' ? null : opened}
          readOnly={readOnly}
          onClose={() => setOpened(null)}
        />
      )}
    </section>
  )
}

const dayWords = (at: number, now: number): string => {
  const date = formatDate(at)
  if (date === formatDate(now)) return t('today')
  return date === formatDate(new Date(now).setHours(0, 0, 0, 0) - 1)
    ? t('yesterday')
    : formatDay(at, now)
}
