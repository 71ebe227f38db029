/**
 * Reading a pack's ZIP that a stranger sent. Whatever the bytes, only `ArchiveError` is thrown; nothing is
 * held whole but documents and pictures of bounded size.
 */

import { newDigest, sha256Hex, type Bytes } from '../../shared/crypto'
import { crc32 } from './crc32'
import { readDirectory, UTF8_NAME, type Directory, type Entry } from './directory'
import { fromCp437 } from './cp437'

export const STORED = 0
export const DEFLATED = 8
/** No document of a pack, and no picture that is decoded, has more bytes than this. */
const SMALL_FILE = 64 << 20
const PIECE = 1 << 20
/** Up to here a file is hashed in one call by WebCrypto, which is faster than hashing in pieces. */
const ONE_CALL = 32 << 20
const LOCAL = 0x04034b50
const LOCAL_SIZE = 30
const ENCRYPTED = 0x01
const PATCHED = 0x20
const STRONGLY_ENCRYPTED = 0x40

/** The archive, or one file in it, cannot be read; `code` is a fault code. */
export class ArchiveError extends Error {
  constructor(readonly code: string, readonly detail: string, options?: ErrorOptions) {
    super(`${code}: ${detail}`, options)
  }
}

/** A local header as it stands: its fixed part, the name after it, and where the data begin. */
export interface LocalHeader {
  fixed: Bytes
  name: Bytes
  data: number
}

/** An opened ZIP: entries in directory order, files by their path below the pack's folder. */
export class Archive {
  readonly entries: readonly Entry[]
  readonly directoryStart: number
  root = ''
  files = new Map<string, Entry>()
  private readonly checksums = new Map<Entry, number>()

  private constructor(private readonly file: Blob, directory: Directory) {
    this.entries = directory.entries
    this.directoryStart = directory.start
  }

  /** Open and read the directory. Throws `ArchiveError`: `pack-not-a-pack`, `pack-zip-damaged`. */
  static async open(file: Blob): Promise<Archive> {
    try {
      return new Archive(file, await readDirectory(file))
    } catch (error) {
      const code = (await beginsLikeAPack(file)) ? 'pack-zip-damaged' : 'pack-not-a-pack'
      throw new ArchiveError(code, messageOf(error), { cause: error })
    }
  }

  get size(): number {
    return this.file.size
  }

  /** Whether the file starts as a pack does, whatever became of its directory. */
  beginsLikeAPack(): Promise<boolean> {
    return beginsLikeAPack(this.file)
  }

  /** Fix the pack's folder; `files` then holds what lies below it. */
  place(root: string): void {
    this.root = root
    const below = (name: string): string => (name.startsWith(`${root}/`) ? name.slice(root.length + 1) : name)
    this.files = new Map(this.entries.filter((entry) => !isFolder(entry)).map((entry) => [below(entry.name), entry]))
  }

  /** Bytes of the archive itself; fewer at its end. Throws `ArchiveError`. */
  async raw(offset: number, length: number): Promise<Bytes> {
    if (offset < 0) throw new ArchiveError('pack-zip-damaged', 'a place before the beginning')
    return new Uint8Array(await this.file.slice(offset, offset + length).arrayBuffer())
  }

  /** Throws `ArchiveError` (`pack-zip-damaged`) where no local header stands. */
  async localHeader(entry: Entry): Promise<LocalHeader> {
    const fixed = await this.raw(entry.offset, LOCAL_SIZE)
    const fields = new DataView(fixed.buffer)
    if (fixed.length !== LOCAL_SIZE || fields.getUint32(0, true) !== LOCAL) {
      throw new ArchiveError('pack-zip-damaged', 'no local header')
    }
    const named = entry.offset + LOCAL_SIZE + fields.getUint16(26, true)
    return { fixed, name: await this.raw(entry.offset + LOCAL_SIZE, fields.getUint16(26, true)), data: named + fields.getUint16(28, true) }
  }

  /** Read a small file whole. Throws `ArchiveError`: `pack-file-missing`, `pack-too-large`, `pack-zip-damaged`. */
  async read(path: string): Promise<Bytes> {
    const entry = this.files.get(path)
    if (!entry) throw new ArchiveError('pack-file-missing', '')
    if (entry.size > SMALL_FILE) throw new ArchiveError('pack-too-large', '')
    return this.whole(entry)
  }

  /** Hex SHA-256 of a file; `progress` is told the bytes of each piece. Throws `ArchiveError` (`pack-zip-damaged`). */
  async sha256(entry: Entry, progress: (bytes: number) => void): Promise<string> {
    if (entry.size <= ONE_CALL) {
      const bytes = await this.whole(entry)
      progress(bytes.length)
      this.checksums.set(entry, crc32(bytes))
      return sha256Hex(bytes)
    }
    const digest = newDigest()
    let checksum = 0
    for await (const piece of this.pieces(entry)) {
      digest.update(piece)
      checksum = crc32(piece, checksum)
      progress(piece.length)
    }
    this.checksums.set(entry, checksum)
    return digest.hex()
  }

  /** CRC-32 of an entry's content. Throws `ArchiveError` (`pack-zip-damaged`). */
  async checksum(entry: Entry): Promise<number> {
    let checksum = this.checksums.get(entry)
    if (checksum === undefined) {
      checksum = 0
      for await (const piece of this.pieces(entry)) checksum = crc32(piece, checksum)
      this.checksums.set(entry, checksum)
    }
    return checksum
  }

  /** An entry's content in pieces, never more than its stated size. Throws `ArchiveError` (`pack-zip-damaged`). */
  pieces(entry: Entry): AsyncGenerator<Bytes> {
    return entry.method === STORED ? this.stored(entry) : this.inflated(entry)
  }

  private async whole(entry: Entry): Promise<Bytes> {
    if (entry.method === STORED) {
      const bytes = await this.raw((await this.localHeader(entry)).data, entry.size)
      if (bytes.length < entry.size) throw new ArchiveError('pack-zip-damaged', 'the archive ends early')
      return bytes
    }
    const whole = new Uint8Array(Math.min(entry.size, SMALL_FILE))
    let at = 0
    for await (const piece of this.pieces(entry)) {
      whole.set(piece, at)
      at += piece.length
    }
    return whole.subarray(0, at)
  }

  private async *stored(entry: Entry): AsyncGenerator<Bytes> {
    let { data: offset } = await this.localHeader(entry)
    for (let left = entry.size; left > 0;) {
      const piece = await this.raw(offset, Math.min(PIECE, left))
      if (piece.length === 0) throw new ArchiveError('pack-zip-damaged', 'the archive ends early')
      yield piece
      offset += piece.length
      left -= piece.length
    }
  }

  private async *inflated(entry: Entry): AsyncGenerator<Bytes> {
    const { fixed, name, data } = await this.localHeader(entry)
    refuseUnreadable(entry, fixed, name)
    const stream = this.file.slice(data, data + entry.compressedSize).stream().pipeThrough(new DecompressionStream('deflate-raw'))
    const reader = stream.getReader()
    let left = entry.size
    let checksum = 0
    try {
      while (left > 0) {
        const { done, value } = await reader.read()
        if (done) break
        const piece = (value as Bytes).subarray(0, left)
        left -= piece.length
        checksum = crc32(piece, checksum)
        yield piece
      }
      if (left === 0) await refuseMore(reader)
    } catch (error) {
      throw error instanceof ArchiveError ? error : new ArchiveError('pack-zip-damaged', messageOf(error), { cause: error })
    } finally {
      // Frees the decompressor; what it still held is of no interest.
      void reader.cancel().catch(() => undefined)
    }
    if (left !== 0 || checksum !== entry.crc) throw new ArchiveError('pack-zip-damaged', 'size or CRC-32')
  }
}

/** A folder's name ends with a slash. */
export function isFolder(entry: Entry): boolean {
  return entry.name.endsWith('/')
}

/** Whatever follows the stated end of a deflated file could hide there. */
async function refuseMore(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  const { done } = await reader.read()
  if (!done) throw new ArchiveError('pack-zip-damaged', 'more than its stated size')
}

function refuseUnreadable(entry: Entry, fixed: Bytes, name: Bytes): void {
  if (entry.method !== DEFLATED) throw new ArchiveError('pack-zip-damaged', 'a method that is not supported')
  if (entry.flags & (PATCHED | STRONGLY_ENCRYPTED | ENCRYPTED)) throw new ArchiveError('pack-zip-damaged', 'encrypted')
  const flags = new DataView(fixed.buffer).getUint16(6, true)
  const decode = flags & UTF8_NAME ? (raw: Bytes) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(raw) : fromCp437
  if (decode(name) !== entry.statedName) throw new ArchiveError('pack-zip-damaged', 'another name in its header')
}

async function beginsLikeAPack(file: Blob): Promise<boolean> {
  const start = fromCp437(new Uint8Array(await file.slice(0, 512).arrayBuffer()))
  return start.startsWith('PK\x03\x04') && start.includes('/bagit.txt')
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.split('\n', 1)[0]!.slice(0, 200) : String(error)
}
