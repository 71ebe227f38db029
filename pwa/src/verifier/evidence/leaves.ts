/** Leaves of the public log (PROTOCOL §6): salted, so that the log shows no visit. */

import { canonical, fromHex, sha256Now, toHex, type Bytes } from '../../shared/crypto'
import { leafHash } from './merkle'

const KINDS = [
  'record', 'media', 'pixels', 'review', 'redaction', 'notice', 'reply', 'draw', 'survey', 'ranking', 'pack', 'disclosure', 'deletion', 'key', 'ballots',
]

/**
 * The RFC 6962 leaf hash of an opened entry; null for a kind that the log does not know.
 * The salt is 16 bytes in hexadecimal.
 */
export function entryHash(kind: string, subject: string, sha256: string, salt: string): Bytes | null {
  if (!KINDS.includes(kind)) return null
  const c = toHex(sha256Now(fromHex(salt), canonical({ subject, sha256 })))
  return leafHash(canonical({ v: 1, kind, c }))
}
