import { createApp } from 'vue'
import App from './App.vue'
import { loadLocale } from './i18n'
import { watchIdle } from './state/autolock'
import { registerServiceWorker } from './state/update'
import './styles/base.css'

await loadLocale()
createApp(App).mount('#app')
watchIdle()
// The shell comes after the first screen: it must not compete with it for a slow network.
void registerServiceWorker()
