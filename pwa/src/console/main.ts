import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { installElements } from './elements'
import { i18n } from './i18n'
import { focus } from './kit/focus'
import { router } from './router'
import { useSession } from './session'
import 'element-plus/dist/index.css'
import './theme.css'
import './print.css'

const app = createApp(App)
app.use(createPinia())
app.use(i18n)
app.directive('focus', focus)
installElements(app)
// The first page's guard needs to know who is signed in.
await useSession().restore()
app.use(router)
app.mount('#app')
