/** One record from sealed to delivered (PROTOCOL §4, §5). */

import type { OutboxEntry, OutboxMedia } from '../../domain/outbox'
import { commit, docChange, hasMedia, mediaRemoval, PLACES, readDoc, type DeviceDoc } from '../store'
import { askJson, OfficeError } from './http'
import { deliverPhoto, type Courier } from './photos'
import { publishedIntroductions, trustedKeys } from './officeKeys'
import { checkReceipt, type Expected, type ReceiptVerdict } from './receipt'

/** Send the record itself; true if it is delivered with that. Otherwise its photos are to follow. */
export async function announce(courier: Courier, device: DeviceDoc, entry: OutboxEntry): Promise<boolean> {
  const complete = await postRecord(courier, device, entry)
  if (complete) await finish(courier, entry)
  return complete
}

/**
 * Send the photos (small before large), then fetch and check the complete receipt. Unless the office has
 * just told what it misses (`fresh`), ask first: an earlier run may have got further than this phone was told.
 */
export async function deliver(courier: Courier, device: DeviceDoc, entry: OutboxEntry, fresh: boolean): Promise<void> {
  if (fresh || !(await resume(courier, device, entry))) await sendMissing(courier, device, entry)
  await finish(courier, entry)
}

async function postRecord(courier: Courier, device: DeviceDoc, entry: OutboxEntry): Promise<boolean> {
  const { body } = await askJson('/records', {
    method: 'POST', token: await courier.token(),
    body: { record: entry.sdjwt, certificate: entry.certificate, link: entry.link },
  })
  const missing = hashesOf(body.missing)
  if (typeof body.receipt !== 'string') throw new OfficeError('not-the-office', 'not-the-office')
  const complete = await takeReceipt(courier, device, entry, body.receipt)
  markHeld(entry, missing)
  entry.phase = 'accepted'
  courier.moved(entry)
  await courier.kept(entry)
  return complete
}

/** Go on where it stopped. An office that no longer knows the record (an older backup) gets it again. */
async function resume(courier: Courier, device: DeviceDoc, entry: OutboxEntry): Promise<boolean> {
  try {
    return (await askState(courier, device, entry)).complete
  } catch (error) {
    if (!(error instanceof OfficeError) || error.code !== 'not-found') throw error
    entry.media.forEach(sendAnew)
    return postRecord(courier, device, entry)
  }
}

async function sendMissing(courier: Courier, device: DeviceDoc, entry: OutboxEntry): Promise<void> {
  const [first, ...rest] = groupsToSend(entry.media)
  // The first shows how quick the way is; only then is there reason for a second lane.
  if (first) await sendGroup(courier, entry, first)
  await inLanes(rest, courier.pace.lanes, (group) => sendGroup(courier, entry, group))
  if (!(await askState(courier, device, entry)).complete) throw new OfficeError('busy', 'receipt-not-yet-complete')
}

async function sendGroup(courier: Courier, entry: OutboxEntry, group: OutboxMedia[]): Promise<void> {
  for (const photo of group) {
    if (!courier.photosMayGo()) throw new OfficeError('busy', 'wifi-only')
    await deliverPhoto(courier, entry, photo)
  }
}

/** What is missing, small before large; the same picture twice is one after the other, never at the same time. */
function groupsToSend(media: readonly OutboxMedia[]): OutboxMedia[][] {
  const groups = new Map<string, OutboxMedia[]>()
  for (const photo of [...media].sort((a, b) => a.bytes - b.bytes)) {
    if (!photo.held) groups.set(photo.sha256, [...(groups.get(photo.sha256) ?? []), photo])
  }
  return [...groups.values()]
}

/** Work through a list in parallel; after a failure nothing new begins, and it is thrown when all lanes rest. */
async function inLanes<T>(list: T[], lanes: number, work: (one: T) => Promise<void>): Promise<void> {
  const waiting = [...list]
  const endings = await Promise.allSettled(Array.from({ length: lanes }, async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      await work(next).catch((error: unknown) => {
        waiting.length = 0
        throw error
      })
    }
  }))
  for (const ending of endings) if (ending.status === 'rejected') throw ending.reason
}

export interface OfficeView {
  /** A complete receipt was verified, now or before. */
  complete: boolean
  missing: ReadonlySet<string>
}

/** Ask the office where the record stands. */
export async function askState(courier: Courier, device: DeviceDoc, entry: OutboxEntry): Promise<OfficeView> {
  const { body } = await askJson(`/records/${entry.record}`, { token: await courier.token() })
  if (typeof body.state !== 'string' || typeof body.receipt !== 'string') throw new OfficeError('not-the-office', 'not-the-office')
  const missing = hashesOf(body.missing)
  entry.officeState = body.state
  entry.checkedAt = Date.now()
  if (entry.phase === 'delivered') return { complete: true, missing }
  markHeld(entry, missing)
  return { complete: await takeReceipt(courier, device, entry, body.receipt), missing }
}

/**
 * The office misses photos for which it gave a complete receipt. Those that are still here are sent
 * again; of the others only the receipt is left, and the person is told.
 */
export async function recall(entry: OutboxEntry, missing: ReadonlySet<string>): Promise<void> {
  const asked = entry.media.filter((photo) => missing.has(photo.sha256))
  const here = await Promise.all(asked.map((photo) => hasMedia('originals', photo.id)))
  entry.recalled = asked.filter((_, at) => !here[at]).map((photo) => photo.sha256)
  if (!here.includes(true) || entry.recalled.length) return
  asked.forEach(sendAnew)
  entry.phase = 'accepted'
}

async function takeReceipt(courier: Courier, device: DeviceDoc, entry: OutboxEntry, receipt: string): Promise<boolean> {
  const expected = {
    record: entry.record, recordSha256: entry.recordSha256, media: entry.media.map((one) => one.sha256),
  }
  const verdict = await verdictOn(courier.storeKey, device, receipt, expected)
  if (!verdict.sound) throw new OfficeError('refused', verdict.code)
  entry.receipt = receipt
  return verdict.complete
}

/** A signer that is not known yet may have been introduced since: then ask once, and keep what led to it. */
async function verdictOn(storeKey: CryptoKey, device: DeviceDoc, receipt: string, expected: Expected): Promise<ReceiptVerdict> {
  const judge = async (introductions: readonly string[]) =>
    checkReceipt(receipt, expected, await trustedKeys(device.officeKeys, device.officeKey, introductions))
  const known = await judge(device.introductions ?? [])
  if (known.sound || known.code !== 'receipt-signer-unknown') return known
  const introductions = await publishedIntroductions()
  const verdict = await judge(introductions)
  if (verdict.sound) {
    device.introductions = introductions
    const kept = await readDoc<DeviceDoc>(storeKey, PLACES.device)
    await commit([await docChange(storeKey, PLACES.device, { ...(kept ?? device), introductions })])
  }
  return verdict
}

/** The complete receipt and the end of the originals: one transaction, after the receipt was verified. */
async function finish(courier: Courier, entry: OutboxEntry): Promise<void> {
  // A position that is still being written must not come after the end.
  await courier.kept(entry)
  const done: OutboxEntry = { ...entry, phase: 'delivered', trouble: null, media: entry.media.map((photo) => ({ ...photo, held: true })) }
  await commit([
    await docChange(courier.storeKey, PLACES.outbox(entry.entry), done),
    ...entry.media.map((photo) => mediaRemoval('originals', photo.id)),
  ])
  // Not before: an end that could not be kept must not be noted as one, with the originals still here.
  Object.assign(entry, done)
}

/** The office's word on what it holds. What it held and misses now has lost its upload as well. */
function markHeld(entry: OutboxEntry, missing: ReadonlySet<string>): void {
  for (const photo of entry.media) {
    if (!missing.has(photo.sha256)) photo.held = true
    else if (photo.held) sendAnew(photo)
  }
}

function sendAnew(photo: OutboxMedia): void {
  Object.assign(photo, { held: false, location: null, offset: 0 })
}

function hashesOf(value: unknown): Set<string> {
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'string')) {
    throw new OfficeError('not-the-office', 'not-the-office')
  }
  return new Set(value as string[])
}
