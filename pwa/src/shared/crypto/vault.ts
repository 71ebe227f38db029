/**
 * Keys at rest. A wrapping key comes out of the PIN or passphrase (PBKDF2); every other key is
 * generated in memory, wrapped by it *before* its first write, and used only in its unwrapped,
 * non-extractable form. A "non-extractable" key stored as it is would lie readable on the disk.
 */

import { randomBytes, utf8, type Bytes } from './bytes'
import { EC, exportPublic, type PublicJwk } from './jwk'

/** OWASP's figure for PBKDF2-HMAC-SHA-256; about 0.1 s on a desktop, ten times that on a cheap phone. */
export const ITERATIONS = 600_000

export interface Derivation {
  salt: Bytes
  iterations: number
}

export interface WrappedKey {
  iv: Bytes
  wrapped: ArrayBuffer
}

const GCM = { name: 'AES-GCM', length: 256 } as const

/** A new salt and today's cost. */
export function newDerivation(): Derivation {
  return { salt: randomBytes(16), iterations: ITERATIONS }
}

/** Derive the wrapping key. The text is normalised, so that two keyboards give the same passphrase. */
export async function deriveWrappingKey(secret: string, { salt, iterations }: Derivation): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey('raw', utf8(secret.normalize('NFKC')), 'PBKDF2', false, ['deriveKey'])
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, base, GCM, false, ['wrapKey', 'unwrapKey'],
  )
}

export interface NewSigningKey {
  privateKey: CryptoKey
  publicJwk: PublicJwk
  wrapped: WrappedKey
}

/** A fresh P-256 signing key, wrapped for the place `id`; what is returned for use cannot be exported. */
export async function newSigningKey(wrapping: CryptoKey, id: string): Promise<NewSigningKey> {
  const pair = await crypto.subtle.generateKey(EC, true, ['sign', 'verify'])
  const wrapped = await wrap('pkcs8', pair.privateKey, wrapping, id)
  return { wrapped, publicJwk: await exportPublic(pair.publicKey), privateKey: await unwrapSigningKey(wrapping, id, wrapped) }
}

/** A fresh P-256 key that signs once and is never written: no one can sign with it again. */
export async function newPassingKey(): Promise<Omit<NewSigningKey, 'wrapped'>> {
  const pair = await crypto.subtle.generateKey(EC, false, ['sign', 'verify'])
  return { privateKey: pair.privateKey, publicJwk: await exportPublic(pair.publicKey) }
}

/** A fresh store key (AES-256-GCM), wrapped; what is returned for use cannot be exported. */
export async function newStoreKey(wrapping: CryptoKey, id: string): Promise<{ key: CryptoKey; wrapped: WrappedKey }> {
  const key = await crypto.subtle.generateKey(GCM, true, ['encrypt', 'decrypt'])
  const wrapped = await wrap('raw', key, wrapping, id)
  return { wrapped, key: await unwrapStoreKey(wrapping, id, wrapped) }
}

/** Unwrap a signing key; throws an OperationError when the PIN was wrong. */
export async function unwrapSigningKey(wrapping: CryptoKey, id: string, { iv, wrapped }: WrappedKey): Promise<CryptoKey> {
  return crypto.subtle.unwrapKey('pkcs8', wrapped, wrapping, parameters(iv, id), EC, false, ['sign'])
}

/** Unwrap the store key; throws an OperationError when the PIN was wrong. */
export async function unwrapStoreKey(wrapping: CryptoKey, id: string, { iv, wrapped }: WrappedKey): Promise<CryptoKey> {
  return crypto.subtle.unwrapKey('raw', wrapped, wrapping, parameters(iv, id), GCM, false, ['encrypt', 'decrypt'])
}

/** Wrap a key anew under another wrapping key; it is extractable only between these two lines. */
export async function rewrapKey(
  from: CryptoKey, to: CryptoKey, id: string, { iv, wrapped }: WrappedKey, kind: 'signing' | 'store',
): Promise<WrappedKey> {
  const [format, algorithm, uses] = kind === 'store'
    ? (['raw', GCM, ['encrypt', 'decrypt']] as const) : (['pkcs8', EC, ['sign']] as const)
  const key = await crypto.subtle.unwrapKey(format, wrapped, from, parameters(iv, id), algorithm, true, [...uses])
  return wrap(format, key, to, id)
}

/** Bytes that look like a wrapped store key and open with nothing. */
export function emptyLock(): WrappedKey {
  return { iv: randomBytes(12), wrapped: randomBytes(48).buffer }
}

async function wrap(format: 'raw' | 'pkcs8', key: CryptoKey, wrapping: CryptoKey, id: string): Promise<WrappedKey> {
  const iv = randomBytes(12)
  return { iv, wrapped: await crypto.subtle.wrapKey(format, key, wrapping, parameters(iv, id)) }
}

function parameters(iv: Bytes, id: string) {
  return { name: 'AES-GCM', iv, additionalData: utf8(`key/${id}`) }
}
