import { effect, signal } from '@preact/signals'

export type Locale = 'ru' | 'en'

/** Outlives the replica: the sign-in form is in the chosen language too. */
const storageKey = 'interes-locale'

const isLocale = (value: unknown): value is Locale => value === 'ru' || value === 'en'

/** The language chosen on this device, otherwise the first of the browser's that there is. */
export const initialLocale = (stored: string | null, preferred: readonly string[]): Locale => {
  if (isLocale(stored)) return stored
  for (const tag of preferred) {
    const language = tag.slice(0, 2).toLowerCase()
    if (isLocale(language)) return language
  }
  return 'en'
}

const stored = (): string | null => {
  try {
    return globalThis.localStorage?.getItem(storageKey) ?? null
  } catch {
    // Storage is forbidden: the browser's language is used.
    return null
  }
}

export const locale = signal<Locale>(
  initialLocale(stored(), globalThis.navigator?.languages ?? ['ru']),
)

export const setLocale = (next: Locale): void => {
  locale.value = next
  try {
    globalThis.localStorage?.setItem(storageKey, next)
  } catch {
    // Storage is forbidden: the choice holds until reload.
  }
}

if (typeof document !== 'undefined')
  effect(() => {
    document.documentElement.lang = locale.value
  })
