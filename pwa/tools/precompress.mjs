/** Writes `name.br` and `name.gz` beside every text of the build: packed once, as small as can be, not at every request. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const TEXTS = /\.(js|css|html|svg|webmanifest|json)$/
/** Below this a packed file saves no packet. */
const WORTH_BYTES = 1024
const folder = process.argv[2] ?? fileURLToPath(new URL('../dist', import.meta.url))

for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !TEXTS.test(entry.name)) continue
  const path = `${entry.parentPath}/${entry.name}`
  const bytes = readFileSync(path)
  if (bytes.length < WORTH_BYTES) continue
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }))
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }))
}
