/** Records: signature, disclosures, and that the pack's index tells the truth about them. */

import { parseJws, publicJwk, sha256Hex, thumbprint, verifySdJwt } from '../../shared/crypto'
import { DOCUMENT, type PackDocument, type RecordLine } from './document'
import {
  finding, orRefused, readDocument, readText, reasonOf, type Finding, type Findings, type Reading, type ReadRecord,
} from './reading'

const RECORD_TYP = 'inspection+sd-jwt'
/** What every record discloses or withholds, each exactly once (PROTOCOL §4). */
const DISCLOSURES = [
  'day', 'visit', 'site', 'subject', 'private', 'answers', 'remarks', 'place', 'clock', 'ride', 'media_details', 'origin', 'note',
]
/** All that a unit, the press or a citizen may read of a record (PROTOCOL §8). */
const PROTECTED = ['day', 'site', 'subject', 'visit', 'answers']
const NAMED_FOLDERS = ['data/records/', 'data/receipts/', 'data/certificates/', 'data/cases/', 'data/notices/']

/** Read `pack.json` against its schema; every record file must stand in it, and only once. */
export async function* checkDocument(reading: Reading): Findings {
  const read = await orRefused(readDocument<PackDocument>(reading, DOCUMENT, 'pack'))
  if ('finding' in read) return void (yield read.finding)
  const document = read.value
  reading.document = document
  if (reading.info.get('Anfang-Profile') !== document.profile) yield finding(DOCUMENT, 'pack-document-invalid', 'profile')
  if (document.private && document.profile !== 'full') yield finding(DOCUMENT, 'pack-document-invalid', 'private')
  const named = namedFiles(document)
  const names = new Set(named)
  if (names.size !== named.length) yield finding(DOCUMENT, 'pack-document-invalid', 'file')
  for (const path of named) if (!reading.payload.has(path)) yield finding(path, 'pack-file-missing')
  for (const path of reading.payload.keys()) {
    const mustBeNamed = NAMED_FOLDERS.some((folder) => path.startsWith(folder)) || path.endsWith('.tsr')
    if (mustBeNamed && !names.has(path)) yield finding(path, 'pack-file-unexpected')
  }
}

/** Verify every record by the key in its own header. */
export async function* checkRecords(reading: Reading): Findings {
  for (const line of reading.document?.records ?? []) {
    const text = await orRefused(readText(reading, line.file, 'pack-record-invalid'))
    if ('finding' in text) {
      yield text.finding
      continue
    }
    let record: ReadRecord
    try {
      record = await readRecord(line, text.value)
    } catch (error) {
      yield finding(line.file, 'pack-record-invalid', reasonOf(error))
      continue
    }
    yield* checkRecord(reading, record)
  }
}

function namedFiles({ log, records, cases, notices }: PackDocument): string[] {
  const ofRecord = ({ file, receipt, certificate }: RecordLine): string[] => [file, receipt, ...(certificate === null ? [] : [certificate])]
  return [...log.stamps, ...records.flatMap(ofRecord), ...cases.map(({ file }) => file), ...notices.map(({ file }) => file)]
}

async function readRecord(line: RecordLine, text: string): Promise<ReadRecord> {
  const { jws, payload, disclosed } = await verifySdJwt(text, RECORD_TYP)
  const { media } = payload
  return {
    line,
    clear: payload,
    disclosed,
    members: (payload._sd as unknown[]).length,
    sha256: await sha256Hex(jws),
    key: await thumbprint(publicJwk(parseJws(jws).header.jwk)),
    media: Array.isArray(media) ? media.filter((one): one is string => typeof one === 'string') : [],
  }
}

function* checkRecord(reading: Reading, record: ReadRecord): Generator<Finding> {
  const { line, clear, disclosed } = record
  const mismatch = (detail: string): Finding => finding(line.file, 'pack-record-mismatch', detail)
  if (clear.v !== 1 || clear.id !== line.record) yield mismatch('id')
  if (line.file !== `data/records/${line.record}.sdjwt`) yield mismatch('file')
  if (record.sha256 !== line.record_sha256) yield mismatch('record_sha256')
  if (reading.records.has(line.record)) yield mismatch('record')
  // A record key signs one inspection only (PROTOCOL §1).
  if (reading.recordKeys.has(record.key)) yield mismatch('jwk')
  reading.recordKeys.add(record.key)
  if (record.members !== DISCLOSURES.length) yield mismatch('_sd')
  yield* checkDisclosures(reading, line.file, Object.keys(disclosed))
  reading.records.set(line.record, record)
}

/** A pack shows of a record exactly what its profile says: neither more nor less. */
function* checkDisclosures(reading: Reading, file: string, shown: string[]): Generator<Finding> {
  const full = DISCLOSURES.filter((name) => name !== 'private' || reading.document?.private)
  const expected = reading.profile === 'protected' ? PROTECTED : full
  for (const name of shown) if (!expected.includes(name)) yield finding(file, 'pack-disclosure-not-allowed', name.slice(0, 80))
  for (const name of expected) if (!shown.includes(name)) yield finding(file, 'pack-disclosure-missing', name)
}
