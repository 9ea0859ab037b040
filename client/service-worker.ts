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
self.addEventListener('message', (event) => {
  if (event.data?.type === 'SKIP_WAITING') self.skipWaiting()
})
