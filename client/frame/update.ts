/** The program as installed: registers the service worker and offers a new version when it waits. */
import { signal } from '@preact/signals'

/** A program that stays open for days looks for a new version this often, ms. */
const lookEvery = 60 * 60 * 1000

/** Set when a new version waits: puts it in place and loads the page anew. */
export const takeUpdate = signal<(() => void) | null>(null)

/**
 * Whether the program opens on this device with no network: 'never' where the browser gives no service
 * workers, as on plain http addresses.
 */
export const programOnDevice = signal<'coming' | 'here' | 'never'>('coming')

/**
 * Offers the version that waits, or the one being fetched once it does. Workbox tells only of those that it
 * saw being found: not of one that the browser's own look had begun to fetch when the page was loaded.
 */
const offerWaiting = (registration: ServiceWorkerRegistration): void => {
  const offer = () => {
    // The first one waits for nobody.
    if (!registration.waiting || !registration.active) return
    takeUpdate.value = () => registration.waiting?.postMessage({ type: 'SKIP_WAITING' })
  }
  offer()
  registration.installing?.addEventListener('statechange', offer)
}

/** How long a new version may take to be fetched after it was asked for, ms. */
const fetchLimit = 20_000

/**
 * The person wants the new version now: it is looked for, put in place and the page loaded anew.
 * Without a service worker, or where nothing new is found, loading anew is all there is to do.
 */
export const updateNow = async (): Promise<void> => {
  const take = takeUpdate.peek()
  if (take) return take()
  const registration = await navigator.serviceWorker?.getRegistration()
  if (!registration) return location.reload()
  const waits = new Promise<void>((resolve) => {
    const stop = takeUpdate.subscribe((take) => {
      if (!take) return
      resolve()
      queueMicrotask(() => stop())
    })
  })
  await registration.update().catch(() => undefined) // no network after all: loading anew says so
  offerWaiting(registration)
  const isComing = registration.installing ?? registration.waiting
  if (isComing)
    await Promise.race([waits, new Promise((resolve) => setTimeout(resolve, fetchLimit))])
  const takeNew = takeUpdate.peek()
  if (takeNew) takeNew()
  else location.reload()
}

/**
 * Loads the page anew when a new version has taken the place of the one that serves it: in every tab, also
 * those where nobody pressed the button, whose chunks are gone. The first one only joins a page that was
 * opened before it was there; Workbox would not tell such a page from one that the update leaves alone.
 */
const followController = (container: ServiceWorkerContainer): void => {
  const isServed = () => container.controller !== null
  let wasServed = isServed()
  if (wasServed) programOnDevice.value = 'here'
  container.addEventListener('controllerchange', () => {
    if (wasServed) location.reload()
    wasServed = isServed()
    programOnDevice.value = 'here'
  })
  // Loaded past it («reload without cache»): no change comes, but it is there.
  container.ready.then(({ active }) => {
    if (active?.state === 'activated') programOnDevice.value = 'here'
  })
}

export const registerServiceWorker = async (): Promise<void> => {
  if (!('serviceWorker' in navigator)) {
    programOnDevice.value = 'never'
    return
  }
  if (!import.meta.env.PROD) return
  followController(navigator.serviceWorker)
  // Not part of the first screen.
  const { Workbox } = await import('workbox-window')
  const workbox = new Workbox('/service-worker.js')
  workbox.addEventListener('waiting', () => {
    takeUpdate.value = () => workbox.messageSkipWaiting()
  })
  workbox
    .register()
    .then((registration) => registration && offerWaiting(registration))
    .catch((error: unknown) => {
      // Storage or scripts are restricted: the program works, only not without a network.
      console.warn('No service worker', error)
    })
  setInterval(() => {
    if (navigator.onLine) workbox.update().catch(() => undefined) // no network after all: next time
  }, lookEvery)
}
