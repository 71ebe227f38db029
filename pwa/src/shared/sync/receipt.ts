/** Receipts: the only thing that makes this phone call a record delivered (PROTOCOL §4). */

import { parseJws, verifyJws } from '../crypto'
import type { TrustedKeys } from './officeKeys'

export interface Expected {
  record: string
  recordSha256: string
  media: readonly string[]
}

export type ReceiptVerdict =
  | { sound: true; complete: boolean }
  | { sound: false; code: 'receipt-signer-unknown' | 'receipt-forged' | 'receipt-other-record' | 'receipt-incomplete-media' }

/**
 * Check a receipt against the office keys this phone trusts and the record it should be for.
 * A receipt counts as complete only if it says so *and* lists every photo of the record.
 */
export async function checkReceipt(
  receipt: string, expected: Expected, trusted: TrustedKeys,
): Promise<ReceiptVerdict> {
  let payload: Record<string, unknown>
  try {
    const { header } = parseJws(receipt)
    const key = typeof header.kid === 'string' ? trusted.get(header.kid) : undefined
    if (!key) return { sound: false, code: 'receipt-signer-unknown' }
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
