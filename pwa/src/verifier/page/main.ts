import { createApp } from 'vue'
import VerifierApp from './VerifierApp.vue'
import { speakFirst } from './words'
import './style.css'

speakFirst()
createApp(VerifierApp).mount('#app')
