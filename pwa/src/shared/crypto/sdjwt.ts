/** SD-JWT (RFC 9901): flat disclosures of object members, no decoys, no key binding. */

import { fromBase64Url, randomBytes, toBase64Url, utf8 } from './bytes'
import { sha256 } from './hash'
import { importPublic, publicJwk } from './jwk'
import { parseJws, signJws, verifyJws, type JwsHeader } from './jws'
import { parseStrict } from './strictJson'

export interface Disclosure {
  encoded: string
  /** base64url SHA-256 of the encoded form: what stands in `_sd`. */
  digest: string
}

/** Make a disclosure `[salt, name, value]`; the salt is 128 random bits unless a test vector gives one. */
export async function makeDisclosure(name: string, value: unknown, salt = toBase64Url(randomBytes(16))): Promise<Disclosure> {
  const encoded = toBase64Url(utf8(JSON.stringify([salt, name, value])))
  return { encoded, digest: await digestOf(encoded) }
}

/** Digest of an encoded disclosure (RFC 9901 §4.2.3): over its base64url text. */
export async function digestOf(encoded: string): Promise<string> {
  return toBase64Url(await sha256(encoded))
}

/** Sign clear claims with the digests of the disclosures; `<jws>~<disclosure>~…~`. */
export async function issueSdJwt(
  key: CryptoKey, header: Omit<JwsHeader, 'alg'>, claims: object, disclosures: readonly Disclosure[],
): Promise<{ sdjwt: string; jws: string }> {
  const _sd = disclosures.map((one) => one.digest).sort()
  const jws = await signJws(key, header, { ...claims, _sd, _sd_alg: 'sha-256' })
  return { jws, sdjwt: [jws, ...disclosures.map((one) => one.encoded), ''].join('~') }
}

export interface ParsedSdJwt {
  jws: string
  payload: Record<string, unknown>
  disclosed: Record<string, unknown>
}

/**
 * Verify an SD-JWT by the key in its own header and open its disclosures; whose key that is, the
 * certificate says. Throws on everything that this profile does not allow: another `typ` or digest
 * algorithm, a digest list out of order, nested or array disclosures, a foreign or repeated
 * disclosure, a name that stands in clear already, a key binding.
 */
export async function verifySdJwt(text: string, typ: string): Promise<ParsedSdJwt> {
  const [jws, ...rest] = text.split('~')
  if (!jws || rest.pop() !== '') throw new Error('not an SD-JWT')
  const key = await importPublic(publicJwk(parseJws(jws).header.jwk))
  const { payload } = await verifyJws(jws, key, typ)
  const digests = digestsOf(payload)
  const disclosed: Record<string, unknown> = {}
  for (const encoded of rest) {
    if (!digests.has(await digestOf(encoded))) throw new Error('foreign disclosure')
    const [name, value] = openDisclosure(encoded)
    if (Object.hasOwn(disclosed, name) || Object.hasOwn(payload, name)) throw new Error('member disclosed twice')
    disclosed[name] = value
  }
  return { jws, payload, disclosed }
}

const RESERVED = ['_sd', '_sd_alg', '...']

function digestsOf(payload: Record<string, unknown>): Set<string> {
  const { _sd, _sd_alg, ...clear } = payload
  if (_sd_alg !== 'sha-256') throw new Error('other digest algorithm')
  if (!Array.isArray(_sd) || !_sd.every((one) => typeof one === 'string' && fromBase64Url(one).length === 32)) {
    throw new Error('not a list of digests')
  }
  if (_sd.some((one, at) => at > 0 && !((_sd[at - 1] as string) < (one as string)))) throw new Error('digests not ascending')
  refuseNested(clear)
  return new Set(_sd as string[])
}

function openDisclosure(encoded: string): [string, unknown] {
  const parts = parseStrict(fromBase64Url(encoded))
  if (!Array.isArray(parts) || parts.length !== 3) throw new Error('not an object disclosure')
  const [salt, name, value] = parts as unknown[]
  if (typeof salt !== 'string' || typeof name !== 'string' || RESERVED.includes(name)) throw new Error('not a disclosure')
  refuseNested(value)
  return [name, value]
}

function refuseNested(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  for (const [name, inner] of Object.entries(value)) {
    if (!Array.isArray(value) && RESERVED.includes(name)) throw new Error('nested disclosure')
    refuseNested(inner)
  }
}
