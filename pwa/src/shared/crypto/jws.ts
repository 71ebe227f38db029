/** Compact JWS with ES256 (RFC 7515, RFC 7518 §3.4): nothing else is written or accepted. */

import { fromBase64Url, toBase64Url, utf8, type Bytes } from './bytes'
import { refusePrivate } from './jwk'
import { parseStrict } from './strictJson'

const ES256 = { name: 'ECDSA', hash: 'SHA-256' } as const

export interface JwsHeader {
  alg: 'ES256'
  typ: string
  kid?: string
  jwk?: object
}

export interface ParsedJws {
  header: Record<string, unknown>
  payload: Record<string, unknown>
  signed: Bytes
  signature: Bytes
}

/** Sign a JSON payload; WebCrypto's ECDSA already yields the r‖s form that JOSE wants. */
export async function signJws(key: CryptoKey, header: Omit<JwsHeader, 'alg'>, payload: object): Promise<string> {
  const text = `${encode({ alg: 'ES256', ...header })}.${encode(payload)}`
  const signature = await crypto.subtle.sign(ES256, key, utf8(text))
  return `${text}.${toBase64Url(new Uint8Array(signature))}`
}

/** Take a compact JWS apart without trusting it. Throws on what is not one, on `crit` and on another `alg`. */
export function parseJws(jws: string): ParsedJws {
  const parts = jws.split('.')
  if (parts.length !== 3) throw new Error('not a compact JWS')
  const [head, body, signature] = parts as [string, string, string]
  const header = decode(head)
  if (header.alg !== 'ES256') throw new Error('algorithm is not ES256')
  if ('crit' in header) throw new Error('critical header not understood')
  refusePrivate(header.jwk)
  return { header, payload: decode(body), signed: utf8(`${head}.${body}`), signature: fromBase64Url(signature) }
}

/** Verify and return the payload; throws when `typ` or the signature is not what it must be. */
export async function verifyJws(jws: string, key: CryptoKey, typ: string): Promise<ParsedJws> {
  const parsed = parseJws(jws)
  if (parsed.header.typ !== typ) throw new Error('other kind of document')
  if (parsed.signature.length !== 64) throw new Error('bad signature length')
  if (!(await crypto.subtle.verify(ES256, key, parsed.signature, parsed.signed))) throw new Error('signature does not fit')
  return parsed
}

function encode(value: object): string {
  return toBase64Url(utf8(JSON.stringify(value)))
}

function decode(part: string): Record<string, unknown> {
  const value = parseStrict(fromBase64Url(part))
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('not a JSON object')
  return value as Record<string, unknown>
}
