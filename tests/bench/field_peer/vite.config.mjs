/** Builds the bare form and the store's bench page with the PWA's own tools (`run` in `field.py` calls it). */
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const modules = `${here}../../../pwa/node_modules`

export default {
  root: here,
  publicDir: false,
  resolve: { alias: { preact: `${modules}/preact`, idb: `${modules}/idb` } },
  build: {
    emptyOutDir: true,
    modulePreload: false,
    rollupOptions: {
      input: { index: `${here}index.html`, store: `${here}store.html`, sw: `${here}sw.js` },
      output: { entryFileNames: '[name].js' },
    },
  },
}
