/**
 * The central directory of a ZIP, read as the reference reader (Python's `zipfile`) reads it, so that
 * page and command line see the same entries in a hostile archive.
 */

import { fromUtf8, type Bytes } from '../../shared/crypto'
import { fromCp437 } from './cp437'

/** One file or folder of the archive, as the directory describes it. */
export interface Entry {
  /** Ends at the first NUL, as readers cut it. */
  name: string
  /** The name as it stands there. */
  statedName: string
  rawName: Bytes
  flags: number
  method: number
  crc: number
  compressedSize: number
  size: number
  externalAttributes: number
  /** Where the local header begins, counted from the start of the file. */
  offset: number
}

export interface Directory {
  entries: Entry[]
  /** Where the directory begins, counted from the start of the file. */
  start: number
}

export const UTF8_NAME = 0x800
const END = 0x06054b50
const END_SIZE = 22
const END64 = 0x06064b50
const END64_SIZE = 56
const LOCATOR64 = 0x07064b50
const LOCATOR64_SIZE = 20
const CENTRAL = 0x02014b50
const CENTRAL_SIZE = 46
const MAX_COMMENT = 0xffff
const MAX_VERSION = 63
const UNKNOWN = 0xffffffff
/** A directory larger than this is no pack's: half a million entries are far below it. */
const MAX_DIRECTORY = 256 << 20

/** The archive's directory contradicts itself, or there is none. */
export class DirectoryError extends Error {}

/** Read the directory. Throws `DirectoryError`. */
export async function readDirectory(file: Blob): Promise<Directory> {
  const end = await findEnd(file)
  const start = end.at - end.size
  if (start < 0) throw new DirectoryError('bad offset for central directory')
  if (end.size > MAX_DIRECTORY) throw new DirectoryError('the central directory is too large')
  // What stands before the archive shifts every offset in it.
  return { entries: readEntries(await read(file, start, end.size), end.size, start - end.offset), start }
}

interface End {
  /** Where the directory ends and its end records begin. */
  at: number
  size: number
  offset: number
}

async function findEnd(file: Blob): Promise<End> {
  if (file.size < END_SIZE) throw new DirectoryError('not a ZIP file')
  const from = Math.max(file.size - MAX_COMMENT - 1 - END_SIZE, 0)
  const tail = view(await read(file, from, file.size - from))
  const last = tail.byteLength - END_SIZE
  const at = tail.getUint32(last, true) === END && tail.getUint16(last + 20, true) === 0 ? last : lastEnd(tail)
  if (at < 0 || at > last) throw new DirectoryError('not a ZIP file')
  const plain = { at: from + at, size: tail.getUint32(at + 12, true), offset: tail.getUint32(at + 16, true) }
  return (await findEnd64(file, from + at)) ?? plain
}

function lastEnd(tail: DataView<ArrayBuffer>): number {
  for (let at = tail.byteLength - 4; at >= 0; at -= 1) if (tail.getUint32(at, true) === END) return at
  return -1
}

async function findEnd64(file: Blob, end: number): Promise<End | null> {
  const at = end - LOCATOR64_SIZE - END64_SIZE
  if (end < LOCATOR64_SIZE) return null
  const locator = view(await read(file, end - LOCATOR64_SIZE, LOCATOR64_SIZE))
  if (locator.getUint32(0, true) !== LOCATOR64) return null
  if (locator.getUint32(4, true) !== 0 || locator.getUint32(16, true) > 1) throw new DirectoryError('several disks')
  if (at < 0) throw new DirectoryError('not a ZIP file')
  const record = view(await read(file, at, END64_SIZE))
  if (record.getUint32(0, true) !== END64) return null
  return { at, size: long(record, 40), offset: long(record, 48) }
}

function readEntries(bytes: Bytes, size: number, shift: number): Entry[] {
  const entries: Entry[] = []
  for (let at = 0; at < size;) {
    if (at + CENTRAL_SIZE > bytes.length) throw new DirectoryError('truncated central directory')
    const head = view(bytes.subarray(at, at + CENTRAL_SIZE))
    if (head.getUint32(0, true) !== CENTRAL) throw new DirectoryError('bad magic number for central directory')
    const lengths = [28, 30, 32].map((place) => head.getUint16(place, true)) as [number, number, number]
    const named = at + CENTRAL_SIZE + lengths[0]
    entries.push(readEntry(head, bytes.subarray(at + CENTRAL_SIZE, named), bytes.subarray(named, named + lengths[1]), shift))
    at = named + lengths[1] + lengths[2]
  }
  return entries
}

function readEntry(head: DataView, rawName: Bytes, extra: Bytes, shift: number): Entry {
  if (head.getUint8(6) > MAX_VERSION) throw new DirectoryError('a later version of ZIP')
  const flags = head.getUint16(8, true)
  const statedName = flags & UTF8_NAME ? utf8Name(rawName) : fromCp437(rawName)
  const entry: Entry = {
    name: statedName.split('\0', 1)[0]!,
    statedName,
    rawName,
    flags,
    method: head.getUint16(10, true),
    crc: head.getUint32(16, true),
    compressedSize: head.getUint32(20, true),
    size: head.getUint32(24, true),
    externalAttributes: head.getUint32(38, true),
    offset: head.getUint32(42, true),
  }
  readExtra(entry, extra)
  entry.offset += shift
  return entry
}

function utf8Name(raw: Bytes): string {
  try {
    return fromUtf8(raw)
  } catch (error) {
    throw new DirectoryError('a name is not UTF-8', { cause: error })
  }
}

function readExtra(entry: Entry, extra: Bytes): void {
  for (let at = 0; at + 4 <= extra.length;) {
    const field = view(extra.subarray(at))
    const length = field.getUint16(2, true)
    if (4 + length > field.byteLength) throw new DirectoryError('corrupt extra field')
    if (field.getUint16(0, true) === 1) readZip64(entry, view(extra.subarray(at + 4, at + 4 + length)))
    at += 4 + length
  }
}

function readZip64(entry: Entry, field: DataView): void {
  let at = 0
  for (const member of ['size', 'compressedSize', 'offset'] as const) {
    if (entry[member] !== UNKNOWN) continue
    if (at + 8 > field.byteLength) throw new DirectoryError('corrupt zip64 extra field')
    entry[member] = long(field, at)
    at += 8
  }
}

function long(data: DataView, at: number): number {
  return Number(data.getBigUint64(at, true))
}

function view(bytes: Bytes): DataView<ArrayBuffer> {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

async function read(file: Blob, offset: number, length: number): Promise<Bytes> {
  return new Uint8Array(await file.slice(offset, offset + length).arrayBuffer())
}
