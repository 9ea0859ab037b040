/** A thing in the calendar, as a block of hours, a bar of days or a line. */
import {
  CakeSlice,
  Check,
  CircleCheck,
  FileClock,
  type LucideIcon,
  Phone,
  StickyNote,
  UsersRound,
} from 'lucide-preact'
import type { ComponentChildren, JSX } from 'preact'
import { classNames, Icon } from '../../design/index.ts'
import { formatTime } from '../../format/index.ts'
import styles from './item.module.css'
import type { Item, ItemKind } from './items.ts'
import type { Bar, Block } from './layout.ts'
import { hiddenWords, itemWords, spanWords } from './words.ts'

const icons: Readonly<Record<ItemKind, LucideIcon>> = {
  task: CircleCheck,
  call: Phone,
  meeting: UsersRound,
  interaction: StickyNote,
  contract: FileClock,
  date: CakeSlice,
}
export const iconOf = ({ kind, state }: Item): LucideIcon =>
  state === 'done' ? Check : icons[kind]

/** What one does with things, the same in every view. */
export interface ItemActs {
  /** Undefined: it opens over the calendar without an address. */
  hrefOf: (item: Item) => string | undefined
  onOpen: (item: Item) => void
  go: (href: string) => void
  onKey: (event: KeyboardEvent, item: Item) => void
  /** Names of whose it is, where things of several people are shown. */
  whoOf: (item: Item) => string
}

interface FaceProps {
  item: Item
  acts: ItemActs
  class?: string | undefined
  style?: JSX.CSSProperties
  /** What is seen of it; its place, icon and colour are put into words beside that. */
  name: string
  children: ComponentChildren
}

export const Face = ({ item, acts, class: className, style, name, children }: FaceProps) => {
  const href = acts.hrefOf(item)
  const who = acts.whoOf(item)
  const words = [itemWords(item), who].filter(Boolean).join(', ')
  const shared = {
    class: classNames(styles.item, className),
    style,
    title: words,
    // No hidden text: with hundreds of things the browser would lay out as much again.
    'aria-label': `${name}${hiddenWords(item)}`,
    'data-item': item.key,
    'data-kind': item.kind,
    'data-state': item.state,
    onKeyDown: (event: KeyboardEvent) => acts.onKey(event, item),
    ...(item.movable && {
      'aria-keyshortcuts': 'Alt+ArrowUp Alt+ArrowDown Alt+ArrowLeft Alt+ArrowRight',
    }),
  }
  return href === undefined ? (
    <button type="button" {...shared} onClick={() => acts.onOpen(item)}>
      {children}
    </button>
  ) : (
    // No Link: each of those listens to the address, and a page has hundreds of things.
    <a
      href={href}
      draggable={false}
      {...shared}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
        event.preventDefault()
        acts.go(href)
      }}
    >
      {children}
    </a>
  )
}

/** Minutes from which on a block has room for a second line. */
const twoLines = 46

export const BlockFace = ({ block, acts }: { block: Block; acts: ItemActs }) => {
  const { item, top, bottom, left, width } = block
  const who = acts.whoOf(item)
  const isShort = bottom - top < twoLines
  const below = [spanWords(item), item.contact, who].filter(Boolean).join(' · ')
  return (
    <Face
      item={item}
      acts={acts}
      name={`${item.title} ${below}`}
      class={classNames(
        styles.block,
        isShort && styles.short,
        width < 0.6 && (width < 0.4 ? styles.part : styles.half),
        block.isContinued && styles.continued,
        block.goesOn && styles.goesOn,
      )}
      style={{
        '--from': top,
        '--minutes': bottom - top,
        left: `${left * 100}%`,
        width: `${width * 100}%`,
      }}
    >
      <span class={styles.words}>
        <span class={styles.line}>
          <Icon of={iconOf(item)} class={styles.icon} />
          <span class={styles.title}>{item.title}</span>
          {isShort && <span class={styles.time}>{formatTime(item.from)}</span>}
        </span>
        {!isShort && <span class={styles.below}>{below}</span>}
      </span>
      {item.resizable && !block.goesOn && <span class={styles.end} data-resize="" />}
    </Face>
  )
}

export const BarFace = ({
  bar,
  acts,
  isFlat = false,
}: {
  bar: Bar
  acts: ItemActs
  isFlat?: boolean
}) => {
  const { item } = bar
  const title =
    item.kind === 'date' || item.kind === 'contract'
      ? `${item.title}: ${item.contact ?? ''}`
      : item.title
  return (
    <Face
      item={item}
      acts={acts}
      name={item.allDay ? title : `${formatTime(item.from)} ${title}`}
      class={classNames(
        styles.bar,
        isFlat && styles.flat,
        bar.isContinued && styles.fromBefore,
        bar.goesOn && styles.toLater,
      )}
      style={{ '--lane': bar.lane, '--days': bar.days }}
    >
      <Icon of={iconOf(item)} class={styles.icon} />
      {!item.allDay && <span class={styles.time}>{formatTime(item.from)}</span>}
      <span class={styles.title}>{title}</span>
      {item.resizable && item.allDay && !bar.goesOn && (
        <span class={styles.rightEnd} data-resize="" />
      )}
    </Face>
  )
}
