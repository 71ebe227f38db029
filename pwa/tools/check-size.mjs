/**
 * Fails when an enrolled phone with an empty cache would load more than the budget before the first
 * answer can be typed: the page, the scripts, words and styles it names, the screens behind the lock, the worker
 * that unlocking starts. The sync worker comes after the first screen and is told beside it. Counted as the
 * server sends them: gzip.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const BUDGET_BYTES = 60 * 1024
const BUDGET_REQUESTS = 10
const folder = process.argv[2] ?? fileURLToPath(new URL('../dist', import.meta.url))
const page = readFileSync(`${folder}/field.html`, 'utf8')
const named = [...page.matchAll(/(?:src|href)="\/(assets\/field\/[^"]+)"/g)].map((match) => match[1])
const assets = readdirSync(`${folder}/assets/field`)
const needed = ['zh-CN-', 'inside-', 'derive.worker-'].map(pathOf)

function pathOf(prefix) {
  const found = assets.filter((name) => name.startsWith(prefix))
  if (found.length !== 1) throw new Error(`expected one ${prefix}*, found ${found.length}`)
  return `assets/field/${found[0]}`
}
const gzipped = (name) => gzipSync(readFileSync(`${folder}/${name}`)).length

const sizes = ['field.html', ...new Set([...named, ...needed])].map((name) => [name, gzipped(name)])
const total = sizes.reduce((sum, [, bytes]) => sum + bytes, 0)
for (const [name, bytes] of sizes) console.log(`${(bytes / 1024).toFixed(1).padStart(6)} KiB  ${name}`)
console.log(`${(total / 1024).toFixed(1).padStart(6)} KiB in ${sizes.length} requests; budget ${BUDGET_BYTES / 1024} KiB, ${BUDGET_REQUESTS} requests`)
const afterwards = gzipped(pathOf('sync.worker-'))
console.log(`${((total + afterwards) / 1024).toFixed(1).padStart(6)} KiB with the sync worker, which follows the first screen`)
if (total > BUDGET_BYTES || sizes.length > BUDGET_REQUESTS) {
  console.error('The field app loads too much before the first answer. Put what is rarer into a chunk of its own.')
  process.exit(1)
}
