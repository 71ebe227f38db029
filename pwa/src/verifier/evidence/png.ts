/**
 * Decoding the one kind of PNG that a pack publishes: RGB, eight bits, not interlaced, no chunk but header,
 * pixels and end. The pixels must be exact to the bit, so no canvas with its colour management decodes them.
 */

import type { Bytes } from '../../shared/crypto'
import { crc32 } from '../zip/crc32'
import type { Pixels } from './tiles'

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const LONGEST_SIDE = 2048
const RGB_HEADER = '8,2,0,0,0' // depth, colour type, compression, filter, interlace

/** It is not such a picture; `part` names what is wrong with it. */
export class PngError extends Error {
  constructor(readonly part: string, options?: ErrorOptions) {
    super(part, options)
  }
}

interface Chunk {
  kind: string
  body: Bytes
}

/** Decode. Throws `PngError`. */
export async function decodePng(data: Bytes): Promise<Pixels> {
  const chunks = [...chunksOf(data)]
  const { width, height } = requirePlain(chunks)
  const stride = 1 + width * 3
  const rows = await inflate(chunks.slice(1, -1).map((chunk) => chunk.body), stride * height)
  const rgb = new Uint8Array(width * 3 * height)
  for (let y = 0; y < height; y += 1) unfilter(rows.subarray(y * stride, (y + 1) * stride), rgb, y * width * 3, width * 3)
  return { width, height, rgb }
}

function* chunksOf(data: Bytes): Generator<Chunk> {
  if (SIGNATURE.some((byte, at) => data[at] !== byte)) throw new PngError('signature')
  const fields = new DataView(data.buffer, data.byteOffset, data.byteLength)
  for (let at = SIGNATURE.length; at < data.length;) {
    if (at + 8 > data.length) throw new PngError('chunks')
    const end = at + 8 + fields.getUint32(at)
    if (end + 4 > data.length || crc32(data.subarray(at + 4, end)) !== fields.getUint32(end)) throw new PngError('checksum')
    yield { kind: String.fromCharCode(...data.subarray(at + 4, at + 8)), body: data.subarray(at + 8, end) }
    at = end + 4
  }
}

/** Only header, pixels and end, so that nothing can hide in the file and nothing large is unpacked. */
function requirePlain(chunks: Chunk[]): { width: number; height: number } {
  const [first, ...rest] = chunks
  const last = rest.pop()
  const plain = first?.kind === 'IHDR' && last?.kind === 'IEND' && rest.length > 0 && rest.every(({ kind }) => kind === 'IDAT')
  if (!plain) throw new PngError('chunks')
  if (first.body.length !== 13) throw new PngError('IHDR')
  const header = new DataView(first.body.buffer, first.body.byteOffset, 13)
  if (first.body.subarray(8).join() !== RGB_HEADER) throw new PngError('RGB')
  const [width, height] = [header.getUint32(0), header.getUint32(4)]
  if (width < 1 || width > LONGEST_SIDE || height < 1 || height > LONGEST_SIDE) throw new PngError('size')
  return { width, height }
}

async function inflate(parts: Bytes[], size: number): Promise<Bytes> {
  try {
    const stream = new Blob(parts).stream().pipeThrough(new DecompressionStream('deflate'))
    return await exactly(stream.getReader(), size)
  } catch (error) {
    throw new PngError('IDAT', { cause: error })
  }
}

async function exactly(reader: ReadableStreamDefaultReader<Uint8Array>, size: number): Promise<Bytes> {
  const whole = new Uint8Array(size)
  let at = 0
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    if (at + value!.length > size) throw new Error('more pixels than its header says')
    whole.set(value!, at)
    at += value!.length
  }
  if (at !== size) throw new Error('fewer pixels than its header says')
  return whole
}

/** Undo one row's filter [PNG §9.2]; three bytes a pixel. */
function unfilter(row: Bytes, rgb: Bytes, at: number, width: number): void {
  const kind = row[0]!
  if (kind > 4) throw new PngError('IDAT')
  for (let x = 0; x < width; x += 1) {
    const left = x >= 3 ? rgb[at + x - 3]! : 0
    const up = at > 0 ? rgb[at - width + x]! : 0
    const corner = at > 0 && x >= 3 ? rgb[at - width + x - 3]! : 0
    // The array keeps the lowest eight bits, as the filter's arithmetic wants.
    rgb[at + x] = row[x + 1]! + predicted(kind, left, up, corner)
  }
}

function predicted(kind: number, left: number, up: number, corner: number): number {
  if (kind === 0) return 0
  if (kind === 1) return left
  if (kind === 2) return up
  if (kind === 3) return (left + up) >> 1
  const [dl, du, dc] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)]
  if (dl <= du && dl <= dc) return left
  return du <= dc ? up : corner
}
