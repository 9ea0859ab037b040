/** Почта: accounts and folders · threads · letter. */
import { Inbox, Mail, MailPlus, Paperclip, PenLine } from 'lucide-preact'
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { Link, useLocation, useSearch } from 'wouter-preact'
import type { MailFolder } from '../../../shared/records/account.ts'
import {
  Avatar,
  classNames,
  EmptyState,
  Icon,
  LinkButton,
  Select,
  VirtualList,
  type VirtualListHandle,
} from '../../design/index.ts'
import { formatAge } from '../../format/index.ts'
import { useReplica } from '../../frame/app-context.ts'
import { WhenComplete } from '../../frame/when-complete.tsx'
import {
  type BlockKey,
  type MessageRow,
  newestInFolders,
  type Replica,
  type StoredRow,
  useLive,
} from '../../replica/index.ts'
import { useListKeys } from '../dialogs/list-keys.ts'
import { OpenDialog } from '../dialogs/open-dialog.tsx'
import { splitQuote } from '../dialogs/quote.ts'
import styles from './mail.module.css'
import { foldersOf, isInbox, mailAccounts, pathsOf, threadsOf } from './mail-queries.ts'
import { NewLetter } from './new-letter.tsx'
import { t } from './texts.ts'

export const MailScreen = ({
  params,
}: {
  params: { account?: string; folder?: string; dialog?: string }
}) => {
  const replica = useReplica()
  const accounts = useLive(() => mailAccounts(replica.base), [replica], null).value
  const to = new URLSearchParams(useSearch()).get('to') ?? ''
  if (!accounts) return <div class={styles.screen} />
  if (accounts.length === 0) return <NoAccount replica={replica} />
  // A letter to another one is another letter: what still comes to this one, a file, stays with it.
  if (params.account === 'new') return <NewLetter key={to} replica={replica} accounts={accounts} />
  const account = accounts.find(({ id }) => id === params.account) ?? accounts[0]
  if (!account) return null
  const folders = foldersOf(account)
  const path = decoded(params.folder)
  const folder = folders.find((one) => one.path === path) ?? folders[0]
  if (!folder) return null
  return (
    <Folder
      replica={replica}
      accounts={accounts}
      account={account}
      folder={folder}
      dialog={params.dialog}
    />
  )
}

const decoded = (part: string | undefined): string | undefined => {
  if (part === undefined) return undefined
  try {
    return decodeURIComponent(part)
  } catch {
    // A folder with a stray "%" in its name, decoded by the router already.
    return part
  }
}

const pathOf = (account: string, folder: MailFolder, dialog?: string): string =>
  `/mail/${account}/${encodeURIComponent(folder.path)}${dialog ? `/${dialog}` : ''}`

const folderName = (folder: MailFolder): string => {
  if (isInbox(folder)) return t('mail.folder.inbox')
  switch (folder.use) {
    case '\\Sent':
      return t('mail.folder.sent')
    case '\\Drafts':
      return t('mail.folder.drafts')
    case '\\Junk':
      return t('mail.folder.junk')
    case '\\Trash':
      return t('mail.folder.trash')
    case '\\Archive':
      return t('mail.folder.archive')
    default:
      return folder.name
  }
}

const NoAccount = ({ replica }: { replica: Replica }) => (
  <div class={styles.empty}>
    <WhenComplete isMissing={async () => (await mailAccounts(replica.base)).length === 0}>
      <EmptyState
        icon={Mail}
        title={t('mail.none.title')}
        text={t(replica.session.user.administrator ? 'mail.none.text' : 'mail.none.ask')}
        action={
          replica.session.user.administrator && (
            <LinkButton kind="primary" href="/settings/mail">
              {t('mail.none.connect')}
            </LinkButton>
          )
        }
      />
    </WhenComplete>
  </div>
)

interface FolderProps {
  replica: Replica
  accounts: StoredRow<'account'>[]
  account: StoredRow<'account'>
  folder: MailFolder
  dialog: string | undefined
}

const Folder = (props: FolderProps) => {
  const { replica, account, folder, dialog } = props
  return (
    <div class={classNames(styles.screen, dialog && styles.opened)}>
      <Folders {...props} />
      <Threads key={`${account.id} ${folder.path}`} {...props} />
      {dialog ? (
        <div class={styles.letter}>
          <OpenDialog
            key={dialog}
            id={dialog}
            replica={replica}
            back={pathOf(account.id, folder)}
            reading
          />
        </div>
      ) : (
        <div class={styles.none}>
          <EmptyState icon={Mail} title={t('mail.choose.title')} text={t('mail.choose.text')} />
        </div>
      )}
    </div>
  )
}

const Folders = ({ accounts, account, folder }: FolderProps) => {
  const [, navigate] = useLocation()
  return (
    <nav class={styles.folders} aria-label={t('mail.accounts')}>
      <LinkButton kind="primary" icon={PenLine} href="/mail/new" class={styles.write}>
        {t('mail.write')}
      </LinkButton>
      <Select
        class={styles.choice}
        aria-label={t('mail.accounts')}
        value={`${account.id} ${folder.path}`}
        onValue={(value) => {
          const [id = '', ...path] = value.split(' ')
          navigate(`/mail/${id}/${encodeURIComponent(path.join(' '))}`)
        }}
        options={accounts.flatMap((one) =>
          foldersOf(one).map((other) => ({
            value: `${one.id} ${other.path}`,
            label: `${folderName(other)}${accounts.length > 1 ? ` · ${one.address}` : ''}`,
          })),
        )}
      />
      {accounts.map((one) => (
        <section key={one.id} class={styles.account}>
          <h2 class={styles.address} title={one.address}>
            {one.address}
          </h2>
          <ul>
            {foldersOf(one).map((other) => {
              const current = one.id === account.id && other.path === folder.path
              return (
                <li key={other.path}>
                  <Link
                    href={pathOf(one.id, other)}
                    class={classNames(styles.folder, !other.synced && styles.notSynced)}
                    aria-current={current ? 'page' : undefined}
                  >
                    <span class="ellipsis">{folderName(other)}</span>
                    {other.total !== undefined && <span class={styles.total}>{other.total}</span>}
                  </Link>
                </li>
              )
            })}
          </ul>
        </section>
      ))}
    </nav>
  )
}

/** Rows are read in steps of this many. */
const step = 50
const rowHeight = matchMedia('(max-width: 1023px)').matches ? 88 : 76

const Threads = ({ replica, account, folder, dialog }: FolderProps) => {
  const [, navigate] = useLocation()
  const handle = useRef<VirtualListHandle>(null)
  const listed = useLive<{ paths: string[]; threads: BlockKey[] } | null>(
    async () => ({
      paths: pathsOf(folder),
      threads: await threadsOf(replica.base, account.id, folder),
    }),
    [account.id, folder.path, folder.use, replica],
    null,
  ).value
  const threads = listed?.threads
  const dialogAt = (index: number): string => threads?.[index]?.[0] ?? ''
  const keyOf = useCallback((index: number) => threads?.[index]?.[0] ?? index, [threads])
  const [[first, end], setRange] = useState<[number, number]>([0, step])
  const rows = useLive<ReadonlyMap<string, MessageRow>>(
    async () =>
      new Map(
        (
          await newestInFolders(
            replica.base,
            (threads ?? []).slice(first, end),
            listed?.paths ?? [],
          )
        ).flatMap((row) => (row ? [[row.dialog, row]] : [])),
      ),
    [listed, first, end, replica],
    new Map(),
  ).value
  const [active, setActive] = useState(-1)
  useEffect(() => {
    const at = threads?.findIndex(([id]) => id === dialog) ?? -1
    if (at >= 0) setActive(at)
  }, [dialog, threads])
  useListKeys((move) => {
    const next = Math.min(Math.max(active + move, 0), (threads?.length ?? 1) - 1)
    const chosen = dialogAt(next)
    if (!chosen) return
    setActive(next)
    navigate(pathOf(account.id, folder, chosen))
    handle.current?.scrollToIndex(next)
  })
  return (
    <section class={styles.threads} aria-label={t('mail.letters')}>
      <header class={styles.head}>
        <h1 class={styles.title}>{folderName(folder)}</h1>
        <p class={styles.count} role="status">
          {threads && t('mail.count', { count: threads.length })}
        </p>
      </header>
      {threads?.length === 0 ? (
        <WhenComplete
          isMissing={async () => (await threadsOf(replica.base, account.id, folder)).length === 0}
        >
          <EmptyState
            icon={Inbox}
            title={t('mail.empty.title')}
            text={t(folder.synced ? 'mail.empty.text' : 'mail.folder.notSynced')}
            action={
              <LinkButton icon={MailPlus} href="/mail/new">
                {t('mail.write')}
              </LinkButton>
            }
          />
        </WhenComplete>
      ) : (
        <VirtualList
          handle={handle}
          label={t('mail.letters')}
          count={threads?.length ?? 0}
          rowHeight={rowHeight}
          keyOf={keyOf}
          onRange={(from, to) =>
            setRange([Math.floor(from / step) * step, Math.ceil((to + 1) / step) * step])
          }
          render={(index) => {
            const row = rows.get(dialogAt(index))
            return row ? (
              <Thread
                message={row}
                href={pathOf(account.id, folder, row.dialog)}
                open={row.dialog === dialog}
              />
            ) : null
          }}
        />
      )}
    </section>
  )
}

/** The other side of a letter: who wrote it, or whom we wrote to. */
const otherSide = ({ direction, author, to }: MessageRow): string => {
  const [first] = to ?? []
  return direction === 'out'
    ? (first?.name ?? first?.address ?? '')
    : (author.name ?? author.address ?? '')
}

interface ThreadProps {
  message: MessageRow
  href: string
  open: boolean
}

const Thread = ({ message, href, open }: ThreadProps) => {
  const who = otherSide(message)
  return (
    <Link href={href} class={styles.row} aria-current={open ? 'true' : undefined}>
      <Avatar name={who} size={40} />
      <span class={styles.words}>
        <span class={styles.line}>
          <span class={styles.who}>{who}</span>
          {message.files?.some(({ cid }) => !cid) && (
            <span class={styles.clip} role="img" aria-label={t('mail.hasFiles')}>
              <Icon of={Paperclip} />
            </span>
          )}
          <time class={styles.age} dateTime={new Date(message.at).toISOString()}>
            {formatAge(message.at)}
          </time>
        </span>
        <span class={styles.subject}>{message.subject || t('mail.noSubject')}</span>
        <span class={styles.preview}>{splitQuote(message.text).own}</span>
      </span>
    </Link>
  )
}
