/** The service worker and its updates: offered, never imposed, and never while a visit is being written. */

import { ref } from 'vue'

export const updateReady = ref(false)
/** A visit is open in some window: its code must stay until it is closed. */
export const updateBlocked = ref(false)
let waiting: ServiceWorker | null = null

const LOOK_EVERY_MS = 60 * 60_000
export const DRAFT_LOCK = 'notes-draft-'

/** Register the service worker; a new version that waits is only announced. */
export async function registerServiceWorker(): Promise<void> {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return
  const registration = await navigator.serviceWorker.register('/sw.js', { scope: '/field' })
  announce(registration.waiting)
  registration.addEventListener('updatefound', () => {
    const next = registration.installing
    next?.addEventListener('statechange', () => {
      if (next.state === 'installed' && navigator.serviceWorker.controller) announce(next)
    })
  })
  // An app that stays open for days would not look by itself; without a network there is nothing to say.
  setInterval(() => void registration.update().catch(() => undefined), LOOK_EVERY_MS)
}

function announce(worker: ServiceWorker | null): void {
  if (!worker) return
  waiting = worker
  updateReady.value = true
}

/** Let the waiting version take over and start it, unless a visit is open in any window. */
export async function applyUpdate(): Promise<void> {
  const { held = [] } = await navigator.locks.query()
  updateBlocked.value = held.some((lock) => lock.name?.startsWith(DRAFT_LOCK))
  if (updateBlocked.value) return
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  waiting?.postMessage('take-over')
}
