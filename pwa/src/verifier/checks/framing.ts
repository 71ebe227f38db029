/** The archive's own bytes: exactly as written, or at least without contradiction. */

import { partition, sameBytes } from '../basics'
import { ArchiveError, type Archive } from '../zip/archive'
import type { Entry } from '../zip/directory'
import { dataDescriptor, directory, localHeader, type Written } from '../zip/frame'
import type { Bytes } from '../../shared/crypto'
import { finding, type Findings, type Reading } from './reading'

const DESCRIPTOR_LIMIT = 24 // the longest data descriptor there is
const LENGTHS = 4 // a local header's fixed part ends in the lengths of name and extra field

/**
 * Find bytes of the container that were changed. A pack in the writer's own form must be what the writer
 * makes of its files, byte for byte. One that was packed again by another tool is still a pack; then local
 * headers must agree with the directory, and nothing may hide before, between or behind the files.
 */
export async function* checkFraming(reading: Reading): Findings {
  const { archive } = reading
  try {
    yield* (await isInWritersForm(archive)) ? rewritten(archive) : consistent(archive)
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error
    yield finding('', error.code, error.detail)
  }
}

async function isInWritersForm(archive: Archive): Promise<boolean> {
  for (const entry of archive.entries) {
    const { fixed } = await archive.localHeader(entry)
    const length = fixed.length - LENGTHS
    if (sameBytes(fixed.subarray(0, length), localHeader(entry.name, entry.size).subarray(0, length))) return true
  }
  return false
}

/** Write the container again from its own files and compare it with what stands there. */
async function* rewritten(archive: Archive): Findings {
  let offset = 0
  async function* compare(piece: Bytes): Findings {
    if (!sameBytes(await archive.raw(offset, piece.length), piece)) {
      yield finding(fileAt(archive, offset), 'pack-zip-altered', `@${offset}`)
    }
    offset += piece.length
  }
  const written: Written[] = []
  for (const entry of archive.entries) {
    const begin = offset
    yield* compare(localHeader(entry.name, entry.size))
    const data = offset
    // What was read from its very place is what stands there; it need not be read again.
    if (entry.method === 0 && (await archive.localHeader(entry)).data === data) offset += entry.size
    else for await (const piece of archive.pieces(entry)) yield* compare(piece)
    const size = offset - data
    const crc = await archive.checksum(entry)
    yield* compare(dataDescriptor(crc, size, entry.size))
    written.push({ name: entry.name, size, crc, offset: begin })
  }
  yield* compare(directory(written, offset))
  if (offset !== archive.size) yield finding('', 'pack-zip-altered', `@${offset}`)
}

/** Path of the file whose frame holds this byte; empty behind the last file. */
function fileAt(archive: Archive, offset: number): string {
  if (offset >= archive.directoryStart) return ''
  const after = archive.entries.findIndex((entry) => entry.offset > offset)
  const last = archive.entries.at(after < 0 ? -1 : after - 1)
  return after === 0 || !last ? '' : belowRoot(last.name)
}

async function* consistent(archive: Archive): Findings {
  let end = 0
  for (const entry of [...archive.entries].sort((one, other) => one.offset - other.offset)) {
    const { fixed, name, data } = await archive.localHeader(entry)
    if (!agrees(entry, fixed, name) || !isBetween(entry.offset - end, end ? DESCRIPTOR_LIMIT : 0)) {
      yield finding(belowRoot(entry.name), 'pack-zip-altered', `@${end}`)
    }
    end = data + entry.compressedSize
  }
  if (!isBetween(archive.directoryStart - end, DESCRIPTOR_LIMIT)) yield finding('', 'pack-zip-altered', `@${end}`)
}

function agrees(entry: Entry, fixed: Bytes, name: Bytes): boolean {
  const fields = new DataView(fixed.buffer)
  const [flags, method] = [fields.getUint16(6, true), fields.getUint16(8, true)]
  return flags === entry.flags && method === entry.method && sameBytes(name, entry.rawName)
}

function belowRoot(name: string): string {
  return partition(name, '/')[1] || name
}

function isBetween(gap: number, limit: number): boolean {
  return gap >= 0 && gap <= limit
}
