import { createApp } from 'vue'
import App from './App.vue'
import { showLocale } from './i18n'
import { remembered } from './remembered'
import { watchIdle } from './state/autolock'
import { showFront } from './state/cover'
import { drawn } from './state/drawn'
import { watchHiding } from './state/gestures'
import { showLook } from './state/look'
import { watchMask } from './state/mask'
import { registerServiceWorker } from './state/update'
import './styles/base.css'

/** Show the app as it was left. */
async function show(): Promise<void> {
  const { protection, locale, look, cover } = await remembered
  showFront(cover)
  showLook(look)
  await showLocale(locale)
  createApp(App, { protection }).mount('#app')
  watchIdle()
  watchHiding()
  watchMask()
  await drawn()
  // Shell and manifest come after the first screen: they must not compete with it for a slow network.
  void registerServiceWorker()
  nameManifest()
}

/** Tell the browser how the app is installed. */
function nameManifest(): void {
  const link = document.createElement('link')
  link.rel = 'manifest'
  link.href = '/manifest.webmanifest'
  document.head.append(link)
}

void show()
