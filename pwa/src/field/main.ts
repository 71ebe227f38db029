import { createApp } from 'vue'
import App from './App.vue'
import { loadLocale } from './i18n'
import { watchIdle } from './state/autolock'
import { readFront } from './state/cover'
import { watchHiding } from './state/gestures'
import { loadLook } from './state/look'
import { watchMask } from './state/mask'
import { registerServiceWorker } from './state/update'
import './styles/base.css'

await Promise.all([loadLocale(), loadLook(), readFront()])
createApp(App).mount('#app')
watchIdle()
watchHiding()
watchMask()
// The shell comes after the first screen: it must not compete with it for a slow network.
void registerServiceWorker()
