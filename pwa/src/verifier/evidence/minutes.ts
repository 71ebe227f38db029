/** Minutes of decisions: what the log holds of a review, and what opens its details. */

import { canonical, fromHex, sha256Now, toHex } from '../../shared/crypto'

/** What the log holds of a decision: about a record, or about a picture of it. */
export interface Minute {
  record: string
  record_sha256?: string
  original_sha256?: string
  png_sha256?: string
  decision: string
  day: string
  details_c: string
}

/** Hex hash of a minute, as its `review` entry has it. */
export function minuteHash(minute: Minute): string {
  return toHex(sha256Now(canonical(minute)))
}

/** Whether these are the details, under this hex salt, that the minute commits to. */
export function opensMinute(minute: Minute, details: object, salt: string): boolean {
  return minute.details_c === toHex(sha256Now(fromHex(salt), canonical(details)))
}
