import { signal } from '@preact/signals'
import { X } from 'lucide-preact'
import { useEffect, useRef } from 'preact/hooks'
import { Button, IconButton } from './Button.tsx'
import styles from './Toast.module.css'
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
}

/** What is told now, oldest first. */
export const toasts = signal<readonly Toast[]>([])
let lastId = 0

/** Says what was done, quietly, at the bottom. Returns how to take the notice away. */
export const showToast = (content: ToastContent): (() => void) => {
  const id = ++lastId
  // More than three at once are a wall nobody reads: the oldest goes.
  toasts.value = [...toasts.value.slice(-2), { ...content, id }]
  const close = () => {
    toasts.value = toasts.value.filter((toast) => toast.id !== id)
  }
  if (!content.stays) setTimeout(close, shownFor)
  return close
}

/** Where the notices appear; once, in the frame. */
export const Toasts = () => {
  const ref = useRef<HTMLElement>(null)
  const shown = toasts.value
  useEffect(() => {
    // Into the top layer, over dialogs and menus; shown anew so that it is above a later one.
    if (shown.length > 0) {
      ref.current?.hidePopover()
      ref.current?.showPopover()
    }
  }, [shown])
  return (
    <section
      ref={ref}
      popover="manual"
      aria-live="polite"
      aria-label={t('notices')}
      class={styles.toasts}
    >
      {shown.map((toast) => (
        <Line key={toast.id} toast={toast} />
      ))}
    </section>
  )
}

const Line = ({ toast }: { toast: Toast }) => {
  const close = () => {
    toasts.value = toasts.value.filter((other) => other.id !== toast.id)
  }
  const act = (what: () => void) => () => {
    close()
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
      <IconButton icon={X} label={t('close')} class={styles.close} onClick={close} />
    </div>
  )
}
