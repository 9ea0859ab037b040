import { effect, signal } from '@preact/signals'
import { X } from 'lucide-preact'
import { render } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { Button, IconButton } from './Button.tsx'
import { modals } from './modals.ts'
import styles from './Toast.module.css'
import { startTerm, type Term } from './term.ts'
import { t } from './texts.ts'

/** How long «Отменить» is offered (interface.md), and any other notice stays, ms. */
const shownFor = 10_000

export interface ToastContent {
  text: string
  /** Takes back what was done; shown as «Отменить». */
  undo?: () => void
  /** Another thing to do about it. */
  action?: { label: string; onSelect: () => void }
  /** Stays until closed: something failed and has to be read. */
  stays?: boolean
}
interface Toast extends ToastContent {
  id: number
  /** Of one that does not stay. */
  term?: Term
}

/** What is told now, oldest first. */
export const toasts = signal<readonly Toast[]>([])
let lastId = 0

/** Says what was done, quietly, at the bottom. Returns how to take the notice away. */
export const showToast = (content: ToastContent): (() => void) => {
  const id = ++lastId
  // More than three at once are a wall nobody reads: the oldest goes.
  const close = () => {
    toasts.value = toasts.value.filter((toast) => toast.id !== id)
  }
  toasts.value = [
    ...toasts.value.slice(-2),
    { ...content, id, ...(!content.stays && { term: startTerm(shownFor, close) }) },
  ]
  return close
}

/** What «Отменить» of the newest notice that offers it does, by a key. */
export const undoNewest = (): void => {
  const newest = toasts.value.findLast(({ undo }) => undo)
  if (!newest) return
  toasts.value = toasts.value.filter(({ id }) => id !== newest.id)
  newest.undo?.()
}

/**
 * Where the notices appear; once, in the frame. They stand in the topmost dialog, since what is
 * outside it can be neither pressed nor heard of: in a place of their own, which no component draws.
 */
export const Toasts = () => {
  useLayoutEffect(() => {
    const place = document.createElement('div')
    place.className = styles.place ?? ''
    // At once, and not with the next drawing: by then a dialog that closes has taken it out of the page.
    const end = effect(() => {
      const over = modals.value.at(-1) ?? document.body
      if (place.parentNode !== over) over.append(place)
    })
    render(<ToastList />, place)
    return () => {
      end()
      render(null, place)
      place.remove()
    }
  }, [])
  return null
}

/** The notices themselves. */
export const ToastList = () => {
  const ref = useRef<HTMLElement>(null)
  const isPointedAt = useRef(false)
  const cameFrom = useRef<HTMLElement | null>(null)
  /** The time of all halts while one is at any: what goes moves the others (WCAG 2.2.1). */
  const judge = () => {
    const isFocused = ref.current?.contains(document.activeElement) === true
    for (const { term } of toasts.peek())
      if (isPointedAt.current || isFocused) term?.halt()
      else term?.goOn()
  }
  const pointed = (isThere: boolean) => () => {
    isPointedAt.current = isThere
    judge()
  }
  const shown = toasts.value
  const over = modals.value.at(-1)
  useEffect(() => {
    // Taken elsewhere, and from under the pointer: if it is over them there, it says so.
    isPointedAt.current = false
  }, [over])
  useEffect(() => {
    const isFocused = ref.current?.contains(document.activeElement)
    // Into the top layer, over dialogs and menus; shown anew so that it is above a later one.
    if (!isFocused || shown.length === 0) ref.current?.hidePopover()
    if (shown.length > 0) ref.current?.showPopover()
    // The last one went from under the pointer, of which nothing tells.
    else isPointedAt.current = false
    judge()
    // What is put into another place is hidden by that.
  }, [shown, over])
  return (
    <section
      ref={ref}
      popover="manual"
      aria-live="polite"
      aria-label={t('notices')}
      class={styles.toasts}
      onPointerEnter={pointed(true)}
      onPointerLeave={pointed(false)}
      onFocusIn={({ relatedTarget: from }) => {
        if (from instanceof HTMLElement && !ref.current?.contains(from)) cameFrom.current = from
        judge()
      }}
      // By now nothing has the focus; what gets it inside says so.
      onFocusOut={judge}
    >
      {shown.map((toast) => (
        <Line key={toast.id} toast={toast} onLeft={() => cameFrom.current?.focus()} />
      ))}
    </section>
  )
}

interface LineProps {
  toast: Toast
  /** It was closed by the keyboard, whose focus goes with it. */
  onLeft: () => void
}

const Line = ({ toast, onLeft }: LineProps) => {
  const close = ({ detail }: MouseEvent) => {
    toasts.value = toasts.value.filter((other) => other.id !== toast.id)
    // Clicks of no pointer count none (UI Events).
    if (detail === 0) onLeft()
  }
  const act = (what: () => void) => (event: MouseEvent) => {
    close(event)
    what()
  }
  return (
    <div class={styles.toast}>
      <p class={styles.text}>{toast.text}</p>
      {toast.undo && (
        <Button kind="quiet" class={styles.action} onClick={act(toast.undo)}>
          {t('undo')}
        </Button>
      )}
      {toast.action && (
        <Button kind="quiet" class={styles.action} onClick={act(toast.action.onSelect)}>
          {toast.action.label}
        </Button>
      )}
      <IconButton icon={X} label={t('dismiss')} class={styles.close} onClick={close} />
    </div>
  )
}
