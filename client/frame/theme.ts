import { signal } from '@preact/signals'

export type Theme = 'system' | 'light' | 'dark'

/** The same key stands in public/theme.js, which sets it before the first paint. */
const storageKey = 'interes-theme'

const stored = (): Theme => {
  const { theme } = document.documentElement.dataset
  return theme === 'light' || theme === 'dark' ? theme : 'system'
}

export const theme = signal<Theme>(stored())

export const setTheme = (next: Theme): void => {
  theme.value = next
  if (next === 'system') {
    delete document.documentElement.dataset.theme
    localStorage.removeItem(storageKey)
  } else {
    document.documentElement.dataset.theme = next
    localStorage.setItem(storageKey, next)
  }
}
