/**
 * What the first screen needs is asked for with the page: the page itself shows the app's name in a style of
 * its own, whatever follows; the stylesheet stands behind it and holds nothing up; the app and its words come
 * beside the page's own script, not after it. The page's policy names its one inline style.
 */
import { createHash } from 'node:crypto'
import type { Plugin, Rollup } from 'vite'

const INLINE = /<style>([^<]*)<\/style>/
const STYLESHEET = /\s*<link rel="stylesheet"[^>]*>/
/** Most phones speak it; another language costs one request more. */
const WORDS = /^assets\/field\/zh-CN-[^/]*\.js$/

/** Arrange the field app's page; fails the build when the page lost what this is about. */
export function firstScreen(): Plugin {
  return {
    name: 'first-screen',
    transformIndexHtml: {
      order: 'post',
      handler(page, { bundle }) {
        if (!bundle) return page
        const [stylesheet, style] = [STYLESHEET.exec(page)?.[0], INLINE.exec(page)?.[1]]
        const words = Object.keys(bundle).filter((name) => WORDS.test(name))
        const app = followers(bundle)
        if (!stylesheet || style === undefined || words.length !== 1 || !app.length) throw new Error('the first screen is not what it was')
        return page
          .replace(stylesheet, '')
          .replace('<style>', () => `${policy(style)}\n    <style>`)
          .replace('</head>', () => `${[...app, ...words].map(preload).join('')}  </head>`)
          .replace('</body>', () => `  ${stylesheet.trim()}\n  </body>`)
      },
    },
  }
}

/** What the page's own script imports dynamically, and what that needs. */
function followers(bundle: Rollup.OutputBundle): string[] {
  const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
  const entry = chunks.find((chunk) => chunk.isEntry)
  const needed = new Set(entry?.dynamicImports)
  for (const name of needed) {
    for (const one of chunks.find((chunk) => chunk.fileName === name)!.imports) if (one !== entry!.fileName) needed.add(one)
  }
  return [...needed]
}

function preload(name: string): string {
  return `  <link rel="modulepreload" crossorigin href="/${name}">\n  `
}

function policy(style: string): string {
  const hash = createHash('sha256').update(style).digest('base64')
  const rules = [
    "default-src 'self'", `style-src 'self' 'sha256-${hash}'`, "img-src 'self' blob: data:", "worker-src 'self' blob:",
    "object-src 'none'", "base-uri 'none'", "form-action 'none'",
  ]
  return `<meta http-equiv="Content-Security-Policy" content="${rules.join('; ')}" />`
}
