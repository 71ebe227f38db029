/**
 * What the first screen needs is asked for with the page: the page itself shows the app's name in a style of
 * its own, whatever follows; the stylesheet stands behind it and holds nothing up; the words come beside the
 * scripts, not after them; what the phone remembers is read by a small script that does not wait for the large one.
 * The manifest is named by the app once it is shown. The page's policy names its one inline style.
 */
import { createHash } from 'node:crypto'
import type { Plugin } from 'vite'

const INLINE = /<style>([^<]*)<\/style>/
const ENTRY = /<script type="module"[^>]*src=/
const READER = /\s*<link rel="modulepreload"[^>]*href="(\/assets\/field\/first-[^"]+)">/
const MANIFEST = /\s*<link rel="manifest"[^>]*>/
const STYLESHEET = /\s*<link rel="stylesheet"[^>]*>/
/** Most phones speak it; another language costs one request more. */
const WORDS = /^assets\/field\/zh-CN-[^/]*\.js$/

/** Arrange the field app's page; fails the build when the page lost what this is about. */
export function firstScreen(): Plugin {
  return {
    name: 'first-screen',
    enforce: 'post',
    transformIndexHtml: {
      order: 'post',
      handler(page, { bundle }) {
        if (!bundle) return page
        const [stylesheet, style] = [STYLESHEET.exec(page)?.[0], INLINE.exec(page)?.[1]]
        const reader = READER.exec(page)?.[1]
        const words = Object.keys(bundle).filter((name) => WORDS.test(name))
        if (!stylesheet || style === undefined || !reader || !MANIFEST.test(page) || words.length !== 1) throw new Error('the first screen is not what it was')
        return page
          .replace(stylesheet, '')
          .replace(READER, '')
          .replace(MANIFEST, '')
          .replace(ENTRY, (entry) => `<script type="module" crossorigin src="${reader}"></script>\n    ${entry}`)
          .replace('<style>', () => `${policy(style)}\n    <style>`)
          .replace('</head>', () => `  <link rel="modulepreload" crossorigin href="/${words[0]}">\n  </head>`)
          .replace('</body>', () => `  ${stylesheet.trim()}\n  </body>`)
      },
    },
  }
}

function policy(style: string): string {
  const hash = createHash('sha256').update(style).digest('base64')
  const rules = [
    "default-src 'self'", `style-src 'self' 'sha256-${hash}'`, "img-src 'self' blob: data:", "worker-src 'self' blob:",
    "object-src 'none'", "base-uri 'none'", "form-action 'none'",
  ]
  return `<meta http-equiv="Content-Security-Policy" content="${rules.join('; ')}" />`
}
