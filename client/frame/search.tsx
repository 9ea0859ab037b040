import {
  Building2,
  CircleCheck,
  FileText,
  Handshake,
  Inbox,
  type LucideIcon,
  Mail,
  MessagesSquare,
  NotebookPen,
  Package,
  Search,
  UserRound,
} from 'lucide-preact'
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import { classNames, Icon } from '../design/index.ts'
import { chosenOf, useLive } from '../replica/index.ts'
import { type Part, searchState } from '../search/index.ts'
import { useReplica } from './app-context.ts'
import { type Found, find } from './find.ts'
import { t } from './later-texts.ts'
import styles from './search.module.css'
import { t as frameText } from './texts.ts'

const icons: Record<Found['kind'], LucideIcon> = {
  client: Building2,
  person: UserRound,
  task: CircleCheck,
  interest: Handshake,
  contract: FileText,
  product: Package,
  dialog: MessagesSquare,
  appeal: Inbox,
  message: Mail,
  interaction: NotebookPen,
}
const headings = {
  client: 'search.clients',
  person: 'search.persons',
  task: 'search.tasks',
  interest: 'search.interests',
  contract: 'search.contracts',
  product: 'search.products',
  dialog: 'search.dialogs',
  appeal: 'search.appeals',
  message: 'search.messages',
  interaction: 'search.events',
} as const

const keyOf = ({ kind, id }: Found): string => kind + id

interface SearchDialogProps {
  onClose: () => void
  /** Letters typed since it was asked for. */
  typedAhead: () => string
}

/** The search over everything: a combobox in a native dialog. */
export const SearchDialog = ({ onClose, typedAhead }: SearchDialogProps) => {
  const replica = useReplica()
  const [, navigate] = useLocation()
  const dialog = useRef<HTMLDialogElement>(null)
  const [typed, setTyped] = useState(typedAhead)
  const [answer, setAnswer] = useState<{ of: string; found: Found[] }>({ of: '', found: [] })
  /** What the arrows or the pointer led to: what is found meanwhile must not put another in its place. */
  const [walkedTo, setWalkedTo] = useState<string>()
  const { found } = answer
  const walked = found.findIndex((hit) => keyOf(hit) === walkedTo)
  const active = Math.max(walked, 0)
  const walk = (index: number) => {
    const hit = found[Math.min(Math.max(index, 0), found.length - 1)]
    setWalkedTo(hit && keyOf(hit))
  }
  const id = useId()
  const building = useLive(
    async () => (await searchState(replica.base)).building,
    [replica],
    false,
  ).value

  // Not after the paint: the letters typed meanwhile would be lost.
  useLayoutEffect(() => {
    dialog.current?.showModal()
    return () => dialog.current?.close()
  }, [])
  useEffect(() => {
    let current = true
    find(replica.base, typed).then((next) => {
      if (!current) return
      setAnswer({ of: typed, found: next })
    })
    return () => {
      current = false
    }
    // Asked again when the index is whole.
  }, [typed, replica, building])

  // The arrows lead beyond what is in view.
  useEffect(() => {
    document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: 'nearest' })
  }, [active, id])

  const open = (hit: Found | undefined) => {
    if (!hit) return
    onClose()
    navigate(hit.path)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') walk(active + 1)
    else if (event.key === 'ArrowUp') walk(active - 1)
    else if (event.key === 'Enter')
      void chosenOf(answer, typed, walked, (words) => find(replica.base, words)).then(open)
    // The browser would only empty a search field.
    else if (event.key === 'Escape') onClose()
    else return
    event.preventDefault()
  }

  return (
    // The keyboard's way to close is Esc; the press beside the dialog is the pointer's.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <dialog
      ref={dialog}
      aria-label={frameText('search')}
      class={styles.dialog}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div class={styles.field}>
        <Icon of={Search} size={20} />
        <input
          type="search"
          class={styles.input}
          role="combobox"
          aria-expanded={found.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={found[active] ? `${id}-${active}` : undefined}
          aria-autocomplete="list"
          aria-label={frameText('search')}
          placeholder={t('search.hint')}
          autocomplete="off"
          spellcheck={false}
          autofocus
          value={typed}
          onInput={(event) => {
            setTyped(event.currentTarget.value)
            setWalkedTo(undefined)
          }}
          onKeyDown={onKeyDown}
        />
        <button type="button" class={styles.close} onClick={onClose}>
          Esc
        </button>
      </div>
      <div id={`${id}-list`} role="listbox" aria-label={frameText('search')} class={styles.list}>
        {found.map((hit, index) => (
          <div key={keyOf(hit)} role="presentation">
            {hit.kind !== found[index - 1]?.kind && (
              <p class={styles.heading} role="presentation">
                {t(headings[hit.kind])}
              </p>
            )}
            {/* The keyboard stays in the field (ARIA combobox): options take the pointer only. */}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: see above */}
            <div
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === active}
              class={classNames(styles.option, index === active && styles.active)}
              onClick={() => open(hit)}
              onPointerMove={() => walk(index)}
            >
              <Icon of={icons[hit.kind]} class={styles.icon} />
              <span class={styles.words}>
                <span class={styles.line}>
                  <span class="ellipsis">
                    <Marked parts={hit.title} />
                  </span>
                  <span class={classNames('meta', 'ellipsis', styles.detail)}>{hit.detail}</span>
                </span>
                {hit.excerpt && (
                  <span class={classNames('meta', styles.excerpt)}>
                    <Marked parts={hit.excerpt} />
                  </span>
                )}
              </span>
            </div>
          </div>
        ))}
      </div>
      {building && <p class={styles.building}>{t('search.building')}</p>}
      <p class={found.length > 0 ? 'visually-hidden' : styles.message} aria-live="polite">
        {found.length > 0
          ? t('search.found', { count: found.length })
          : typed.trim() === ''
            ? t('search.start')
            : // Of other words than these nothing is said; the line keeps its height.
              answer.of === typed
              ? t('search.nothing')
              : '\u00a0'}
      </p>
    </dialog>
  )
}

const Marked = ({ parts }: { parts: readonly Part[] }) => (
  <>
    {parts.map(({ text, found }, index) =>
      // Parts have no identity but their place; a text that changes is drawn anew.
      found ? <mark key={index}>{text}</mark> : <span key={index}>{text}</span>,
    )}
  </>
)
