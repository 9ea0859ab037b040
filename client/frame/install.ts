/** The browser's offer to install the program, kept until the person asks for it. */
import { signal } from '@preact/signals'

/** Not in TypeScript's DOM types: Chromium only (WICG, Manifest Incubations). */
interface BeforeInstallPromptEvent extends Event {
  prompt: () => Promise<unknown>
}
const isPrompt = (event: Event): event is BeforeInstallPromptEvent => 'prompt' in event

/** Null where the browser offers nothing, or the program is installed. */
export const installPrompt = signal<(() => void) | null>(null)

export const keepInstallPrompt = (): void => {
  addEventListener('beforeinstallprompt', (event) => {
    if (!isPrompt(event)) return
    event.preventDefault()
    installPrompt.value = () => {
      installPrompt.value = null
      event.prompt()
    }
  })
}

export const isInstalled = (): boolean => matchMedia('(display-mode: standalone)').matches
