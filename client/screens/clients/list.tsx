/** Клиенты and contact persons: one list of any length, found as one types. */
import {
  ChartPie,
  Combine,
  ContactRound,
  FileUp,
  MoreHorizontal,
  Newspaper,
  Plus,
  Search,
} from 'lucide-preact'
import { useLocation, useSearch } from 'wouter-preact'
import { mayImport } from '../../../shared/rights.ts'
import {
  Button,
  Choice,
  classNames,
  EmptyState,
  IconButton,
  LinkButton,
  Menu,
} from '../../design/index.ts'
import { useReplica } from '../../frame/app-context.ts'
import { WhenComplete } from '../../frame/when-complete.tsx'
import type { ContactTable } from '../../lists/find.ts'
import head from '../../lists/head.module.css'
import styles from '../../lists/list.module.css'
import { ListFrame } from '../../lists/list-frame.tsx'
import { useListed } from '../../lists/use-listed.ts'
import { t as classTexts } from '../classes/texts.ts'
import { t as completenessTexts } from '../completeness/texts.ts'
import { t as duplicatesTexts } from '../duplicates/texts.ts'
import { ExportMenu, useNamedExports } from '../export/export-menu.tsx'
import { t as portraitTexts } from '../portrait/texts.ts'
import { t as segmentTexts } from '../segments/texts.ts'
import { CopyDialog } from './copy-dialog.tsx'
import { ContactRow, pathOf } from './list-row.tsx'
import { NewClientDialog } from './new-client-dialog.tsx'
import { NewPersonDialog } from './new-person-dialog.tsx'
import { t } from './texts.ts'

interface ClientsProps {
  table?: ContactTable
  /** Whom the form that is open creates. */
  creating?: 'client' | 'person'
}

export const ClientsScreen = ({ creating, table = creating ?? 'client' }: ClientsProps) => (
  <ContactList key={table} table={table} {...(creating && { creating })} />
)

const ContactList = ({ table, creating }: { table: ContactTable; creating?: ContactTable }) => {
  const replica = useReplica()
  const [, navigate] = useLocation()
  /** `/clients/new?copy=<id>`: the form begins as a copy of that record. */
  const copied = new URLSearchParams(useSearch()).get('copy')
  const listed = useListed(replica, table, { pathOf: (id) => pathOf(table, id) })
  const { ids, total, filtered, isWhole, columns, names, narrow, template } = listed
  const { complete } = replica.status.value
  const root = table === 'client' ? '/clients' : '/persons'
  const duplicates = table === 'client' ? '/clients/duplicates' : '/clients/duplicates/persons'
  const exported = isWhole ? (ids ?? []) : []
  const exports = useNamedExports({ table, ids: exported })
  const mayLoad = mayImport(replica.subject.value, 'client')
  /** What looks over the whole base. */
  const reviews =
    table === 'client'
      ? [
          { label: segmentTexts('title'), href: '/clients/segments' },
          { label: portraitTexts('title'), href: '/clients/portrait' },
          { label: classTexts('title'), href: '/clients/classes' },
          { label: completenessTexts('title'), href: '/clients/completeness' },
        ]
      : []
  return (
    <div class={head.screen}>
      <header class={head.head}>
        <h1 class={classNames(head.title, styles.title)}>
          {t(table === 'client' ? 'clients.title' : 'persons.title')}
        </h1>
        <p class={head.count} role="status">
          {ids &&
            (complete || total > 0) &&
            t(filtered ? 'clients.found' : table === 'client' ? 'clients.count' : 'persons.count', {
              count: total,
            })}
        </p>
        <span class={styles.which}>
          <Choice
            label={t('clients.which')}
            value={table}
            onValue={(next) => navigate(next === 'client' ? '/clients' : '/persons')}
            options={[
              { value: 'client', label: t('clients.title') },
              { value: 'person', label: t('persons.title') },
            ]}
          />
        </span>
        {narrow ? (
          <Menu
            label={t('clients.all')}
            trigger={(trigger) => (
              <IconButton {...trigger} icon={MoreHorizontal} label={t('clients.all')} />
            )}
            items={[
              { label: t('clients.news'), href: '/news' },
              { label: duplicatesTexts('open'), href: duplicates },
              ...reviews,
              ...(exported.length > 0 ? exports : []),
              ...(mayLoad
                ? [{ label: t('clients.import'), href: '/settings/import', separated: true }]
                : []),
            ]}
          />
        ) : (
          <>
            <LinkButton kind="quiet" icon={Newspaper} href="/news">
              {t('clients.news')}
            </LinkButton>
            <LinkButton kind="quiet" icon={Combine} href={duplicates}>
              {duplicatesTexts('open')}
            </LinkButton>
            {reviews.length > 0 && (
              <Menu
                label={t('clients.more')}
                trigger={(trigger) => (
                  <IconButton {...trigger} icon={ChartPie} label={t('clients.more')} />
                )}
                items={reviews}
              />
            )}
          </>
        )}
        <ExportMenu table={table} ids={exported} class={head.act} />
        {mayLoad && (
          <LinkButton icon={FileUp} class={head.act} href="/settings/import">
            {t('clients.import')}
          </LinkButton>
        )}
        <LinkButton kind="primary" icon={Plus} class={head.act} href={`${root}/new`}>
          {t(table === 'client' ? 'clients.new' : 'client.persons.new')}
        </LinkButton>
      </header>
      <ListFrame
        listed={listed}
        label={t(table === 'client' ? 'clients.title' : 'persons.title')}
        search={t('clients.search')}
        empty={
          filtered ? (
            <EmptyState
              icon={Search}
              title={t('clients.nothing.title')}
              text={t('clients.nothing.text')}
              action={<Button onClick={listed.reset}>{t('clients.nothing.reset')}</Button>}
            />
          ) : (
            <WhenComplete
              isMissing={async () =>
                (await replica.base.table(table).orderBy('sortName').limit(1).count()) === 0
              }
            >
              <EmptyState
                icon={ContactRound}
                title={t(table === 'client' ? 'clients.empty.title' : 'persons.empty.title')}
                text={t(
                  table === 'person'
                    ? 'persons.empty.text'
                    : mayLoad
                      ? 'clients.empty.load'
                      : 'clients.empty.text',
                )}
                action={
                  <>
                    <LinkButton kind="primary" icon={Plus} href={`${root}/new`}>
                      {t(table === 'client' ? 'clients.new' : 'client.persons.new')}
                    </LinkButton>
                    {mayLoad && (
                      <LinkButton icon={FileUp} href="/settings/import">
                        {t('clients.empty.import')}
                      </LinkButton>
                    )}
                  </>
                }
              />
            </WhenComplete>
          )
        }
        row={(row, state) => (
          <ContactRow
            row={row}
            table={table}
            replica={replica}
            columns={columns}
            names={names}
            narrow={narrow}
            template={template}
            {...state}
          />
        )}
      />
      {creating && copied && (
        <CopyDialog
          key={copied}
          table={creating}
          id={copied}
          replica={replica}
          onClose={() => navigate(root)}
          onCreated={(id) => navigate(`${root}/${id}`, { replace: true })}
        />
      )}
      {creating === 'client' && !copied && (
        <NewClientDialog
          replica={replica}
          onClose={() => navigate('/clients')}
          onCreated={({ id }) => navigate(`/clients/${id}`, { replace: true })}
        />
      )}
      {creating === 'person' && !copied && (
        <NewPersonDialog
          client={null}
          replica={replica}
          onClose={() => navigate('/persons')}
          onCreated={(id) => navigate(`/persons/${id}`, { replace: true })}
        />
      )}
    </div>
  )
}
