/** Content at rest: AES-256-GCM, a fresh 96-bit nonce for every write, the place it belongs to as associated data. */

import { fromUtf8, randomBytes, utf8, type Bytes } from './bytes'

export interface Box {
  iv: Bytes
  sealed: ArrayBuffer
}

const parameters = (iv: Bytes, place: string) => ({ name: 'AES-GCM', iv, additionalData: utf8(place) })

/** Encrypt bytes for one place of the store; a box moved elsewhere does not open. */
export async function sealBytes(key: CryptoKey, place: string, data: BufferSource): Promise<Box> {
  const iv = randomBytes(12)
  return { iv, sealed: await crypto.subtle.encrypt(parameters(iv, place), key, data) }
}

/** Decrypt; throws an OperationError when key, place or content is not the one that was sealed. */
export async function openBytes(key: CryptoKey, place: string, box: Box): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.decrypt(parameters(box.iv, place), key, box.sealed))
}

export async function sealJson(key: CryptoKey, place: string, value: unknown): Promise<Box> {
  return sealBytes(key, place, utf8(JSON.stringify(value)))
}

export async function openJson(key: CryptoKey, place: string, box: Box): Promise<unknown> {
  return JSON.parse(fromUtf8(await openBytes(key, place, box)))
}
