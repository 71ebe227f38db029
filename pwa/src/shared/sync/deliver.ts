/** One record from sealed to delivered (PROTOCOL §4, §5). */

import type { OutboxEntry, OutboxMedia } from '../../domain/outbox'
import { commit, docChange, mediaRemoval, PLACES, type DeviceDoc } from '../store'
import { askJson, OfficeError } from './http'
import { deliverPhoto, type Courier } from './photos'
import { checkReceipt } from './receipt'

/** Send the record, then its photos (small before large), then fetch and check the complete receipt. */
export async function deliver(courier: Courier, device: DeviceDoc, entry: OutboxEntry): Promise<void> {
  // After a break, ask first: an earlier run may have got further than this phone was told.
  const complete = entry.phase === 'sealed'
    ? await postRecord(courier, device, entry)
    : await askState(courier, device, entry)
  if (!complete) await sendMissing(courier, device, entry)
  await finish(courier.storeKey, entry)
}

async function postRecord(courier: Courier, device: DeviceDoc, entry: OutboxEntry): Promise<boolean> {
  const { body } = await askJson('/records', {
    method: 'POST', token: await courier.token(),
    body: { record: entry.sdjwt, certificate: entry.certificate, link: entry.link },
  })
  const missing = hashesOf(body.missing)
  if (typeof body.receipt !== 'string') throw new OfficeError('not-the-office', 'not-the-office')
  const complete = await takeReceipt(device, entry, body.receipt)
  markHeld(entry, missing)
  entry.phase = 'accepted'
  await courier.moved(entry)
  return complete
}

async function sendMissing(courier: Courier, device: DeviceDoc, entry: OutboxEntry): Promise<void> {
  for (const photo of smallFirst(entry.media)) {
    if (!photo.held) await deliverPhoto(courier, entry, photo)
  }
  if (!(await askState(courier, device, entry))) throw new OfficeError('busy', 'receipt-not-yet-complete')
}

/** Ask the office where the record stands. Returns whether a complete receipt was verified. */
export async function askState(courier: Courier, device: DeviceDoc, entry: OutboxEntry): Promise<boolean> {
  const { body } = await askJson(`/records/${entry.record}`, { token: await courier.token() })
  if (typeof body.state !== 'string' || typeof body.receipt !== 'string') throw new OfficeError('not-the-office', 'not-the-office')
  entry.officeState = body.state
  entry.checkedAt = Date.now()
  if (entry.phase === 'delivered') return true
  markHeld(entry, hashesOf(body.missing))
  return takeReceipt(device, entry, body.receipt)
}

async function takeReceipt(device: DeviceDoc, entry: OutboxEntry, receipt: string): Promise<boolean> {
  const expected = {
    record: entry.record, recordSha256: entry.recordSha256, media: entry.media.map((one) => one.sha256),
  }
  const verdict = await checkReceipt(receipt, expected, device.officeKeys, device.officeKey)
  if (!verdict.sound) throw new OfficeError('refused', verdict.code)
  entry.receipt = receipt
  return verdict.complete
}

/** The complete receipt and the end of the originals: one transaction, after the receipt was verified. */
async function finish(storeKey: CryptoKey, entry: OutboxEntry): Promise<void> {
  entry.phase = 'delivered'
  entry.trouble = null
  for (const photo of entry.media) photo.held = true
  await commit([
    await docChange(storeKey, PLACES.outbox(entry.entry), entry),
    ...entry.media.map((photo) => mediaRemoval('originals', photo.id)),
  ])
}

function markHeld(entry: OutboxEntry, missing: ReadonlySet<string>): void {
  for (const photo of entry.media) photo.held = !missing.has(photo.sha256)
}

function hashesOf(value: unknown): Set<string> {
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'string')) {
    throw new OfficeError('not-the-office', 'not-the-office')
  }
  return new Set(value as string[])
}

function smallFirst(media: readonly OutboxMedia[]): OutboxMedia[] {
  return [...media].sort((a, b) => a.bytes - b.bytes)
}
