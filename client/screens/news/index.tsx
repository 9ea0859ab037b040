/** Лента: what colleagues did with the clients one may see, and the events they wrote down (F69). */
import { ArrowLeft, CloudOff, Newspaper, Plus, SearchX, X } from 'lucide-preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { interaction as type } from '../../../shared/records/interaction.ts'
import { Button, EmptyState, Icon, IconButton, LinkButton, Select } from '../../design/index.ts'
import { entriesOf, useDirectory } from '../../fields/use-directory.ts'
import { useReplica } from '../../frame/app-context.ts'
import { type Replica, resolveRows, type StoredRow, useLive } from '../../replica/index.ts'
import { ContactPicker } from '../clients/contact-picker.tsx'
import { useEmployees } from '../dialogs/use-employees.ts'
import { InteractionDialog } from '../interactions/interaction-dialog.tsx'
import { t as interactionTexts } from '../interactions/texts.ts'
import { feedItems, newestEvents } from './feed.ts'
import { Days } from './lines.tsx'
import styles from './news.module.css'
import { t } from './texts.ts'
import { useNews } from './use-news.ts'

/** Events read at first, and with each scroll to the end. */
const step = 50

/** Everything; only what the relay tells; only events, or those of one kind. */
const everything = 'all'
const onlyChanges = 'changes'
const onlyEvents = 'events'

/** The field in which the client was chosen is gone, and the focus with it. */
const takeFocus = (button: HTMLButtonElement | null) => button?.focus()

export const NewsScreen = () => {
  const replica = useReplica()
  const employees = useEmployees(replica)
  const entries = useDirectory(replica)
  const [user, setUser] = useState('')
  const [what, setWhat] = useState<string>(everything)
  const [client, setClient] = useState<StoredRow<'client'> | null>(null)
  const [picking, setPicking] = useState(false)
  const [limit, setLimit] = useState(step)
  const [opened, setOpened] = useState<StoredRow<'interaction'> | 'new' | null>(null)
  const asked = { user, client: client?.id ?? '' }
  const { news, away, more, again } = useNews(asked, replica.status.value.lastSyncAt)
  const withNews = what === everything || what === onlyChanges
  const kind = withNews || what === onlyEvents ? '' : what
  const events = useLive<StoredRow<'interaction'>[] | null>(
    async () => (what === onlyChanges ? [] : newestEvents(replica.base, { ...asked, kind }, limit)),
    [what, user, client?.id, limit, replica],
    null,
  ).value
  const contacts = useContacts(replica, events ?? [])
  const told = withNews ? news : null
  const isReady = events !== null && (!withNews || news !== null || away)
  const items = isReady ? feedItems(told, events, limit) : null
  const hasMore = (told !== null && told.next !== null) || (events ?? []).length >= limit
  const people = [...employees.values()].sort((a, b) => a.name.localeCompare(b.name, 'ru'))
  const kinds = entriesOf(entries, 'interactionKind')
  const isFiltered = user !== '' || client !== null || what !== everything
  const showMore = () => {
    if ((events ?? []).length >= limit) setLimit(limit + step)
    if (told && told.next !== null) void more()
  }
  const choose = (change: () => void) => {
    setLimit(step)
    change()
  }
  return (
    <div class={styles.screen}>
      <header class={styles.head}>
        <Link href="/clients" class={styles.back} aria-label={t('back')}>
          <Icon of={ArrowLeft} size={20} />
        </Link>
        <h1 class={styles.title}>{t('title')}</h1>
        <Button kind="primary" icon={Plus} onClick={() => setOpened('new')}>
          {interactionTexts('add')}
        </Button>
      </header>
      <div class={styles.filters}>
        <Select
          class={styles.select}
          aria-label={t('what')}
          value={what}
          onValue={(next) => choose(() => setWhat(next))}
          options={[
            { value: everything, label: t('what.all') },
            { value: onlyChanges, label: t('what.changes') },
            { value: onlyEvents, label: t('what.events') },
            ...kinds.map(({ id, name }) => ({ value: id, label: `— ${name}` })),
          ]}
        />
        <Select
          class={styles.select}
          aria-label={t('who')}
          value={user}
          onValue={(next) => choose(() => setUser(next))}
          options={[
            { value: '', label: t('everyone') },
            ...people.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        {client ? (
          <Button
            icon={X}
            buttonRef={takeFocus}
            onClick={() => choose(() => setClient(null))}
            title={t('client.all')}
          >
            {client.name}
          </Button>
        ) : picking ? (
          <div class={styles.picker}>
            <ContactPicker
              table="client"
              replica={replica}
              onPick={(row) =>
                choose(() => {
                  setClient(row)
                  setPicking(false)
                })
              }
            />
            <IconButton icon={X} label={t('client.all')} onClick={() => setPicking(false)} />
          </div>
        ) : (
          <Button onClick={() => setPicking(true)}>{t('client.one')}</Button>
        )}
      </div>
      {away && withNews && items !== null && items.length > 0 && (
        <p class={styles.away} role="status">
          {t('away.some')}
          <Button kind="quiet" onClick={again}>
            {t('again')}
          </Button>
        </p>
      )}
      {items?.length === 0 && !hasMore ? (
        away && withNews ? (
          <EmptyState
            icon={CloudOff}
            title={t('away.title')}
            text={t('away.text')}
            action={<Button onClick={again}>{t('again')}</Button>}
          />
        ) : isFiltered ? (
          <EmptyState
            icon={SearchX}
            title={t('nothing.title')}
            text={t('nothing.text')}
            action={
              <Button
                onClick={() =>
                  choose(() => {
                    setUser('')
                    setWhat(everything)
                    setClient(null)
                  })
                }
              >
                {t('nothing.do')}
              </Button>
            }
          />
        ) : (
          <EmptyState
            icon={Newspaper}
            title={t('empty.title')}
            text={t('empty.text')}
            action={<LinkButton href="/clients/new">{t('empty.do')}</LinkButton>}
          />
        )
      ) : (
        items && (
          <div class={styles.scroll}>
            <Days
              items={items}
              employees={employees}
              entries={entries}
              contacts={contacts}
              self={replica.session.user.id}
              onOpen={setOpened}
            />
            {hasMore && <More key={items.length} onMore={showMore} />}
          </div>
        )
      )}
      {opened && (
        <InteractionDialog
          key={opened === 'new' ? 'new' : opened.id}
          replica={replica}
          contact={opened === 'new' && client ? { table: 'client', row: client } : null}
          interaction={opened === 'new' ? null : opened}
          readOnly={
            opened !== 'new' && type.mayWrite(replica.subject.value, opened, opened) !== null
          }
          onClose={() => setOpened(null)}
        />
      )}
    </div>
  )
}

/** Goes on by itself when one has scrolled to it; by a press where that does not happen. */
const More = ({ onMore }: { onMore: () => void }) => {
  const place = useRef<HTMLDivElement>(null)
  const latest = useRef(onMore)
  latest.current = onMore
  useEffect(() => {
    const seen = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting) latest.current()
    })
    if (place.current) seen.observe(place.current)
    return () => seen.disconnect()
  }, [])
  return (
    <div class={styles.more} ref={place}>
      <Button onClick={onMore}>{t('more')}</Button>
    </div>
  )
}

/** Names of those whom events are about, where this user may read them; merged ones lead to the main. */
const useContacts = (replica: Replica, events: readonly StoredRow<'interaction'>[]) => {
  const ids = (wanted: 'client' | 'person') =>
    [
      ...new Set(
        events.flatMap(({ contact, contactType }) => (contactType === wanted ? [contact] : [])),
      ),
    ].sort()
  const [clients, persons] = [ids('client'), ids('person')]
  return useLive<ReadonlyMap<string, { name: string; path: string }>>(
    async () => {
      const found = await Promise.all([
        resolveRows(replica.base, 'client', clients),
        resolveRows(replica.base, 'person', persons),
      ])
      return new Map(
        found.flatMap((rows) =>
          [...rows].map(([id, row]) => [id, { name: row.name, path: `/${row.type}s/${row.id}` }]),
        ),
      )
    },
    [clients.join(), persons.join(), replica],
    new Map(),
  ).value
}
