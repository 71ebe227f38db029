/** Work on photos, off the page's thread where that can be: scale and encode a shot, hash the original, make a preview, seal and write both. */

import { sha256Hex, type Bytes } from '../crypto'
import { commit, mediaChange, type Change } from '../store'
import type { MadePhoto, PhotoRequest, ToPhotoWorker } from './photoMessages'

/** Longest side of what the in-app camera keeps; a file keeps its bytes as they came. */
const LONGEST_PX = 2048
const QUALITY = 0.8
const THUMB_PX = 240

/** Sealed photos that no draft names yet. */
const made = new Map<string, Change[]>()

/** Do what a message asks for. */
export function work(message: ToPhotoWorker): Promise<MadePhoto | null> {
  return message.type === 'make' ? makeSealed(message.storeKey, message.id, message.request) : keep(message.id, message.draft)
}

async function makeSealed(storeKey: CryptoKey, id: string, request: PhotoRequest): Promise<MadePhoto> {
  const { data, thumb, mime, sha256 } = await make(request)
  made.set(id, [
    await mediaChange(storeKey, 'originals', id, data),
    ...(thumb ? [await mediaChange(storeKey, 'thumbs', id, thumb)] : []),
  ])
  return { bytes: data.byteLength, mime, sha256 }
}

/** [Note: Photo path] 1b · with the draft that names it, in one strict transaction; kept or not, it leaves memory. */
async function keep(id: string, draft: Change): Promise<null> {
  const photo = made.get(id)
  made.delete(id)
  if (!photo) throw new Error('no such photo')
  await commit([...photo, draft])
  return null
}

interface Picture {
  data: Bytes
  /** JPEG preview, or null when this browser cannot decode the picture. */
  thumb: Bytes | null
  mime: string
  sha256: string
}

async function make(request: PhotoRequest): Promise<Picture> {
  if (request.kind === 'file') return fromFile(request.file)
  const frame = request.frame
  const data = await jpeg(frame, LONGEST_PX, QUALITY, true)
  const thumb = await jpeg(frame, THUMB_PX, 0.7, true)
  frame.close()
  return { data, thumb, mime: 'image/jpeg', sha256: await sha256Hex(data) }
}

async function fromFile(file: Blob): Promise<Picture> {
  const data = new Uint8Array(await file.arrayBuffer())
  const thumb = await previewOf(file)
  return { data, thumb, mime: file.type || 'application/octet-stream', sha256: await sha256Hex(data) }
}

/** A small preview, or null when this browser cannot decode the picture: it is kept and sent all the same. */
async function previewOf(file: Blob): Promise<Bytes | null> {
  try {
    const bitmap = await createImageBitmap(file)
    const thumb = await jpeg(bitmap, THUMB_PX, 0.7)
    bitmap.close()
    return thumb
  } catch {
    // HEIC outside Safari, a broken file: the office decides what it is worth.
    return null
  }
}

/**
 * A canvas beyond a phone's limit (16.7 million pixels, less when memory is short) stays empty without a word: of an
 * `opaque` source a transparent middle tells it, and the shot fails aloud instead of being kept as a black picture.
 */
async function jpeg(source: ImageBitmap, longest: number, quality: number, opaque = false): Promise<Bytes> {
  const factor = Math.min(1, longest / Math.max(source.width, source.height))
  const width = Math.max(1, Math.round(source.width * factor))
  const height = Math.max(1, Math.round(source.height * factor))
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  context.imageSmoothingQuality = 'high'
  context.drawImage(source, 0, 0, width, height)
  if (opaque && context.getImageData(width >> 1, height >> 1, 1, 1).data[3] !== 255) throw new Error('the picture stayed empty')
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality })
  if (blob.type !== 'image/jpeg' || blob.size === 0) throw new Error('the picture was not encoded')
  return new Uint8Array(await blob.arrayBuffer())
}
