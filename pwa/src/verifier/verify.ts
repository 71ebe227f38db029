/** The whole verification of PROTOCOL §8 but the stamps, from the file alone, in the order of `anfang verify`. */

import { checkCases, checkNotices } from './checks/cases'
import { checkFixity } from './checks/fixity'
import { checkFraming } from './checks/framing'
import { checkCheckpoint, checkLogged, checkProofs } from './checks/log'
import { checkOriginals, checkRedactions } from './checks/pictures'
import { Reading, Refused, finding, type Finding, type Findings } from './checks/reading'
import { checkReceipts } from './checks/receipts'
import { checkDocument, checkRecords } from './checks/records'
import { checkReviews } from './checks/reviews'
import { checkIntroductions, checkKeys, checkKeyUse, checkSignature } from './checks/signature'
import { checkStamps } from './checks/stamps'
import { checkEntries, checkLayout, checkLists } from './checks/structure'
import { isTrusted } from './evidence/introductions'
import { describe, type Facts } from './facts'
import { Archive, ArchiveError } from './zip/archive'

const MAX_FINDINGS = 10_000

const AFTER_FIXITY: ((reading: Reading) => Findings)[] = [
  checkKeys, checkSignature, checkDocument, checkLayout, checkIntroductions, checkRecords, checkReceipts, checkKeyUse,
  checkReviews, checkCases, checkNotices, checkCheckpoint, checkProofs, checkStamps, checkOriginals, checkRedactions,
  checkLogged,
  // Last: what is wrong with a file says more than what is wrong with its frame.
  checkFraming,
]

export interface Outcome {
  /** False if this is no pack at all. */
  isPack: boolean
  sound: boolean
  signer: 'known' | 'unknown'
  findings: Finding[]
  records: number
  /** What the pack says of itself and what of it held; null where it could not be read. */
  facts: Facts | null
}

/**
 * Check a pack. Never throws on a hostile file: what cannot be read is a fault.
 *
 * `officeKey` is the thumbprint that the reader trusts, or null; a pack that neither it nor a key introduced
 * by it signed is then unsound. `progress` is told the bytes of each piece that was hashed.
 */
export async function verifyPack(file: Blob, officeKey: string | null, progress: (bytes: number) => void): Promise<Outcome> {
  let archive: Archive
  try {
    archive = await Archive.open(file)
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error
    return unreadable(finding('', error.code, error.detail))
  }
  const reading = new Reading(archive)
  const findings = await take(allFindings(reading, progress), MAX_FINDINGS)
  if (findings[0]?.code === 'pack-not-a-pack') return unreadable(findings[0])
  const known = officeKey !== null && reading.signer !== '' && isTrusted(reading.signer, reading.introducers, officeKey)
  if (officeKey !== null && reading.signer !== '' && !known) findings.push(finding('bag-info.txt', 'pack-signer-other'))
  return {
    isPack: true,
    sound: findings.length === 0,
    signer: known ? 'known' : 'unknown',
    findings: eachOnce(findings),
    records: reading.records.size,
    facts: describe(reading),
  }
}

async function* allFindings(reading: Reading, progress: (bytes: number) => void): Findings {
  try {
    yield* checkEntries(reading)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return void (yield error.finding)
  }
  yield* checkLists(reading)
  yield* checkFixity(reading, progress)
  for (const check of AFTER_FIXITY) yield* check(reading)
}

async function take(findings: Findings, limit: number): Promise<Finding[]> {
  const taken: Finding[] = []
  for await (const one of findings) if (taken.push(one) === limit) break
  return taken
}

function eachOnce(findings: Finding[]): Finding[] {
  return [...new Map(findings.map((one) => [JSON.stringify(one), one])).values()]
}

function unreadable(one: Finding): Outcome {
  return { isPack: one.code !== 'pack-not-a-pack', sound: false, signer: 'unknown', findings: [one], records: 0, facts: null }
}
