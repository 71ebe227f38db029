import { describe, expect, it } from 'vitest'
import { digestOf, issueSdJwt, makeDisclosure, publicJwk, sha256Hex, verifySdJwt } from '../src/shared/crypto'
import { signingKey, vectors } from './vectors'

interface Vector { name: string; sdjwt: string; clear: object; disclosed: Record<string, unknown>; record_sha256: string }
const sdjwt = vectors<{
  key: { private_pem: string; jwk: object }
  typ: string
  salts: Record<string, string>
  complete: Vector[]
  presented: Vector[]
  refused: { name: string; reason: string; sdjwt: string }[]
  published: { source: string; disclosure: string; digest: string }[]
}>('sdjwt')

describe('records with disclosures agree with the office', () => {
  it.each([...sdjwt.complete, ...sdjwt.presented])('opens: $name', async (vector) => {
    const { jws, payload, disclosed } = await verifySdJwt(vector.sdjwt, sdjwt.typ)
    expect(disclosed).toEqual(vector.disclosed)
    expect(payload).toMatchObject(vector.clear)
    expect(await sha256Hex(jws)).toBe(vector.record_sha256)
  })
  it.each(sdjwt.refused)('refuses: $name ($reason)', async ({ sdjwt: text }) => {
    await expect(verifySdJwt(text, sdjwt.typ)).rejects.toThrow()
  })
  it.each(sdjwt.published)('published digest ($source)', async ({ disclosure, digest }) => {
    expect(await digestOf(disclosure)).toBe(digest)
  })
  it('issues what the office would: same members, digests ascending', async () => {
    const { clear, disclosed } = sdjwt.complete[0]!
    const disclosures = await Promise.all(Object.entries(disclosed).map(([name, value]) => makeDisclosure(name, value, sdjwt.salts[name]!)))
    const key = await signingKey(sdjwt.key.private_pem)
    const issued = await issueSdJwt(key, { typ: sdjwt.typ, jwk: publicJwk(sdjwt.key.jwk) }, clear, disclosures)
    const ours = await verifySdJwt(issued.sdjwt, sdjwt.typ)
    expect(ours.disclosed).toEqual(disclosed)
    expect(ours.payload).toMatchObject(clear)
  })
})
