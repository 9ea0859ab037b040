import {
  Bell,
  Building2,
  CircleCheck,
  CircleUser,
  CloudOff,
  FileText,
  Keyboard,
  LogOut,
  Mail,
  Package,
  Plus,
  Search,
  SquareKanban,
  UserRound,
} from 'lucide-preact'
import { Link, useLocation, useSearch } from 'wouter-preact'
import {
  Avatar,
  Button,
  classNames,
  Icon,
  IconButton,
  Menu,
  type MenuItem,
} from '../design/index.ts'
import { mayCreateProduct } from '../screens/products/may-create.ts'
import { useReplica, useSession } from './app-context.ts'
import { newTaskPath } from './places.ts'
import { syncWord } from './sync-word.ts'
import { t } from './texts.ts'
import styles from './top-bar.module.css'

const apple = /Mac|iPhone|iPad/.test(navigator.platform)

export interface TopBarProps {
  hasMail: boolean
  /** Unread notices. */
  unread: number
  onNotices: () => void
  onSearch: () => void
  onKeys: () => void
  onSignOut: () => void
}

export const TopBar = ({
  hasMail,
  unread,
  onNotices,
  onSearch,
  onKeys,
  onSignOut,
}: TopBarProps) => (
  <header class={styles.bar}>
    <button type="button" class={styles.search} onClick={onSearch}>
      <Icon of={Search} />
      <span class={styles.searchWord}>{t('search')}</span>
      <kbd class={styles.kbd}>{apple ? '⌘ K' : 'Ctrl K'}</kbd>
    </button>
    <span class={styles.space} />
    <SyncState />
    <CreateMenu hasMail={hasMail} />
    <BellButton unread={unread} onClick={onNotices} />
    <PersonMenu onKeys={onKeys} onSignOut={onSignOut} />
  </header>
)

/** «Сохранено», «Отправляем 3…» …: one quiet word, and the way to see what is behind it. */
const SyncState = () => {
  const { status } = useReplica()
  const { text, tone } = syncWord(status.value)
  return (
    <Link href="/offline-work" class={classNames(styles.sync, styles[tone])} title={t('sync.open')}>
      <span role="status">{text}</span>
    </Link>
  )
}

/** More than this is «9+»: the badge stays small. */
const mostShown = 9

const BellButton = ({ unread, onClick }: { unread: number; onClick: () => void }) => (
  <button type="button" class={styles.bell} title={t('notices')} onClick={onClick}>
    <Icon of={Bell} />
    <span class="visually-hidden">
      {unread > 0 ? t('notices.unread', { count: unread }) : t('notices')}
    </span>
    {unread > 0 && (
      <span class={styles.bellCount} aria-hidden="true">
        {unread > mostShown ? `${mostShown}+` : unread}
      </span>
    )}
  </button>
)

/** What can be created now; each opens at an address of its own. */
const creatable = (hasMail: boolean, hasProducts: boolean, newTask: string): MenuItem[] => [
  { label: t('create.client'), icon: Building2, href: '/clients/new' },
  { label: t('create.person'), icon: UserRound, href: '/persons/new' },
  { label: t('create.interest'), icon: SquareKanban, href: '/interests/new' },
  { label: t('create.contract'), icon: FileText, href: '/documents/new' },
  ...(hasProducts ? [{ label: t('create.product'), icon: Package, href: '/products/new' }] : []),
  { label: t('create.task'), icon: CircleCheck, href: newTask },
  ...(hasMail ? [{ label: t('create.letter'), icon: Mail, href: '/mail/new' }] : []),
]

const useCreatable = (hasMail: boolean): MenuItem[] => {
  const [path] = useLocation()
  return creatable(
    hasMail,
    mayCreateProduct(useReplica().subject.value),
    newTaskPath(path, useSearch()),
  )
}

/** Marks the button that the key `c` presses. */
export const createButtonId = 'create'

const CreateMenu = ({ hasMail }: { hasMail: boolean }) => (
  <Menu
    label={t('create')}
    items={useCreatable(hasMail)}
    trigger={(props) => (
      <Button {...props} id={createButtonId} icon={Plus} class={styles.create}>
        {t('create')}
      </Button>
    )}
  />
)

/** The same on a phone, floating above the lists. */
export const FloatingCreate = ({ hasMail }: { hasMail: boolean }) => (
  <Menu
    label={t('create')}
    items={useCreatable(hasMail)}
    trigger={(props) => (
      <IconButton {...props} icon={Plus} size={20} label={t('create')} class={styles.floating} />
    )}
  />
)

const PersonMenu = ({ onKeys, onSignOut }: { onKeys: () => void; onSignOut: () => void }) => {
  const { user, workspace } = useSession()
  return (
    <Menu
      label={t('person.menu', { name: user.name })}
      header={
        <>
          <b class={styles.line}>{user.name}</b>
          <span class={classNames('meta', styles.line)}>{user.email}</span>
          <span class={classNames('meta', styles.line)}>{workspace.name}</span>
        </>
      }
      items={[
        { label: t('person.profile'), icon: CircleUser, href: '/profile' },
        { label: t('person.offlineWork'), icon: CloudOff, href: '/offline-work' },
        { label: t('person.keys'), icon: Keyboard, hint: '?', onSelect: onKeys },
        { label: t('person.signOut'), icon: LogOut, separated: true, onSelect: onSignOut },
      ]}
      trigger={(props) => (
        <button {...props} type="button" class={styles.person}>
          {/* Not aria-label: a name has to contain the words one sees, and initials are no words. */}
          <span class="visually-hidden">{t('person.menu', { name: user.name })}</span>
          <Avatar name={user.name} size={24} />
        </button>
      )}
    />
  )
}
