import { X } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { IconButton } from './Button.tsx'
import { classNames } from './class-names.ts'
import styles from './Dialog.module.css'
import { openModal } from './modals.ts'
import { t } from './texts.ts'
import { useOnce } from './use-once.ts'

export interface DialogProps {
  title: string
  /** Esc, the cross, a press beside it. */
  onClose: () => void
  /** Buttons at the bottom, the main one last. */
  footer?: ComponentChildren
  /** `page` holds a sheet of paper. */
  width?: 'narrow' | 'wide' | 'page'
  /** Makes the whole a form: Enter in a field sends it; not again while that is under way. */
  onSubmit?: () => unknown
  children: ComponentChildren
}

const firstField = 'input:not([type="radio"], [readonly], [disabled]), textarea, select'

/**
 * A native modal dialog, open as long as it is rendered. The browser keeps the focus inside and
 * gives it back. `autofocus` on a control inside chooses the first focus. On a phone it is a page.
 */
export const Dialog = ({
  title,
  onClose,
  footer,
  width = 'narrow',
  onSubmit,
  children,
}: DialogProps) => {
  const ref = useRef<HTMLDialogElement>(null)
  const id = useId()
  const submit = useOnce(() => onSubmit?.())
  // Text that is marked from inside to outside ends in a click on what holds both places: the dialog.
  const pressedBeside = useRef(false)
  useEffect(() => {
    const dialog = ref.current
    if (!dialog) return
    const close = openModal(dialog)
    // The browser takes the first control, which is the cross; a form begins with its first field.
    const first = dialog.querySelector<HTMLElement>(firstField)
    if (first && !dialog.querySelector('[autofocus]')) first.focus()
    return close
  }, [])
  const inside = (
    <>
      <header class={styles.header}>
        <h2 id={id} class={styles.title}>
          {title}
        </h2>
        <IconButton icon={X} label={t('close')} onClick={onClose} />
      </header>
      <div class={styles.body}>{children}</div>
      {footer && <footer class={styles.footer}>{footer}</footer>}
    </>
  )
  return (
    // The keyboard's way to close is Esc; the press beside the dialog is the pointer's.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <dialog
      ref={ref}
      aria-labelledby={id}
      class={classNames(styles.dialog, styles[width])}
      onCancel={(event) => {
        // A file chooser inside that is left without a choice says `cancel` too, and it bubbles.
        if (event.target !== ref.current) return
        // Closing is the owner's decision: it stops rendering the dialog.
        event.preventDefault()
        onClose()
      }}
      onPointerDown={(event) => {
        pressedBeside.current = event.target === ref.current
      }}
      onClick={(event) => event.target === ref.current && pressedBeside.current && onClose()}
    >
      {onSubmit ? (
        <form
          class={styles.inside}
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            // A form in a dialog over this one is another form.
            if (event.target === event.currentTarget) submit()
          }}
        >
          {inside}
        </form>
      ) : (
        <div class={styles.inside}>{inside}</div>
      )}
    </dialog>
  )
}
