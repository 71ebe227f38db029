/** SD-JWT (RFC 9901): flat disclosures of object members, no decoys, no key binding. */

import { fromBase64Url, fromUtf8, randomBytes, toBase64Url, utf8 } from './bytes'
import { sha256 } from './hash'
import { parseJws, signJws, type JwsHeader, type ParsedJws } from './jws'

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
  parsed: ParsedJws
  disclosed: Record<string, unknown>
}

/**
 * Take an SD-JWT apart: its JWS and the members that its disclosures open. The signature is not checked.
 * Throws on a disclosure that the JWS does not name, that stands twice, or that opens a member already there.
 */
export async function parseSdJwt(text: string): Promise<ParsedSdJwt> {
  const [jws, ...rest] = text.split('~')
  if (!jws || rest.pop() !== '') throw new Error('not an SD-JWT')
  const parsed = parseJws(jws)
  const open = new Set(parsed.payload._sd as string[])
  const disclosed: Record<string, unknown> = {}
  for (const encoded of rest) {
    if (!open.delete(await digestOf(encoded))) throw new Error('foreign or repeated disclosure')
    const [, name, value] = JSON.parse(fromUtf8(fromBase64Url(encoded))) as [string, string, unknown]
    if (name in disclosed || name in parsed.payload) throw new Error('member disclosed twice')
    disclosed[name] = value
  }
  return { jws, parsed, disclosed }
}
