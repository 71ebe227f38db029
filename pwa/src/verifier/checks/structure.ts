/** Structure: one folder, safe and single names, ordinary files, no bombs, nothing unlisted. */

import { sha256Hex, utf8 } from '../../shared/crypto'
import { DEFLATED, isFolder, STORED } from '../zip/archive'
import type { Entry } from '../zip/directory'
import { partition, sameBytes } from '../basics'
import { BAG_DECLARATION, BAG_INFO, MANIFEST, SIGNATURE, TAG_MANIFEST } from './document'
import { finding, orRefused, readBytes, readText, Refused, type Finding, type Findings, type Reading } from './reading'

const MAX_ENTRIES = 500_000
/** Packs are stored; whoever packs again with compression gains little on pictures. */
const MAX_RATIO = 50
const RATIO_FLOOR = 64 << 20
const ENCRYPTED = 0x41
const KIND = 0o170000
const FOLDER = 0o040000
const REGULAR = 0o100000
const DECLARATION = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'
const LINE = /^([0-9a-f]{64}) {2}([^\n]+)$/
const UNSAFE = /[\x00-\x1f\x7f<>:"|?*\\%]/
const SPOKEN_FOR = [TAG_MANIFEST, SIGNATURE]
const COMMON =
  'bagit\\.txt|bag-info\\.txt|(tag)?manifest-sha256\\.txt|tagmanifest-sha256\\.sig|VERIFY\\.md'
  + '|keys/[A-Za-z0-9_-]{43}\\.pem|keys/log\\.pub|keys/tsa\\.pem'
  + '|data/(index\\.html|pack\\.json|ledger\\.xlsx|log/checkpoint|log/proofs\\.json)'
  + '|data/log/[0-9]{2,}\\.tsr|data/records/[^/]+\\.sdjwt|data/receipts/[^/]+\\.jwt'
  + '|data/notices/[^/]+\\.pdf|data/cases/[^/]+\\.json'
const LAYOUTS: Record<string, RegExp> = {
  full: new RegExp(`^(${COMMON}|data/media/[0-9a-f]{64}\\.[a-z0-9]{1,5}|data/certificates/[^/]+\\.json)$`),
  protected: new RegExp(`^(${COMMON}|data/redacted/[0-9a-f]{64}(\\.png|\\.proof\\.json))$`),
}

/**
 * Check the ZIP's entries before any file is read, and fix the pack's folder. Throws `Refused` where going
 * on would be dangerous or senseless.
 */
export async function* checkEntries(reading: Reading): Findings {
  const { archive } = reading
  if (archive.entries.length > MAX_ENTRIES) throw new Refused(finding('', 'pack-too-large'))
  const root = archive.entries.map((entry) => entry.name).find(marksAPack)?.split('/', 1)[0]
  if (root === undefined) {
    const code = (await archive.beginsLikeAPack()) ? 'pack-zip-damaged' : 'pack-not-a-pack'
    throw new Refused(finding('', code, BAG_DECLARATION))
  }
  const seen = new Set<string>()
  for (const entry of archive.entries) yield* checkEntry(entry, seen)
  if (new Set(archive.entries.map((entry) => partition(entry.name, '/')[0])).size !== 1) {
    for (const { name } of archive.entries) if (!name.startsWith(`${root}/`)) yield finding(name, 'pack-path-unsafe')
  }
  const total = archive.entries.reduce((sum, entry) => sum + entry.size, 0)
  if (total > MAX_RATIO * archive.size + RATIO_FLOOR) throw new Refused(finding('', 'pack-too-large'))
  archive.place(root)
  yield* checkFolders(reading)
}

/** Read manifests and bag-info; compare what is listed with what is there. */
export async function* checkLists(reading: Reading): Findings {
  yield* checkDeclaration(reading)
  yield* readList(reading, MANIFEST, reading.payload)
  yield* readList(reading, TAG_MANIFEST, reading.tags)
  yield* checkInfo(reading)
  const { files } = reading.archive
  const listed = new Set([...reading.payload.keys(), ...reading.tags.keys()])
  for (const path of files.keys()) {
    if (!listed.has(path) && !SPOKEN_FOR.includes(path)) yield finding(path, 'pack-file-unlisted')
  }
  for (const path of [...listed].sort()) if (!files.has(path)) yield finding(path, 'pack-file-missing')
  for (const path of reading.payload.keys()) {
    if (!path.startsWith('data/')) yield finding(path, 'pack-bag-malformed', MANIFEST)
  }
  for (const path of reading.tags.keys()) {
    if (path.startsWith('data/') || SPOKEN_FOR.includes(path)) yield finding(path, 'pack-bag-malformed', TAG_MANIFEST)
  }
}

/** Refuse files that a pack of this profile does not hold. */
export async function* checkLayout(reading: Reading): Findings {
  const layout = LAYOUTS[reading.profile]
  if (!layout) return
  for (const path of reading.archive.files.keys()) if (!layout.test(path)) yield finding(path, 'pack-file-unexpected')
}

/** Any of these will do: a pack that lost one of them is unsound, but still a pack. */
function marksAPack(name: string): boolean {
  const [folder, rest] = partition(name, '/')
  return folder !== '' && ['bagit.txt', MANIFEST, 'data/pack.json'].includes(rest)
}

function* checkEntry(entry: Entry, seen: Set<string>): Generator<Finding> {
  const path = partition(entry.name, '/')[1] || entry.name
  const folded = fold(entry.name)
  if (seen.has(folded)) yield finding(path, 'pack-path-duplicate')
  seen.add(folded)
  if (isUnsafe(entry.name) || entry.name !== entry.statedName) yield finding(path, 'pack-path-unsafe')
  if (entry.flags & ENCRYPTED) yield finding(path, 'pack-entry-encrypted')
  const kind = (entry.externalAttributes >>> 16) & KIND
  const plain = isFolder(entry) ? FOLDER : REGULAR
  const hides = isFolder(entry) && entry.size + entry.compressedSize > 0
  if ((kind !== 0 && kind !== plain) || hides) yield finding(path, 'pack-entry-special')
  if (entry.method !== STORED && entry.method !== DEFLATED) yield finding(path, 'pack-zip-altered', String(entry.method))
  if (entry.method === STORED && entry.size !== entry.compressedSize) yield finding(path, 'pack-zip-altered', 'size')
}

/**
 * Some systems hold names equal that differ in case or in the spelling of an accent. Full case folding by
 * way of both cases; the dotless i has no other case of its own.
 */
function fold(name: string): string {
  const both = (text: string): string => text.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ')
  return name.normalize('NFC').replace(/[^ı]+/gu, both)
}

/** Other tools list the folders of files; a folder that holds nothing is no part of a pack. */
function* checkFolders({ archive }: Reading): Generator<Finding> {
  const used = new Set<string>()
  for (const path of archive.files.keys()) {
    for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) used.add(path.slice(0, at + 1))
  }
  for (const entry of archive.entries) {
    const path = partition(entry.name, '/')[1]
    if (isFolder(entry) && path !== '' && !used.has(path)) yield finding(path, 'pack-directory-empty')
  }
}

function isUnsafe(name: string): boolean {
  const parts = name.replace(/\/$/, '').split('/')
  return UNSAFE.test(name) || parts.some((part) => ['', '.', '..'].includes(part) || /[. ]$/.test(part))
}

async function* checkDeclaration(reading: Reading): Findings {
  const read = await orRefused(readBytes(reading, BAG_DECLARATION))
  if ('finding' in read) yield read.finding
  else if (!sameBytes(read.value, utf8(DECLARATION))) yield finding(BAG_DECLARATION, 'pack-bag-malformed', 'BagIt 1.0')
}

async function* readList(reading: Reading, path: string, listed: Map<string, string>): Findings {
  const read = await orRefused(readText(reading, path, 'pack-bag-malformed'))
  if ('finding' in read) return void (yield read.finding)
  if (read.value && !read.value.endsWith('\n')) yield finding(path, 'pack-bag-malformed', 'newline')
  for (const [at, line] of read.value.split('\n').slice(0, -1).entries()) {
    const [, hash, name] = LINE.exec(line) ?? []
    if (hash === undefined || name === undefined || listed.has(name)) yield finding(path, 'pack-bag-malformed', String(at + 1))
    else listed.set(name, hash)
  }
}

async function* checkInfo(reading: Reading): Findings {
  const text = await orRefused(readText(reading, BAG_INFO, 'pack-bag-malformed'))
  if ('finding' in text) return void (yield text.finding)
  const manifest = await orRefused(readBytes(reading, MANIFEST))
  if ('finding' in manifest) return void (yield manifest.finding)
  for (const [at, line] of text.value.split('\n').slice(0, -1).entries()) {
    const [name, value] = partition(line, ': ')
    if (!line.includes(': ') || reading.info.has(name)) yield finding(BAG_INFO, 'pack-bag-malformed', String(at + 1))
    reading.info.set(name, value)
  }
  const packId = (await sha256Hex(manifest.value)).slice(0, 32)
  if (reading.info.get('External-Identifier') !== packId) yield finding(BAG_INFO, 'pack-id-mismatch')
  if (reading.archive.root !== packId) yield finding('', 'pack-id-mismatch')
}
