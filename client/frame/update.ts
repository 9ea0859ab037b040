/** The program as installed: registers the service worker and offers a new version when it waits. */
import { signal } from '@preact/signals'

/** A program that stays open for days looks for a new version this often, ms. */
const lookEvery = 60 * 60 * 1000

/** Set when a new version waits: puts it in place and loads the page anew. */
export const takeUpdate = signal<(() => void) | null>(null)

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
  const isComing = registration.installing ?? registration.waiting
  if (isComing)
    await Promise.race([waits, new Promise((resolve) => setTimeout(resolve, fetchLimit))])
  const takeNew = takeUpdate.peek()
  if (takeNew) takeNew()
  else location.reload()
}

export const registerServiceWorker = async (): Promise<void> => {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return
  // Not part of the first screen.
  const { Workbox } = await import('workbox-window')
  const workbox = new Workbox('/service-worker.js')
  workbox.addEventListener('waiting', () => {
    takeUpdate.value = () => workbox.messageSkipWaiting()
  })
  // Every tab gets here, also those where nobody pressed the button: their chunks are gone.
  workbox.addEventListener('controlling', ({ isUpdate }) => {
    if (isUpdate) location.reload()
  })
  workbox.register().catch((error: unknown) => {
    // Storage or scripts are restricted: the program works, only not without a network.
    console.warn('No service worker', error)
  })
  setInterval(() => {
    if (navigator.onLine) workbox.update().catch(() => undefined) // no network after all: next time
  }, lookEvery)
}
