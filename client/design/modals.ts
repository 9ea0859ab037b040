/** Which modal dialogs are open: all that stands outside the topmost one is inert (HTML, 6.3). */
import { signal } from '@preact/signals'

/** The topmost last. */
export const modals = signal<readonly HTMLDialogElement[]>([])

/** Opens it over all else. Returns what closes it, to be called while it still stands in the page. */
export const openModal = (dialog: HTMLDialogElement): (() => void) => {
  dialog.showModal()
  modals.value = [...modals.value, dialog]
  return () => {
    modals.value = modals.value.filter((open) => open !== dialog)
    dialog.close()
  }
}
