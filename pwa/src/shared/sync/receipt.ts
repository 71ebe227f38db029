/** Receipts: the only thing that makes this phone call a record delivered (PROTOCOL §4). */

import { importPublic, parseJws, thumbprint, verifyJws, type PublicJwk } from '../crypto'

export interface Expected {
  record: string
  recordSha256: string
  media: readonly string[]
}

export type ReceiptVerdict =
  | { sound: true; complete: boolean }
  | { sound: false; code: 'receipt-signer-unknown' | 'receipt-forged' | 'receipt-other-record' | 'receipt-incomplete-media' }

/**
 * Check a receipt against the pinned office key and the record it should be for.
 * A receipt counts as complete only if it says so *and* lists every photo of the record.
 */
export async function checkReceipt(
  receipt: string, expected: Expected, officeKeys: readonly PublicJwk[], pinned: string,
): Promise<ReceiptVerdict> {
  const key = await pinnedKey(officeKeys, pinned)
  if (!key) return { sound: false, code: 'receipt-signer-unknown' }
  let payload: Record<string, unknown>
  try {
    const { header } = parseJws(receipt)
    if (header.kid !== undefined && header.kid !== pinned) return { sound: false, code: 'receipt-signer-unknown' }
    payload = (await verifyJws(receipt, key, 'receipt+jwt')).payload
  } catch {
    // Every way in which a document fails to be a receipt of this office has the same meaning here.
    return { sound: false, code: 'receipt-forged' }
  }
  if (payload.record !== expected.record || payload.record_sha256 !== expected.recordSha256) {
    return { sound: false, code: 'receipt-other-record' }
  }
  if (payload.complete !== true) return { sound: true, complete: false }
  const listed = new Set(Array.isArray(payload.media) ? payload.media : [])
  const whole = expected.media.every((hash) => listed.has(hash))
  return whole ? { sound: true, complete: true } : { sound: false, code: 'receipt-incomplete-media' }
}

async function pinnedKey(officeKeys: readonly PublicJwk[], pinned: string): Promise<CryptoKey | null> {
  for (const jwk of officeKeys) {
    if ((await thumbprint(jwk)) === pinned) return importPublic(jwk)
  }
  return null
}
