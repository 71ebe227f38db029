/** Keys in PEM and signatures in DER, as `openssl` writes them. */

import { fromBase64, type Bytes } from './bytes'
import { EC, exportPublic, type PublicJwk } from './jwk'

const PEM = /-----BEGIN PUBLIC KEY-----\s+([A-Za-z0-9+/=\s]+?)\s+-----END PUBLIC KEY-----/
const SEQUENCE = 0x30
const INTEGER = 0x02
const COORDINATE = 32

/** Read a P-256 public key (SubjectPublicKeyInfo) from PEM; throws on everything else. */
export async function publicFromPem(pem: string): Promise<PublicJwk> {
  const body = PEM.exec(pem)?.[1]
  if (body === undefined) throw new Error('not a public key in PEM')
  return exportPublic(await crypto.subtle.importKey('spki', fromBase64(body.replace(/\s/g, '')), EC, true, ['verify']))
}

/** Whether a DER signature (ECDSA P-256, SHA-256) is this key's over the data. Another spelling of a signature is none. */
export async function verifyDer(key: CryptoKey, data: Bytes, signature: Bytes): Promise<boolean> {
  const plain = fromDer(signature)
  return plain !== null && crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, plain, data)
}

/** r‖s of a DER signature in its only allowed spelling [X.690 §8.3, §10.1]; null for anything else. */
function fromDer(der: Bytes): Bytes | null {
  if (der[0] !== SEQUENCE || der[1] !== der.length - 2 || der.length > 72) return null
  const r = integerAt(der, 2)
  const s = r && integerAt(der, r.end)
  if (!r || !s || s.end !== der.length) return null
  const plain = new Uint8Array(2 * COORDINATE)
  plain.set(r.bytes, COORDINATE - r.bytes.length)
  plain.set(s.bytes, 2 * COORDINATE - s.bytes.length)
  return plain
}

function integerAt(der: Bytes, at: number): { bytes: Bytes; end: number } | null {
  const length = der[at + 1]
  if (der[at] !== INTEGER || !length || at + 2 + length > der.length) return null
  const bytes = der.subarray(at + 2, at + 2 + length)
  const [first = 0, second = 0] = bytes
  const padded = first === 0 && length > 1
  if (first >= 0x80 || (padded && second < 0x80)) return null
  const value = padded ? bytes.subarray(1) : bytes
  return value.length > COORDINATE ? null : { bytes: value, end: at + 2 + length }
}
