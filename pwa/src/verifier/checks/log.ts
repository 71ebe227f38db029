/** The log: its checkpoint, the proofs of inclusion, and that everything shown was logged. */

import { fromHex, sha256Now, toHex, utf8 } from '../../shared/crypto'
import { entryHash } from '../evidence/leaves'
import { verifyInclusion } from '../evidence/merkle'
import { minuteHash } from '../evidence/minutes'
import { NoteError, parseVerifier, verifyCheckpoint, type Checkpoint } from '../evidence/notes'
import { CHECKPOINT, LOG_KEY, PROOFS, type PictureLine } from './document'
import { finding, logKey, orRefused, readDocument, readText, type Findings, type Reading } from './reading'

interface ProofEntry {
  kind: string
  subject: string
  sha256: string
  salt: string
  index: number
  proof: string[]
}

/** Verify the checkpoint by the log key that the pack holds. */
export async function* checkCheckpoint(reading: Reading): Findings {
  const verifier = await orRefused(readText(reading, LOG_KEY, 'pack-checkpoint-invalid'))
  if ('finding' in verifier) return void (yield verifier.finding)
  const note = await orRefused(readText(reading, CHECKPOINT, 'pack-checkpoint-invalid'))
  if ('finding' in note) return void (yield note.finding)
  try {
    reading.checkpoint = await verifyCheckpoint(note.value, parseVerifier(verifier.value))
  } catch (error) {
    if (!(error instanceof NoteError)) throw error
    yield finding(error.reason === 'note-key' ? LOG_KEY : CHECKPOINT, 'pack-checkpoint-invalid', error.reason)
  }
}

/** Recompute every opened entry's leaf and lead it to the checkpoint's root. */
export async function* checkProofs(reading: Reading): Findings {
  const read = await orRefused(readDocument<{ size: number; entries: ProofEntry[] }>(reading, PROOFS, 'proofs'))
  if ('finding' in read) return void (yield read.finding)
  const { checkpoint } = reading
  if (!checkpoint) return
  if (read.value.size !== checkpoint.size) yield finding(PROOFS, 'pack-log-proof-invalid', 'size')
  const places = new Set<number>()
  for (const entry of read.value.entries) {
    if (!places.has(entry.index) && holds(entry, checkpoint)) {
      places.add(entry.index)
      reading.log.set(logKey(entry.kind, entry.subject, entry.sha256), [entry.kind, entry.subject])
      reading.saltedLog.add(logKey(entry.kind, entry.subject, entry.sha256, entry.salt))
    } else {
      yield finding(PROOFS, 'pack-log-proof-invalid', `${entry.kind} ${entry.index}`.slice(0, 80))
    }
  }
}

/**
 * Require the log entries of everything that the pack shows, and no others. The salt of a `pixels` entry also
 * stands in the picture's proof: the pictures' check requires that one.
 */
export async function* checkLogged(reading: Reading): Findings {
  if (!reading.document) return
  const expected = new Set<string>()
  const lacking = new Set<string>()
  for (const [path, kind, subject, sha256] of required(reading)) {
    const key = logKey(kind, subject, sha256)
    expected.add(key)
    if (reading.log.has(key)) continue
    lacking.add(logKey(kind, subject))
    if (kind !== 'pixels') yield finding(path, 'pack-log-entry-missing', kind)
  }
  for (const [key, [kind, subject]] of [...reading.log].sort()) {
    // Where the right entry is lacking, this one stands in its place: one fault, not two.
    if (expected.has(key) || lacking.has(logKey(kind, subject))) continue
    yield finding(PROOFS, 'pack-log-entry-unexpected', `${kind} ${subject}`.slice(0, 80))
  }
}

function holds(entry: ProofEntry, checkpoint: Checkpoint): boolean {
  const leaf = entryHash(entry.kind, entry.subject, entry.sha256, entry.salt)
  return leaf !== null && verifyInclusion(leaf, entry.index, checkpoint.size, entry.proof.map(fromHex), checkpoint.root)
}

/** An entry that the pack needs, and the file that it is about. */
type Required = [path: string, kind: string, subject: string, sha256: string]

function* required(reading: Reading): Generator<Required> {
  for (const [id, { line, sha256 }] of reading.records) {
    yield [line.file, 'record', id, sha256]
    if (line.review) yield [line.file, 'review', id, minuteHash(line.review.minute)]
    const release = reading.releases.get(id)
    if (release !== undefined) yield [line.certificate ?? line.file, 'disclosure', id, release]
    for (const media of line.media) {
      if (media.absent !== 'not-received') yield [media.file ?? line.file, 'media', id, media.sha256]
      if (media.deletion !== null) yield [line.file, 'deletion', media.sha256, media.deletion]
    }
    for (const picture of line.pictures) yield* requiredOfPicture(reading, picture)
  }
  for (const [path, { number, steps }] of reading.cases) {
    for (const { text } of steps) yield [path, 'reply', number, toHex(sha256Now(utf8(text)))]
  }
  for (const { file, number } of reading.document?.notices ?? []) yield [file, 'notice', number, reading.payload.get(file) ?? '']
}

function* requiredOfPicture({ payload, roots }: Reading, { file, proof, original_sha256, review }: PictureLine): Generator<Required> {
  yield [file, 'redaction', original_sha256, payload.get(file) ?? '']
  yield [file, 'review', review.minute.record, minuteHash(review.minute)]
  if (proof !== null) yield [proof, 'pixels', original_sha256, roots.get(original_sha256) ?? '']
}
