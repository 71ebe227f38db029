/** [Note: Photo path] 3 · sync worker: a sealed original travels to the office in checksummed chunks. */

import type { OutboxEntry, OutboxMedia } from '../../domain/outbox'
import type { Bytes } from '../crypto'
import { readMedia } from '../store'
import { OfficeError } from './http'
import type { Pace } from './pace'
import { createUpload, resumeUpload, sendChunk, type ChunkResult } from './tus'

/** The same bytes refused this often in one go: something between here and the office changes them. */
const REBIRTHS = 3

export interface Courier {
  storeKey: CryptoKey
  token: () => Promise<string>
  pace: Pace
  /** Whether photos may take the present way to the network. */
  photosMayGo: () => boolean
  /** The confirmed position changed: it is kept for a later resume while the next bytes travel. */
  moved: (entry: OutboxEntry) => void
  /** Resolves when everything that moved is kept; rejects when that failed for this entry. */
  kept: (entry: OutboxEntry) => Promise<void>
}

/** Deliver one photo; on return the office has confirmed its last byte. Throws an OfficeError. */
export async function deliverPhoto(courier: Courier, entry: OutboxEntry, photo: OutboxMedia): Promise<void> {
  const data = await readMedia(courier.storeKey, 'originals', photo.id)
  if (!data) throw new OfficeError('refused', 'original-missing')
  for (let births = 0; births < REBIRTHS; births += 1) {
    await placeUpload(courier, entry, photo)
    if (await pushAll(courier, entry, photo, data)) return
    photo.location = null
    photo.offset = 0
  }
  throw new OfficeError('busy', 'upload-keeps-breaking')
}

async function placeUpload(courier: Courier, entry: OutboxEntry, photo: OutboxMedia): Promise<void> {
  if (photo.location) {
    const offset = await resumeUpload(await courier.token(), photo.location)
    if (offset !== null) {
      photo.offset = offset
      // Bytes of a piece that broke off have arrived as well.
      courier.moved(entry)
      return
    }
  }
  const target = { token: await courier.token(), record: entry.record, sha256: photo.sha256, bytes: photo.bytes }
  Object.assign(photo, await createUpload(target))
  courier.moved(entry)
}

async function pushAll(courier: Courier, entry: OutboxEntry, photo: OutboxMedia, data: Bytes): Promise<boolean> {
  while (photo.offset < data.length) {
    const result = await pushOne(courier, photo, data.subarray(photo.offset, photo.offset + courier.pace.bytes))
    if (result.kind === 'gone') return false
    photo.offset = result.offset
    if (photo.offset < data.length) courier.moved(entry)
  }
  photo.held = true
  courier.moved(entry)
  return true
}

async function pushOne({ token, pace }: Courier, photo: OutboxMedia, chunk: Bytes): Promise<ChunkResult> {
  const access = await token()
  const began = performance.now()
  try {
    const result = await sendChunk(access, photo.location!, photo.offset, chunk, pace.patience(chunk.length))
    pace.went(chunk.length, performance.now() - began)
    return result
  } catch (error) {
    if (error instanceof OfficeError && error.failure === 'offline') pace.broke()
    throw error
  }
}
