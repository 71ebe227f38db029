/** Office documents: which of the pack's keys signed one, its `kid` says. */

import { parseJws, verifyJws } from '../../shared/crypto'

/** Office keys by their thumbprints, ready to verify by. */
export type OfficeKeys = ReadonlyMap<string, CryptoKey>

/** Verify a JWS of this kind by the key that it names, and return what it says. Throws where it does not hold. */
export async function verifyByKid(
  token: string, typ: string, keys: OfficeKeys,
): Promise<{ payload: Record<string, unknown>; kid: string }> {
  const { kid } = parseJws(token).header
  const key = typeof kid === 'string' ? keys.get(kid) : undefined
  if (!key || typeof kid !== 'string') throw new Error('unknown key')
  return { payload: (await verifyJws(token, key, typ)).payload, kid }
}
