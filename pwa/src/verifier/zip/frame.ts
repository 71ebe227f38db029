/**
 * The one exact form in which the office frames a pack (docs/decisions/0012): stored entries, fixed time and
 * mode, sizes in data descriptors because the writer streams. Given what the directory says, these are the
 * bytes that must stand there.
 */

import { utf8, type Bytes } from '../../shared/crypto'
import { UTF8_NAME } from './directory'

const DESCRIPTOR_FLAG = 0x08
const FIRST_OF_1980 = 0x21
const VERSION = 20
const VERSION_ZIP64 = 45
const UNIX = 3
const REGULAR_FILE = 0o100644
const LIMIT = 2 ** 31 - 1
const COUNT_LIMIT = 0xffff
const UNKNOWN = 0xffffffff

/** One file as the writer knows it when it comes to the directory. */
export interface Written {
  name: string
  size: number
  crc: number
  offset: number
}

/** The local header: name and stated size are known, sizes follow the data. */
export function localHeader(name: string, size: number): Bytes {
  const raw = utf8(name)
  const large = isLarge(size)
  return join([
    pack(
      [4, 0x04034b50], [2, large ? VERSION_ZIP64 : VERSION], [2, flagsOf(name)], [2, 0], [2, 0], [2, FIRST_OF_1980], [4, 0],
      [4, large ? UNKNOWN : 0], [4, large ? UNKNOWN : 0], [2, raw.length], [2, large ? 20 : 0],
    ),
    raw,
    large ? pack([2, 1], [2, 16], [8, 0], [8, 0]) : pack(),
  ])
}

/** What follows a file's data: checksum and sizes. `stated` is the size that the header was written for. */
export function dataDescriptor(crc: number, size: number, stated: number): Bytes {
  const width = isLarge(stated) ? 8 : 4
  return pack([4, 0x08074b50], [4, crc], [width, size], [width, size])
}

/** The central directory, which begins at `start`, and the records after it. */
export function directory(files: readonly Written[], start: number): Bytes {
  const entries = join(files.map(centralHeader))
  const count = Math.min(files.length, COUNT_LIMIT)
  const end = pack(
    [4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, Math.min(entries.length, UNKNOWN)], [4, Math.min(start, UNKNOWN)], [2, 0],
  )
  const needs64 = files.length > COUNT_LIMIT || start > LIMIT || entries.length > LIMIT
  return needs64 ? join([entries, end64(files.length, entries.length, start), end]) : join([entries, end])
}

function centralHeader({ name, size, crc, offset }: Written): Bytes {
  const raw = utf8(name)
  const long = [...(size > LIMIT ? [size, size] : []), ...(offset > LIMIT ? [offset] : [])]
  const version = long.length > 0 || isLarge(size) ? VERSION_ZIP64 : VERSION
  const stated = size > LIMIT ? UNKNOWN : size
  return join([
    pack(
      [4, 0x02014b50], [1, version], [1, UNIX], [2, version], [2, flagsOf(name)], [2, 0], [2, 0], [2, FIRST_OF_1980], [4, crc],
      [4, stated], [4, stated], [2, raw.length], [2, long.length ? 4 + 8 * long.length : 0], [2, 0], [2, 0], [2, 0],
      [4, REGULAR_FILE * 0x10000], [4, offset > LIMIT ? UNKNOWN : offset],
    ),
    raw,
    long.length ? pack([2, 1], [2, 8 * long.length], ...long.map((value): Field => [8, value])) : pack(),
  ])
}

function end64(count: number, size: number, start: number): Bytes {
  return pack(
    [4, 0x06064b50], [8, 44], [2, 45], [2, 45], [4, 0], [4, 0], [8, count], [8, count], [8, size], [8, start],
    [4, 0x07064b50], [4, 0], [8, start + size], [4, 1],
  )
}

/** The writer leaves room: it decides before it has seen the data. */
function isLarge(size: number): boolean {
  return size * 1.05 > LIMIT
}

function flagsOf(name: string): number {
  return /^[\x00-\x7f]*$/.test(name) ? DESCRIPTOR_FLAG : DESCRIPTOR_FLAG | UTF8_NAME
}

/** Width in bytes and value, little-endian. */
type Field = [1 | 2 | 4 | 8, number]

function pack(...fields: Field[]): Bytes {
  const data = new DataView(new ArrayBuffer(fields.reduce((sum, [width]) => sum + width, 0)))
  let at = 0
  for (const [width, value] of fields) {
    if (width === 8) data.setBigUint64(at, BigInt(value), true)
    else if (width === 4) data.setUint32(at, value, true)
    else if (width === 2) data.setUint16(at, value, true)
    else data.setUint8(at, value)
    at += width
  }
  return new Uint8Array(data.buffer)
}

function join(parts: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
