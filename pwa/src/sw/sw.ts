/**
 * Serves the field app's own files from the cache so that it starts without a network. Its scope is
 * `/field`: the console, the API and the public pages never pass through it. It answers only GET for
 * precached files and never touches a POST or PATCH. A new version waits until the app asks for it:
 * an update never interrupts a visit.
 */
import { clientsClaim, setCacheNameDetails } from 'workbox-core'
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: (string | { url: string; revision: string | null })[] }

setCacheNameDetails({ prefix: 'notes', suffix: 'v1' })
precacheAndRoute(self.__WB_MANIFEST, { cleanURLs: false })
cleanupOutdatedCaches()
// The very first visit is served offline too, without waiting for a second one.
clientsClaim()
registerRoute(new NavigationRoute(createHandlerBoundToURL('/field'), { allowlist: [/^\/field(\?|$)/] }))

self.addEventListener('message', (event) => {
  if (event.data === 'take-over') void self.skipWaiting()
})
