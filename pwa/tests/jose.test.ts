import { describe, expect, it } from 'vitest'
import { comparisonNumber, importPublic, parseJws, publicJwk, signJws, thumbprint, verifyJws } from '../src/shared/crypto'
import { signingKey, vectors } from './vectors'

interface Described { private_pem: string; jwk: object; thumbprint: string; comparison_number: string }
const jose = vectors<{
  keys: { office: Described; other: Described }
  typ: string
  accepted: { name: string; token: string; payload: object }[]
  refused: { name: string; reason: string; token: string }[]
  jwks_refused: { name: string; jwk: unknown }[]
  published: { jwk: object; thumbprint: string }[]
}>('jose')

const officeKey = () => importPublic(publicJwk(jose.keys.office.jwk))

describe('signed documents agree with the office', () => {
  it.each(jose.accepted)('accepts: $name', async ({ token, payload }) => {
    expect((await verifyJws(token, await officeKey(), jose.typ)).payload).toEqual(payload)
  })
  it.each(jose.refused)('refuses: $name ($reason)', async ({ token }) => {
    await expect((async () => verifyJws(token, await officeKey(), jose.typ))()).rejects.toThrow()
  })
  it('verifies what it signed, with the header it was given', async () => {
    const token = await signJws(await signingKey(jose.keys.office.private_pem), { typ: 'x+jwt', kid: 'd' }, { 备注: '车' })
    expect((await verifyJws(token, await officeKey(), 'x+jwt')).payload).toEqual({ 备注: '车' })
    expect(parseJws(token).header).toEqual({ alg: 'ES256', typ: 'x+jwt', kid: 'd' })
  })
})

describe('public keys agree with the office', () => {
  it.each([jose.keys.office, jose.keys.other])('thumbprint and comparison number of $thumbprint', async (key) => {
    const jwk = publicJwk(key.jwk)
    expect(await thumbprint(jwk)).toBe(key.thumbprint)
    expect(await comparisonNumber(jwk)).toBe(key.comparison_number)
  })
  it.each(jose.published)('published thumbprint $thumbprint', async ({ jwk, thumbprint: expected }) => {
    expect(await thumbprint(publicJwk(jwk))).toBe(expected)
  })
  it.each(jose.jwks_refused)('refuses: $name', async ({ jwk }) => {
    await expect((async () => importPublic(publicJwk(jwk)))()).rejects.toThrow()
  })
})
