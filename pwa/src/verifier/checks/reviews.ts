/** Decisions: what the pack says of them is what the log holds (PROTOCOL §6 `review`). */

import { opensMinute } from '../evidence/minutes'
import type { PictureLine, ReviewLine } from './document'
import { finding, type Findings, type Reading, type ReadRecord } from './reading'

/**
 * Compare every decision shown with its minute; the log's check requires the minute's entry. A protected pack
 * shows accepted records only, each with that decision.
 */
export async function* checkReviews(reading: Reading): Findings {
  for (const record of reading.records.values()) {
    const { file, review, pictures } = record.line
    if (reading.profile === 'protected' && review?.decision !== 'accepted') yield finding(file, 'pack-review-missing')
    for (const member of review ? aboutRecord(reading, record, review) : []) yield finding(file, 'pack-review-mismatch', member)
    for (const picture of pictures) {
      for (const member of aboutPicture(reading, picture)) yield finding(picture.file, 'pack-review-mismatch', member)
    }
  }
}

function* aboutRecord(reading: Reading, record: ReadRecord, review: ReviewLine): Generator<string> {
  if (review.minute.record !== record.line.record) yield 'record'
  if (review.minute.record_sha256 !== record.sha256) yield 'record_sha256'
  yield* shown(reading, review)
}

function* aboutPicture(reading: Reading, { file, original_sha256, cleared, review }: PictureLine): Generator<string> {
  const { minute } = review
  // A picture of two records stands once, by the later of the decisions about it.
  const decider = reading.records.get(minute.record)
  if (!decider?.media.includes(minute.original_sha256 ?? '')) yield 'record'
  if (minute.original_sha256 !== original_sha256) yield 'original_sha256'
  if (minute.png_sha256 !== reading.payload.get(file)) yield 'png_sha256'
  if (cleared !== (minute.decision === 'clearance')) yield 'cleared'
  yield* shown(reading, review)
}

/** What stands beside the minute: decision, day, and its details as this profile has them. */
function* shown(reading: Reading, { decision, day, reason, minute, details, salt }: ReviewLine): Generator<string> {
  if (decision !== minute.decision) yield 'decision'
  if (day !== minute.day) yield 'day'
  if (reason !== (details?.reason ?? null)) yield 'reason'
  if (reading.profile === 'protected') {
    if (details !== null || salt !== null) yield 'details'
  } else if (details === null || salt === null || !opensMinute(minute, details, salt)) {
    yield 'details'
  }
}
