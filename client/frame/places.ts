import {
  CircleCheck,
  FileText,
  type LucideIcon,
  Mail,
  MessagesSquare,
  Settings,
  SquareKanban,
  UsersRound,
} from 'lucide-preact'

/** A place of the program: an entry of the rail. */
export interface Place {
  name: 'sales' | 'dialogs' | 'mail' | 'tasks' | 'clients' | 'documents' | 'settings'
  path: string
  icon: LucideIcon
  /** After `g`; `KeyboardEvent.code`, so that it works in any layout. */
  code: string
}

export const places: readonly Place[] = [
  { name: 'sales', path: '/interests', icon: SquareKanban, code: 'KeyI' },
  { name: 'dialogs', path: '/dialogs', icon: MessagesSquare, code: 'KeyD' },
  { name: 'mail', path: '/mail', icon: Mail, code: 'KeyM' },
  { name: 'tasks', path: '/tasks', icon: CircleCheck, code: 'KeyT' },
  { name: 'clients', path: '/clients', icon: UsersRound, code: 'KeyC' },
  { name: 'documents', path: '/documents', icon: FileText, code: 'KeyO' },
  { name: 'settings', path: '/settings', icon: Settings, code: 'KeyS' },
]

/** Почта appears with the first mail account (F7). */
export const placesFor = (hasMail: boolean): readonly Place[] =>
  places.filter(({ name }) => name !== 'mail' || hasMail)

/** Paths that belong to a place though they do not begin with its own. */
const alsoIn: Readonly<Record<string, Place['name']>> = {
  '/persons': 'clients',
  '/news': 'clients',
  '/products': 'settings',
  '/profile': 'settings',
  '/offline-work': 'settings',
}

/** The place an address belongs to. */
export const placeOf = (path: string): Place['name'] | undefined => {
  const first = `/${path.split('/')[1] ?? ''}`
  return places.find((place) => place.path === first)?.name ?? alsoIn[first]
}

/** Where a new task is made: in the calendar over the page that one looks at, otherwise over the list. */
export const newTaskPath = (path: string, search: string): string =>
  path === '/tasks/calendar' || path.startsWith('/tasks/calendar/')
    ? `/tasks/calendar/new${search && `?${search}`}`
    : '/tasks/new'
