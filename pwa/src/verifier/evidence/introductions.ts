/** How a later office key is vouched for by an earlier one (PROTOCOL §1): trust runs forward only. */

import { publicJwk, thumbprint } from '../../shared/crypto'
import { verifyByKid, type OfficeKeys } from './tokens'

/** Thumbprint of the key of `keys` that introduced `introduced`. Throws where the token does not say so. */
export async function introducerOf(token: string, introduced: string, keys: OfficeKeys): Promise<string> {
  const { payload, kid } = await verifyByKid(token, 'office-key+jwt', keys)
  if ((await thumbprint(publicJwk(payload.jwk))) !== introduced) throw new Error('the introduction is about another key')
  return kid
}

/** Whether `signer` is the trusted key or introduced, step by step, by it; circles end the walk. */
export function isTrusted(signer: string, introducers: ReadonlyMap<string, string>, trusted: string): boolean {
  const seen = new Set<string>()
  for (let current: string | undefined = signer; current !== undefined && !seen.has(current); current = introducers.get(current)) {
    if (current === trusted) return true
    seen.add(current)
  }
  return false
}
