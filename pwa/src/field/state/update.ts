/** The service worker and its updates: offered, never imposed. */

import { ref } from 'vue'

export const updateReady = ref(false)
let waiting: ServiceWorker | null = null

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
}

function announce(worker: ServiceWorker | null): void {
  if (!worker) return
  waiting = worker
  updateReady.value = true
}

/** Let the waiting version take over and start it. */
export function applyUpdate(): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  waiting?.postMessage('take-over')
}
