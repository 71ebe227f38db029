/** Which office keys this phone trusts: the one pinned from the link, and those introduced from it on (PROTOCOL §1). */

import { importPublic, parseJws, publicJwk, thumbprint, verifyJws, type PublicJwk } from '../crypto'
import { askJson, OfficeError } from './http'

const TYP = 'office-key+jwt'

export type TrustedKeys = ReadonlyMap<string, CryptoKey>

/**
 * Keys by thumbprint. An introduction is signed by an earlier key over a later one; only what a trusted key
 * signed is followed, so a key that nobody introduced (the old one was stolen) stays a stranger.
 */
export async function trustedKeys(
  officeKeys: readonly PublicJwk[], pinned: string, introductions: readonly string[],
): Promise<TrustedKeys> {
  const trusted = new Map<string, CryptoKey>()
  for (const jwk of officeKeys) {
    if ((await thumbprint(jwk)) === pinned) trusted.set(pinned, await importPublic(jwk))
  }
  // A map gives what is added while it is walked: the walk ends when nobody introduces another one.
  for (const [kid, key] of trusted) {
    for (const token of introductions) {
      const later = await introducedBy(token, kid, key)
      if (later && !trusted.has(later.kid)) trusted.set(later.kid, later.key)
    }
  }
  return trusted
}

async function introducedBy(token: string, kid: string, key: CryptoKey): Promise<{ kid: string; key: CryptoKey } | null> {
  try {
    if (parseJws(token).header.kid !== kid) return null
    const later = publicJwk((await verifyJws(token, key, TYP)).payload.jwk)
    return { kid: await thumbprint(later), key: await importPublic(later) }
  } catch {
    // Every way in which a document fails to be an introduction has the same meaning: it introduces nobody.
    return null
  }
}

/** What the office publishes; nothing in it is trusted before its signature is. */
export async function publishedIntroductions(): Promise<string[]> {
  const { body } = await askJson('/.well-known/anfang-keys.json', { base: '' })
  const { introductions } = body
  if (!Array.isArray(introductions) || !introductions.every((one) => typeof one === 'string')) {
    throw new OfficeError('not-the-office', 'not-the-office')
  }
  return introductions
}
