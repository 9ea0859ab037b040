import type { ManifestOptions } from 'vite-plugin-pwa'

/** What the operating system shows of the installed program. */
export const manifest: Partial<ManifestOptions> = {
  id: '/',
  name: 'Interes',
  short_name: 'Interes',
  description: 'Клиенты, диалоги и почта компании. Работает и без сети.',
  lang: 'ru',
  dir: 'ltr',
  start_url: '/',
  scope: '/',
  display: 'standalone',
  theme_color: '#f5f5f7',
  background_color: '#f5f5f7',
  categories: ['business', 'productivity'],
  icons: [
    { src: '/icons/icon.svg', sizes: 'any', type: 'image/svg+xml' },
    { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' },
    { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png' },
    { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  ],
  // Taken by tests/browser/screens with SCREENSHOTS set; the README shows the same.
  screenshots: [
    {
      src: '/screenshots/wide.png',
      sizes: '1440x900',
      type: 'image/png',
      form_factor: 'wide',
      label: 'Диалоги: список, переписка, клиент',
    },
    {
      src: '/screenshots/phone.png',
      sizes: '780x1688',
      type: 'image/png',
      form_factor: 'narrow',
      label: 'Диалог на телефоне',
    },
  ],
  shortcuts: [
    { name: 'Диалоги', url: '/dialogs' },
    { name: 'Клиенты', url: '/clients' },
    { name: 'Написать письмо', short_name: 'Написать', url: '/mail/new' },
  ],
}
