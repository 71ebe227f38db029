/** Receipts: the office's word that it had this record and these pictures; released certificates. */

import { fromHex, importPublic, publicJwk, sha256Now, toHex, utf8, verifyJws } from '../../shared/crypto'
import { verifyByKid } from '../evidence/tokens'
import { finding, orRefused, readObject, readText, reasonOf, type Findings, type Reading, type ReadRecord } from './reading'

const DAY = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/
const DAY_MEMBERS = 'day,media,record_sha256'
const RELEASED_MEMBERS = 'certificate,device_key,disclosure,salt'
const SALT = /^[0-9a-f]{32}$/
const HASH = /^[0-9a-f]{64}$/

interface Released {
  certificate: string
  salt: string
  device_key: unknown
  /** What the log holds of the custodians' release. */
  disclosure: string
}

/** Verify each record's receipt by an office key of the pack, and that it is its own. */
export async function* checkReceipts(reading: Reading): Findings {
  for (const record of reading.records.values()) {
    const path = record.line.receipt
    const text = await orRefused(readText(reading, path, 'pack-receipt-invalid'))
    if ('finding' in text) {
      yield text.finding
      continue
    }
    let receipt: Record<string, unknown>
    try {
      const typ = reading.profile === 'protected' ? 'day-receipt+jwt' : 'receipt+jwt'
      const { payload, kid } = await verifyByKid(text.value, typ, reading.keys)
      receipt = payload
      reading.receiptKeys.set(record.line.record, kid)
    } catch (error) {
      yield finding(path, 'pack-receipt-invalid', reasonOf(error))
      continue
    }
    record.receipt = receipt
    for (const member of mismatches(reading.profile, record, receipt)) yield finding(path, 'pack-receipt-mismatch', member)
    yield* checkCertificate(reading, record, receipt)
  }
}

function* mismatches(profile: string, record: ReadRecord, receipt: Record<string, unknown>): Generator<string> {
  const { media, day } = receipt
  if (receipt.record_sha256 !== record.sha256) yield 'record_sha256'
  if (profile === 'protected') {
    if (JSON.stringify(media) !== JSON.stringify([...record.media].sort())) yield 'media'
    if (typeof day !== 'string' || !DAY.test(day)) yield 'day'
    if (Object.keys(receipt).sort().join() !== DAY_MEMBERS) yield 'members'
    return
  }
  if (receipt.record !== record.line.record) yield 'record'
  if (!Array.isArray(media) || media.some((one) => !record.media.includes(one as string))) yield 'media'
  else if (receipt.complete === true && media.length !== record.media.length) yield 'complete'
}

async function* checkCertificate(reading: Reading, record: ReadRecord, receipt: Record<string, unknown>): Findings {
  const path = record.line.certificate
  if (path === null) return
  const released = await orRefused(readObject(reading, path))
  if ('finding' in released) return void (yield released.finding)
  try {
    requireReleased(released.value)
    reading.releases.set(record.line.record, released.value.disclosure)
    await requireCertificate(released.value, record, receipt)
  } catch (error) {
    yield finding(path, 'pack-certificate-invalid', reasonOf(error))
  }
}

function requireReleased(value: object): asserts value is Released {
  const { certificate, salt, disclosure } = value as Record<string, unknown>
  const wellFormed = Object.keys(value).sort().join() === RELEASED_MEMBERS && typeof certificate === 'string'
    && typeof salt === 'string' && SALT.test(salt) && typeof disclosure === 'string' && HASH.test(disclosure)
  if (!wellFormed) throw new Error('not a released certificate')
}

async function requireCertificate(
  { certificate, salt, device_key }: Released, record: ReadRecord, receipt: Record<string, unknown>,
): Promise<void> {
  const commitment = toHex(sha256Now(fromHex(salt), utf8(certificate)))
  if (commitment !== receipt.certificate_commitment) throw new Error('the receipt commits to another certificate')
  const { payload } = await verifyJws(certificate, await importPublic(publicJwk(device_key)), 'record-key+jwt')
  if (payload.record !== record.line.record) throw new Error('the certificate is for another record')
  if (payload.jkt !== record.key) throw new Error('the certificate is for another key')
}
