/** The standards' own test data (tests/vectors/published), which the server's tests read too. */
import { describe, expect, it } from 'vitest'
import { canonical, digestOf, fromHex, fromUtf8, importPublic, parseStrict, publicJwk, toBase64Url, utf8, verifyDer, verifyJws } from '../src/shared/crypto'
import { vectors } from './vectors'

type WycheproofTest = [number: number, comment: string, message: string, signature: string, result: 'valid' | 'invalid']
const wycheproof = vectors<{ numberOfTests: number; groups: { key: string; tests: WycheproofTest[] }[] }>('published/wycheproof_ecdsa_p256_sha256_p1363')
const jcs = vectors<{ cases: { name: string; input: string; canonical: string }[] }>('published/rfc8785_jcs')
const rfc9901 = vectors<{
  disclosures: { disclosure: string; digest: string }[]
  issued: { typ: string; issuer_key: object; jws: string }
}>('published/rfc9901_sdjwt')

const COORDINATE = 32

/** r‖s as the DER that `openssl` writes. */
function der(plain: Uint8Array): Uint8Array<ArrayBuffer> {
  const integers = [plain.subarray(0, COORDINATE), plain.subarray(COORDINATE)].map((half) => {
    const start = half.findIndex((byte) => byte !== 0)
    const value = start < 0 ? [0] : [...half.subarray(start)]
    if (value[0]! >= 0x80) value.unshift(0)
    return [2, value.length, ...value]
  }).flat()
  return Uint8Array.from([0x30, integers.length, ...integers])
}

function point(uncompressed: string): object {
  const bytes = fromHex(uncompressed)
  const [x, y] = [bytes.slice(1, 1 + COORDINATE), bytes.slice(1 + COORDINATE)]
  return { kty: 'EC', crv: 'P-256', x: toBase64Url(x), y: toBase64Url(y) }
}

describe('signatures are judged as Wycheproof does', () => {
  it('every one of the published', async () => {
    let judged = 0
    for (const group of wycheproof.groups) {
      const key = await importPublic(publicJwk(point(group.key)))
      for (const [number, comment, message, signature, result] of group.tests) {
        judged += 1
        const plain = fromHex(signature)
        // A JWS refuses every other length before it looks at the numbers.
        const valid = plain.length === 2 * COORDINATE && (await verifyDer(key, fromHex(message), der(plain)))
        expect(valid, `${number} ${comment}`).toBe(result === 'valid')
      }
    }
    expect(judged).toBe(wycheproof.numberOfTests)
  })
})

describe('canonical forms are those of the authors of RFC 8785', () => {
  it.each(jcs.cases)('$name', ({ name, input, canonical: expected }) => {
    expect(fromUtf8(canonical(JSON.parse(input)))).toBe(expected)
    const strict = () => parseStrict(utf8(input))
    if (name === 'values' || name === 'structures') expect(strict).toThrow()
    else expect(fromUtf8(canonical(strict()))).toBe(expected)
  })
})

describe('the examples of RFC 9901', () => {
  it('disclosures have its digests', async () => {
    for (const { disclosure, digest } of rfc9901.disclosures) expect(await digestOf(disclosure)).toBe(digest)
  })
  it('its SD-JWT verifies', async () => {
    const { issuer_key: key, typ, jws } = rfc9901.issued
    expect((await verifyJws(jws, await importPublic(publicJwk(key)), typ)).payload.sub).toBe('user_42')
  })
})
