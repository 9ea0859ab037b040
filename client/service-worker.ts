/**
 * Serves the program itself with no network. Everything the build made is precached; every
 * navigation gets the precached page. What the relay answers is never touched: the replica, not a
 * cache of responses, is what works offline.
 */
import { cleanupOutdatedCaches, PrecacheController, PrecacheRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { isPack, unpackParts } from './program/pack.ts'
import { takeAlong } from './program/take-along.ts'

declare const self: ServiceWorkerGlobalScope

/** Paths the relay answers itself, and the frame of letters, which needs the relay's own CSP header. */
const notThePage = [
  /^\/(api|feed|push|reconcile|files|live|hooks|connector|health|metrics)(\/|\?|$)/,
  /^\/letter-frame\.html/,
]

/** Not an update: no page has a service worker yet. */
const isFirst = self.registration.active === null

// Objects, as the build writes them.
const manifest = self.__WB_MANIFEST.filter((entry) => typeof entry === 'object')
const pack = manifest.find(isPack)
const files = manifest.filter((entry) => !isPack(entry))
const addressOf = (url: string) => new URL(url, self.location.href).href

const precache = new PrecacheController()
precache.addToCacheList(files)

const fetchPack = async () => {
  if (!pack) throw new Error('the build makes a pack')
  const { url, integrity } = pack
  // Its parts are what is kept.
  const answer = await fetch(url, { integrity, cache: 'no-store', credentials: 'same-origin' })
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`)
  const parts = await unpackParts(new Uint8Array(await answer.arrayBuffer()))
  return {
    headers: answer.headers,
    parts: parts.map((part) => ({ ...part, url: addressOf(part.url) })),
  }
}

// Not PrecacheController's own install: it fetches one file after another (workbox issue 2528).
self.addEventListener('install', (event) => {
  const fetchFile = async (url: string, cacheKey: string) => {
    // A name with no hash in it: what the browser has under it may be older.
    const cache = cacheKey === url ? 'default' : 'reload'
    const request = new Request(url, { cache, credentials: 'same-origin' })
    await Promise.all(precache.strategy.handleAll({ event, request, params: { cacheKey } }))
  }
  const take = async () =>
    takeAlong({
      files: precache.getURLsToCacheKeys(),
      packed: new Set(files.flatMap(({ url, revision }) => (revision ? [] : [addressOf(url)]))),
      cache: await caches.open(precache.strategy.cacheName),
      fetchPack,
      fetchFile,
    })
  event.waitUntil(take())
})
self.addEventListener('activate', (event) => {
  precache.activate(event)
  // So that the page of a first visit finds its parts here too. Never after an update: a page would meet
  // the parts of another build.
  if (isFirst) event.waitUntil(self.clients.claim())
})
cleanupOutdatedCaches()
registerRoute(new PrecacheRoute(precache))
registerRoute(
  new NavigationRoute(precache.createHandlerBoundToURL('/index.html'), { denylist: notThePage }),
)

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

// The new version waits until the person agrees (frame/update.ts), so that a page never meets
// chunks of another build.
self.addEventListener('message', (event) => {
  if (event.data?.type === 'SKIP_WAITING') self.skipWaiting()
})
