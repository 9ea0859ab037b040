/**
 * Serves the program itself with no network. Everything the build made is precached; every
 * navigation gets the precached page. What the relay answers is never touched: the replica, not a
 * cache of responses, is what works offline.
 */
import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute,
} from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

declare const self: ServiceWorkerGlobalScope

/** Paths the relay answers itself, and the frame of letters, which needs the relay's own CSP header. */
const notThePage = [
  /^\/(api|feed|push|reconcile|files|live|hooks|connector|health|metrics)(\/|\?|$)/,
  /^\/letter-frame\.html/,
]

precacheAndRoute(self.__WB_MANIFEST)
cleanupOutdatedCaches()
registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: notThePage }))

// The new version waits until the person agrees (frame/update.ts), so that a page never meets
// chunks of another build.
// Shown by `notices/run-notices.ts`; `data` is the address of the record.
self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const path = String(event.notification.data ?? '/')
  event.waitUntil(
    (async () => {
      const [open] = await self.clients.matchAll({ type: 'window' })
      if (!open) return self.clients.openWindow(path)
      await open.focus()
      await open.navigate(path)
    })(),
  )
})

self.addEventListener('message', (event) => {
  if (event.data?.type === 'SKIP_WAITING') self.skipWaiting()
})
