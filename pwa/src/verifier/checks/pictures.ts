/** Pictures: originals belong to records and none is missing; redactions are proven. */

import { decodePng, PngError } from '../evidence/png'
import { ProofError, verifyProof, type Pixels, type TileProof } from '../evidence/tiles'
import type { MediaLine, PictureLine } from './document'
import {
  finding, logKey, readBytes, readObject, Refused, type Finding, type Findings, type Reading, type ReadRecord,
} from './reading'

/** Full profile: every declared picture is here or accounted for, and no other. */
export async function* checkOriginals(reading: Reading): Findings {
  if (reading.profile !== 'full') return
  const shown = new Set<string | null>()
  for (const record of reading.records.values()) {
    for (const { file } of record.line.media) shown.add(file)
    yield* missingOriginals(record)
    yield* wrongOriginals(reading, record)
  }
  yield* foreign(reading, 'data/media/', shown)
}

/** Protected profile: each picture is a plain PNG of a record, with the proof it claims. */
export async function* checkRedactions(reading: Reading): Findings {
  if (reading.profile !== 'protected') return
  const shown = new Set<string | null>()
  for (const record of reading.records.values()) {
    for (const line of record.line.pictures) {
      shown.add(line.file).add(line.proof)
      try {
        yield* checkPicture(reading, record, line)
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        yield error.finding
      }
    }
  }
  yield* foreign(reading, 'data/redacted/', shown)
}

function* foreign(reading: Reading, folder: string, shown: Set<string | null>): Generator<Finding> {
  for (const path of reading.payload.keys()) {
    if (path.startsWith(folder) && !shown.has(path)) yield finding(path, 'pack-media-foreign')
  }
}

function* missingOriginals({ line, media }: ReadRecord): Generator<Finding> {
  const lines = new Map(line.media.map((one) => [one.sha256, one]))
  for (const sha256 of media) {
    const one = lines.get(sha256)
    if (!one || !isAccountedFor(one)) yield finding(line.file, 'pack-media-missing', sha256.slice(0, 64))
  }
}

/** Whether an original is here or says why not: a deleted one by its certificate. */
function isAccountedFor({ file, absent, deletion }: MediaLine): boolean {
  return (file !== null) === (absent === null) && (absent === 'deleted') === (deletion !== null)
}

function* wrongOriginals(reading: Reading, { line, media }: ReadRecord): Generator<Finding> {
  for (const { file, sha256 } of line.media) {
    if (file === null) continue
    if (!media.includes(sha256)) yield finding(file, 'pack-media-foreign')
    if (reading.payload.get(file) !== sha256) yield finding(file, 'pack-hash-mismatch')
  }
}

async function* checkPicture(reading: Reading, record: ReadRecord, line: PictureLine): Findings {
  const original = line.original_sha256
  if (!record.media.includes(original) || line.file !== `data/redacted/${original}.png`) yield finding(line.file, 'pack-media-foreign')
  const pixels = await readPixels(reading, line.file)
  if (line.proof === null) return
  const document = await readObject(reading, line.proof)
  if (typeof document.root === 'string') reading.roots.set(original, document.root)
  let proof: TileProof
  try {
    proof = verifyProof(pixels, document)
  } catch (error) {
    if (!(error instanceof ProofError)) throw error
    // The pixels are at fault where the proof is well-formed, else the proof.
    const culprit = error.code === 'proof-malformed' ? line.proof : line.file
    return void (yield finding(culprit, 'pack-redaction-invalid', error.code))
  }
  if (proof.original_sha256 !== original) yield finding(line.proof, 'pack-redaction-invalid', 'original_sha256')
  if (!reading.saltedLog.has(logKey('pixels', original, proof.root, proof.root_salt_c))) {
    yield finding(line.proof, 'pack-log-entry-missing', 'pixels')
  }
}

async function readPixels(reading: Reading, path: string): Promise<Pixels> {
  const data = await readBytes(reading, path)
  try {
    return await decodePng(data)
  } catch (error) {
    if (!(error instanceof PngError)) throw error
    throw new Refused(finding(path, 'pack-picture-invalid', error.part), { cause: error })
  }
}
