/** tus 1.0.0 as PROTOCOL §5 uses it: creation, checksummed PATCH, HEAD to resume. No browser storage of its own. */

import { sha256, toBase64, utf8, type Bytes } from '../crypto'
import { OfficeError, problemOf, send } from './http'

const TUS = { 'Tus-Resumable': '1.0.0' }
/** Wait for another request of ours that the office still has in hand (423). */
const LOCKED_WAIT_MS = 1_500
const LOCKED_TRIES = 8

export interface Upload {
  location: string
  offset: number
}

export interface Target {
  token: string
  record: string
  sha256: string
  bytes: number
}

/** Create an upload. An offset equal to the length means: the office already holds it. */
export async function createUpload(target: Target): Promise<Upload> {
  const metadata = Object.entries({ sha256: target.sha256, record: target.record })
    .map(([name, value]) => `${name} ${toBase64(utf8(value))}`).join(',')
  const response = await send('/api/v1/uploads', {
    method: 'POST',
    headers: { ...TUS, ...bearer(target.token), 'Upload-Length': String(target.bytes), 'Upload-Metadata': metadata },
  })
  if (!response.ok) throw await problemOf(response)
  const location = response.headers.get('Location') ?? ''
  // A path, and no other origin written as one (`//elsewhere`): the token goes there.
  if (response.status !== 201 || !/^\/(?!\/)/.test(location)) throw notTheOffice(response)
  return { location, offset: offsetOf(response, 0) }
}

/** Ask how far an upload got; null when it is gone (expired, or dropped after a checksum mismatch). */
export async function resumeUpload(token: string, location: string): Promise<number | null> {
  const response = await send(location, { method: 'HEAD', headers: { ...TUS, ...bearer(token) } })
  if (isGone(response)) return null
  if (!response.ok) throw await problemOf(response)
  return offsetOf(response)
}

export type ChunkResult = { kind: 'at'; offset: number } | { kind: 'gone' }

/**
 * [Note: Bytes on their way] A body of bare bytes leaves Chromium at 15 MB/s, the same in a Blob at 240 (loopback).
 * A browser may move large Blobs to its disk in clear: `Pace` keeps chunks below what one is moved for (5 MB).
 *
 * Send one chunk from `offset` within `patienceMs`. After a conflict the office's own offset is the truth;
 * while another request holds the upload, wait. `gone`: the upload must be created anew.
 */
export async function sendChunk(
  token: string, location: string, offset: number, chunk: Bytes, patienceMs: number,
): Promise<ChunkResult> {
  const checksum = toBase64(await sha256(chunk))
  // See [Note: Bytes on their way].
  const body = new Blob([chunk])
  for (let tries = 0; ; tries += 1) {
    const response = await send(location, {
      method: 'PATCH',
      headers: {
        ...TUS, ...bearer(token), 'Content-Type': 'application/offset+octet-stream',
        'Upload-Offset': String(offset), 'Upload-Checksum': `sha256 ${checksum}`,
      },
      body,
    }, patienceMs)
    if (response.status === 204) return { kind: 'at', offset: offsetOf(response) }
    if (isGone(response)) return { kind: 'gone' }
    if (response.status === 409) return positionOf(token, location)
    if (response.status !== 423 || tries >= LOCKED_TRIES) throw await problemOf(response)
    await new Promise((resolve) => setTimeout(resolve, LOCKED_WAIT_MS))
    const now = await positionOf(token, location)
    if (now.kind === 'gone' || now.offset !== offset) return now
  }
}

async function positionOf(token: string, location: string): Promise<ChunkResult> {
  const offset = await resumeUpload(token, location)
  return offset === null ? { kind: 'gone' } : { kind: 'at', offset }
}

/**
 * The office itself says that this upload is no more: expired, or dropped after a checksum mismatch. Something
 * else's "not found" must not make the phone forget how far it got.
 */
function isGone(response: Response): boolean {
  return [404, 410, 460].includes(response.status) && response.headers.has('Tus-Resumable')
}

function offsetOf(response: Response, otherwise?: number): number {
  const header = response.headers.get('Upload-Offset')
  if (header === null && otherwise !== undefined) return otherwise
  const offset = Number(header)
  if (header === null || !Number.isSafeInteger(offset) || offset < 0) throw notTheOffice(response)
  return offset
}

function notTheOffice(response: Response): OfficeError {
  return new OfficeError('not-the-office', 'not-the-office', response.status)
}

function bearer(token: string) {
  return { Authorization: `Bearer ${token}` }
}
