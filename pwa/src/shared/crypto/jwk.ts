/** Public P-256 keys: JWK, RFC 7638 thumbprint, the comparison number. */

import { fromBase64Url, toBase64Url, type Bytes } from './bytes'
import { sha256 } from './hash'

export interface PublicJwk {
  kty: 'EC'
  crv: 'P-256'
  x: string
  y: string
}

const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv']

export const EC = { name: 'ECDSA', namedCurve: 'P-256' } as const

/**
 * Read a value as a public P-256 JWK and keep only its four public members.
 * Throws on private members, another curve, or coordinates that are not 32 bytes.
 */
export function publicJwk(value: unknown): PublicJwk {
  const jwk = Object(value) as Record<string, unknown>
  const { kty, crv, x, y } = jwk
  if (kty !== 'EC' || crv !== 'P-256' || typeof x !== 'string' || typeof y !== 'string') throw new Error('not a P-256 key')
  refusePrivate(jwk)
  if (fromBase64Url(x).length !== 32 || fromBase64Url(y).length !== 32) throw new Error('bad coordinate')
  return { kty, crv, x, y }
}

/** Throws if a private member stands in a JWK (PROTOCOL §1). */
export function refusePrivate(jwk: unknown): void {
  const members = Object(jwk) as object
  if (PRIVATE_MEMBERS.some((name) => Object.hasOwn(members, name))) throw new Error('private key where a public one belongs')
}

async function thumbprintBytes(jwk: PublicJwk): Promise<Bytes> {
  // RFC 7638 §3.2: required members only, in lexicographic order, no white space.
  return sha256(JSON.stringify({ crv: jwk.crv, kty: jwk.kty, x: jwk.x, y: jwk.y }))
}

/** RFC 7638 thumbprint with SHA-256, base64url. */
export async function thumbprint(jwk: PublicJwk): Promise<string> {
  return toBase64Url(await thumbprintBytes(jwk))
}

/** The 20 digits both sides compare: the thumbprint as a big-endian integer modulo 10^20 (PROTOCOL §2). */
export async function comparisonNumber(jwk: PublicJwk): Promise<string> {
  let value = 0n
  for (const byte of await thumbprintBytes(jwk)) value = (value << 8n) | BigInt(byte)
  return (value % 10n ** 20n).toString().padStart(20, '0')
}

/** Import a public key for verifying; throws on a point that is not on the curve. */
export async function importPublic(jwk: PublicJwk): Promise<CryptoKey> {
  return crypto.subtle.importKey('jwk', { ...jwk }, EC, true, ['verify'])
}

/** The public JWK of a key that was generated here. */
export async function exportPublic(key: CryptoKey): Promise<PublicJwk> {
  return publicJwk(await crypto.subtle.exportKey('jwk', key))
}
