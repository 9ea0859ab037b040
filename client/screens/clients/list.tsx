/** Клиенты: one list of any length, found as one types. */
import {
  Combine,
  ContactRound,
  FileUp,
  MoreHorizontal,
  Newspaper,
  Plus,
  Search,
} from 'lucide-preact'
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { Link, useLocation } from 'wouter-preact'
import { type ClientRow, clientKinds, relations } from '../../../shared/records/client.ts'
import { mayImport } from '../../../shared/rights.ts'
import {
  Avatar,
  Button,
  classNames,
  EmptyState,
  Icon,
  IconButton,
  LinkButton,
  Menu,
  Select,
  VirtualList,
  type VirtualListHandle,
} from '../../design/index.ts'
import { formatPhone } from '../../format/index.ts'
import { useReplica } from '../../frame/app-context.ts'
import { WhenComplete } from '../../frame/when-complete.tsx'
import { labelOf } from '../../i18n/index.ts'
import { type Replica, type StoredRow, useLive, usePaced } from '../../replica/index.ts'
import { useListKeys } from '../dialogs/list-keys.ts'
import { type Employees, useEmployees } from '../dialogs/use-employees.ts'
import { t as duplicatesTexts } from '../duplicates/texts.ts'
import { clientOrder, findClients } from './client-list.ts'
import styles from './list.module.css'
import { NewClientDialog } from './new-client-dialog.tsx'
import { NewPersonDialog } from './related.tsx'
import { t } from './texts.ts'
import { moveToTrash } from './trash.ts'

type Kind = ClientRow['kind'] | ''
type Relation = NonNullable<ClientRow['relation']> | ''

/** Rows are read in steps of this many, so that scrolling by one row reads nothing. */
const step = 50
const wide = matchMedia('(min-width: 1024px)')

interface ClientsProps {
  /** Whom the form that is open creates. */
  creating?: 'client' | 'person'
}

export const ClientsScreen = ({ creating }: ClientsProps) => {
  const replica = useReplica()
  const [, navigate] = useLocation()
  const [typed, setTyped] = useState('')
  const [mine, setMine] = useState(false)
  const [kind, setKind] = useState<Kind>('')
  const [relation, setRelation] = useState<Relation>('')
  const [active, setActive] = useState(-1)
  const handle = useRef<VirtualListHandle>(null)
  const employees = useEmployees(replica)
  const narrow = useNarrow()

  const facets = [
    ...(mine ? [`manager:${replica.session.user.id}`] : []),
    ...(kind ? [`kind:${kind}`] : []),
    ...(relation ? [`relation:${relation}`] : []),
  ]
  const filtered = facets.length > 0 || typed.trim() !== ''
  const { base } = replica
  const { complete } = replica.status.value
  const order = usePaced<string[] | null>(base, 'client', () => clientOrder(base), null).value
  const found = useLive<Set<string> | null>(
    () => findClients(replica.base, { typed, facets }),
    [typed, facets.join(' '), replica],
    null,
  ).value
  const ids = useMemo(
    () => (order && found ? order.filter((id) => found.has(id)) : order),
    [order, found],
  )
  const keyOf = useCallback((index: number) => ids?.[index] ?? index, [ids])
  const [range, setRange] = useState<[number, number]>([0, step])
  const rows = useRows(replica, ids, range)

  const reset = () => {
    setTyped('')
    setMine(false)
    setKind('')
    setRelation('')
  }
  useListKeys((move) => {
    const next = Math.min(Math.max(active + move, 0), (ids?.length ?? 1) - 1)
    const id = ids?.[next]
    if (move === 0 && id) navigate(`/clients/${id}`)
    setActive(next)
    handle.current?.scrollToIndex(next)
  })
  return (
    <div class={styles.screen}>
      <header class={styles.head}>
        <h1 class={styles.title}>{t('clients.title')}</h1>
        <p class={styles.count} role="status">
          {ids &&
            (complete || ids.length > 0) &&
            t(filtered ? 'clients.found' : 'clients.count', { count: ids.length })}
        </p>
        <LinkButton kind="quiet" icon={Newspaper} href="/news">
          {t('clients.news')}
        </LinkButton>
        <LinkButton kind="quiet" icon={Combine} href="/clients/duplicates">
          {duplicatesTexts('open')}
        </LinkButton>
        {mayImport(replica.subject.value, 'client') && (
          <LinkButton icon={FileUp} class={styles.import} href="/settings/import">
            {t('clients.import')}
          </LinkButton>
        )}
        <LinkButton kind="primary" icon={Plus} class={styles.new} href="/clients/new">
          {t('clients.new')}
        </LinkButton>
      </header>
      <search class={styles.filters}>
        <label class={styles.search}>
          <Icon of={Search} class={styles.searchIcon} />
          <input
            type="search"
            class={styles.searchField}
            value={typed}
            placeholder={t('clients.search')}
            aria-label={t('clients.search')}
            autocomplete="off"
            onInput={(event) => {
              setTyped(event.currentTarget.value)
              setActive(0)
            }}
            onKeyDown={(event) => {
              if (event.key === 'Escape') event.currentTarget.blur()
              const first = ids?.[0]
              if (event.key === 'Enter' && typed.trim() && first) navigate(`/clients/${first}`)
              if (event.key === 'ArrowDown') event.currentTarget.blur()
            }}
          />
        </label>
        <div class={styles.selects}>
          <button
            type="button"
            class={styles.chip}
            aria-pressed={mine}
            onClick={() => setMine(!mine)}
          >
            {t('clients.filter.mine')}
          </button>
          <Select
            aria-label={t('clients.filter.anyKind')}
            value={kind}
            onValue={setKind}
            options={[
              { value: '', label: t('clients.filter.anyKind') },
              ...options(clientKinds).map(({ value }) => ({
                value,
                label: t(`clients.kind.${value}`),
              })),
            ]}
          />
          <Select
            aria-label={t('clients.filter.anyRelation')}
            value={relation}
            onValue={setRelation}
            options={[{ value: '', label: t('clients.filter.anyRelation') }, ...options(relations)]}
          />
        </div>
      </search>
      {ids?.length === 0 ? (
        filtered ? (
          <EmptyState
            icon={Search}
            title={t('clients.nothing.title')}
            text={t('clients.nothing.text')}
            action={<Button onClick={reset}>{t('clients.nothing.reset')}</Button>}
          />
        ) : (
          <WhenComplete isMissing={async () => (await clientOrder(base)).length === 0}>
            <EmptyState
              icon={ContactRound}
              title={t('clients.empty.title')}
              text={t('clients.empty.text')}
              action={
                <LinkButton kind="primary" icon={Plus} href="/clients/new">
                  {t('clients.new')}
                </LinkButton>
              }
            />
          </WhenComplete>
        )
      ) : (
        <div class={styles.table}>
          {/* Seen only: to a screen reader each row is an item whose parts speak for themselves. */}
          <div class={styles.columns} aria-hidden="true">
            <span>{t('clients.column.name')}</span>
            <span>{t('clients.column.relation')}</span>
            <span>{t('clients.column.phone')}</span>
            <span>{t('clients.column.email')}</span>
            <span>{t('clients.column.managers')}</span>
          </div>
          <VirtualList
            handle={handle}
            label={t('clients.title')}
            count={ids?.length ?? 0}
            rowHeight={narrow ? 64 : 40}
            key={narrow ? 'narrow' : 'wide'}
            keyOf={keyOf}
            onRange={(first, last) =>
              setRange([Math.floor(first / step) * step, Math.ceil((last + 1) / step) * step])
            }
            render={(index) => {
              const row = rows.get(ids?.[index] ?? '')
              return row ? (
                <Row row={row} active={index === active} employees={employees} replica={replica} />
              ) : null
            }}
          />
        </div>
      )}
      {creating === 'client' && (
        <NewClientDialog
          replica={replica}
          onClose={() => navigate('/clients')}
          onCreated={({ id }) => navigate(`/clients/${id}`, { replace: true })}
        />
      )}
      {creating === 'person' && (
        <NewPersonDialog
          client={null}
          replica={replica}
          onClose={() => navigate('/clients')}
          onCreated={(id) => navigate(`/persons/${id}`, { replace: true })}
        />
      )}
    </div>
  )
}

const options = <T extends string>(labels: Record<T, { ru: string; en: string }>) =>
  // Object.entries forgets the key type
  (Object.entries(labels) as [T, { ru: string; en: string }][]).map(([value, label]) => ({
    value,
    label: labelOf(label),
  }))

const useNarrow = (): boolean => {
  const [narrow, setNarrow] = useState(!wide.matches)
  useEffect(() => {
    const onChange = () => setNarrow(!wide.matches)
    wide.addEventListener('change', onChange)
    return () => wide.removeEventListener('change', onChange)
  }, [])
  return narrow
}

/** Rows in view; those read before stay until others are there, so that nothing flickers. */
const useRows = (replica: Replica, ids: string[] | null, [first, end]: [number, number]) => {
  const wanted = ids?.slice(first, end) ?? []
  return useLive<ReadonlyMap<string, StoredRow<'client'>>>(
    async () =>
      new Map(
        (await replica.base.client.bulkGet(wanted)).flatMap((row) => (row ? [[row.id, row]] : [])),
      ),
    [ids, first, end, replica],
    new Map(),
  ).value
}

interface RowProps {
  row: StoredRow<'client'>
  active: boolean
  employees: Employees
  replica: Replica
}

const Row = ({ row, active, employees, replica }: RowProps) => {
  const [, navigate] = useLocation()
  const phone = row.phones[0]?.value
  const email = row.emails[0]?.value
  const manager = employees.get(row.managers?.[0] ?? '')
  return (
    // A double click on any free area of the row opens it (F63); the name is the keyboard's way.
    // biome-ignore lint/a11y/noStaticElementInteractions: see above
    <div
      class={classNames(styles.row, active && styles.active)}
      onDblClick={() => navigate(`/clients/${row.id}`)}
    >
      <span class={styles.name}>
        <Avatar name={row.name} size={24} shape={row.kind === 'person' ? 'circle' : 'square'} />
        <Link href={`/clients/${row.id}`} class={styles.nameLink} title={row.name}>
          {row.name}
        </Link>
      </span>
      <span class={styles.relation}>{row.relation && labelOf(relations[row.relation])}</span>
      <span class={styles.phone}>{phone && <a href={`tel:${phone}`}>{formatPhone(phone)}</a>}</span>
      <span class={styles.email}>
        {email && <Link href={`/mail/new?to=${encodeURIComponent(email)}`}>{email}</Link>}
      </span>
      <span class={styles.manager}>{manager?.name}</span>
      <span class={styles.menu}>
        <Menu
          label={t('client.menu')}
          trigger={(trigger) => (
            <IconButton {...trigger} icon={MoreHorizontal} label={t('client.menu')} />
          )}
          items={[
            { label: t('client.open'), href: `/clients/${row.id}` },
            {
              label: t('client.delete'),
              danger: true,
              separated: true,
              onSelect: () => moveToTrash(replica, 'client', row),
            },
          ]}
        />
      </span>
    </div>
  )
}
