/**
 * One project, three applications. `field`, `console` and `verifier` are strangers, so each is built for itself
 * (`vite build --mode field`, then the others): a common build would share chunks, and the console's use of a
 * library would make the phone's first load heavier. `verifier` is one file that works from a disk.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import type { PluginOption } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { firstScreen } from './tools/first-screen.ts'
import { oneFile } from './tools/one-file.ts'

const root = fileURLToPath(new URL('.', import.meta.url))
const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { version: string }

/**
 * Few requests before the first answer: the first file reads what the phone remembers, the core shows where to unlock,
 * unlocking and the screens behind it are the next file, what is needed only after them (describing, signing) one more,
 * rare screens another; `here` is what otherwise runs in workers. The first group that fits takes a module.
 */
const FIELD_GROUPS = [
  { name: 'first', test: /^(?!.*\.worker).*(node_modules[\\/]idb|src[\\/]shared[\\/]store[\\/](database|notebook|places|plain|schema)|src[\\/]field[\\/](remembered|i18n[\\/]words)|preload-helper)/ },
  { name: 'here', test: /^(?!.*\.worker).*src[\\/]shared[\\/](capture[\\/]photoWork|sync[\\/](lead|sender|deliver|photos|tus|pace|login|bundle|officeKeys|receipt|trouble|witness|backoff))/ },
  { name: 'late', test: /^(?!.*\.worker).*src[\\/](shared[\\/](capture[\\/](seal|chain|witness|app)|crypto[\\/](sdjwt|strictJson|jws))|domain[\\/](record|sketch)|field[\\/](screens[\\/](About|Place|Ride|Impossible|Submit)|parts[\\/](WitnessList|BottomSheet|DayMap)|state[\\/](submit|ride)))/ },
  { name: 'rare', test: /^(?!.*\.worker).*src[\\/](shared[\\/]capture[\\/](secrets|export)|domain[\\/](secret|network)|field[\\/](screens[\\/](Outbox|Entry|Settings|Free|Hiding|SecretChange|SignOut|Storage)|parts[\\/]ExportPanel|outboxText))/ },
  { name: 'inside', test: /^(?!.*\.worker).*src[\\/](domain[\\/](answers|bundle|draft|fare|geotag|outbox|ride|scoring)|shared[\\/](crypto|capture[\\/](drafts|errors|photo|vault)|store[\\/](documents|media)|sync[\\/](client|http))|field[\\/](MainFrame|text|screens[\\/](Today|Visit)|parts[\\/](AnswerInput|ItemCard|ConnectionBar|PhotoRow|PhotoThumb|VisitCard|PhraseRow|TopBar)|state[\\/](enter|visit|lists|locate|start|autosave|navigation|thumbs|ride|submit)))/ },
  { name: 'core', test: /^(?!.*\.worker)(?!.*capture[\\/]enrolment).*(node_modules[\\/]@?vue|src[\\/](domain|shared)[\\/]|src[\\/]field[\\/](App|state[\\/]|screens[\\/]Unlock|parts[\\/](SecretEntry|PinPad)|i18n[\\/]index))/ },
]

const PAGES: Record<string, string> = { field: 'field.html', console: 'console.html', verifier: 'verify-pack.html' }

/** The server serves field.html at this address; the service worker's scope begins there. */
const FIELD_URL = '/field'
const API = process.env.ANFANG_DEV_SERVER ?? 'http://127.0.0.1:8000'

export default defineConfig(({ mode }) => ({
  root,
  define: {
    // The schema library takes its place in the world from here, and cannot read a worker's blob: address.
    ...(mode === 'verifier' ? { 'self.location': 'undefined' } : {}),
    __APP_VERSION__: JSON.stringify(version), __VUE_OPTIONS_API__: mode === 'console'
  },
  plugins: [vue(), ...(mode === 'field' ? [serviceWorker(), firstScreen()] : []), ...(mode === 'verifier' ? [oneFile()] : [])],
  // A page on a disk may start no worker of modules.
  worker: { format: mode === 'verifier' ? 'iife' : 'es' },
  server: { proxy: { '/api': API, '/.well-known': API } },
  build: {
    target: ['chrome108', 'safari16.4', 'firefox115'],
    // The field build comes first and clears the folder.
    emptyOutDir: mode === 'field',
    copyPublicDir: mode === 'field',
    assetsDir: `assets/${mode}`,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: PAGES[mode] ?? PAGES.field!,
      ...(mode === 'field' ? { output: { codeSplitting: { groups: FIELD_GROUPS, includeDependenciesRecursively: false } } } : {}),
    },
  },
  test: {
    environment: 'node',
    include: ['tests/**/*.test.ts', 'src/console/**/*.test.ts'],
    setupFiles: ['tests/setup.ts'],
  },
}))

function serviceWorker(): PluginOption {
  return VitePWA({
    strategies: 'injectManifest',
    srcDir: 'src/sw',
    filename: 'sw.ts',
    injectRegister: false,
    includeManifestIcons: false,
    manifest: {
      id: FIELD_URL, name: '随手记', short_name: '随手记', lang: 'zh-CN', start_url: FIELD_URL, scope: FIELD_URL,
      display: 'standalone', orientation: 'portrait', background_color: '#14181d', theme_color: '#14181d',
      icons: [
        { src: '/icons/icon.svg', sizes: 'any', type: 'image/svg+xml' },
        { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' },
        { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png' },
        { src: '/icons/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
      ],
    },
    injectManifest: {
      globPatterns: ['field.html', 'assets/field/**/*.{js,css}', 'icons/*.svg'],
      // File names carry a hash already.
      dontCacheBustURLsMatching: /^assets\/field\//,
      manifestTransforms: [
        (entries) => ({
          manifest: entries.map((entry) => (entry.url === 'field.html' ? { ...entry, url: FIELD_URL } : { ...entry, url: `/${entry.url}` })),
          warnings: [],
        }),
      ],
    },
  })
}
