/**
 * Makes a page one file: its script and style stand in it, and its own policy allows these two and
 * nothing else, least of all the network. Such a page works from a disk, and a reader can see that it
 * sends nothing.
 */
import { createHash } from 'node:crypto'
import type { Plugin } from 'vite'

const SCRIPT = /<script type="module"[^>]*src="\/([^"]+)"[^>]*><\/script>/
const STYLE = /<link rel="stylesheet"[^>]*href="\/([^"]+)"[^>]*>/

/** Inline what the built page names; fails the build where anything else would stay beside it. */
export function oneFile(): Plugin {
  return {
    name: 'one-file',
    enforce: 'post',
    generateBundle(_, bundle) {
      const page = Object.values(bundle).find((file) => file.fileName.endsWith('.html'))
      if (page?.type !== 'asset') throw new Error('no page was built')
      const taken = (pattern: RegExp): string => {
        const name = pattern.exec(String(page.source))?.[1] ?? ''
        const file = bundle[name]
        if (!file) throw new Error(`the page names no ${pattern.source}`)
        delete bundle[name]
        // The parser ends a script at this, wherever it stands.
        return (file.type === 'chunk' ? file.code : String(file.source)).trim().replaceAll('</script', '<\\/script')
      }
      const script = taken(SCRIPT)
      const style = taken(STYLE)
      page.source = String(page.source)
        .replace(SCRIPT, '')
        .replace(STYLE, () => `${policy(script, style)}\n<style>${style}</style>\n<script type="module">${script}</script>`)
      const beside = Object.keys(bundle).filter((name) => name !== page.fileName)
      if (beside.length > 0) throw new Error(`not in the page: ${beside.join(', ')}`)
    },
  }
}

function policy(script: string, style: string): string {
  const rules = [
    "default-src 'none'", `script-src ${hash(script)}`, `style-src ${hash(style)}`, 'worker-src blob:', 'img-src data:',
    "base-uri 'none'", "form-action 'none'",
  ]
  return `<meta http-equiv="Content-Security-Policy" content="${rules.join('; ')}">`
}

function hash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}
