/** What waits for delivery, and the truth about how far it got. */

import type { Draft, MediaRef } from './draft'

export interface OutboxMedia extends MediaRef {
  /** The office holds every byte of it for this record. */
  held: boolean
  /** Path of an upload that was begun, to be resumed. */
  location: string | null
  /** Bytes the office has confirmed so far. */
  offset: number
}

/**
 * sealed: only here · accepted: the office has the record, photos are missing ·
 * delivered: a complete receipt was verified and stored · aside: the office or the phone refused it, a person must decide
 */
export type Phase = 'sealed' | 'accepted' | 'delivered' | 'aside'

export interface Trouble {
  /** Stable code of the server's problem or of the phone's own catalogue. */
  code: string
  at: string
  /** What exactly was found, for the person who is asked for help. Never content of a record. */
  detail: string | null
}

/** What everything in the outbox has in common: how far it got and what stands in its way. */
export interface Sendable {
  phase: Phase
  trouble: Trouble | null
  tries: number
  /** Not before this moment (ms since the epoch); 0: at once. */
  nextTryAt: number
  sealedAt: string
}

/** A confirmation of another inspector's record (PROTOCOL §4, witness); it is never in phase `accepted`. */
export interface WitnessEntry extends Sendable {
  record: string
  recordSha256: string
  summary: string
  statement: string
  certificate: string
  link: string
  seq: number
}

export interface OutboxEntry extends Sendable {
  entry: string
  record: string
  recordSha256: string
  /** Position in the device's chain: also the order of delivery. */
  seq: number
  sdjwt: string
  certificate: string
  link: string
  title: string
  /** What it was sealed from, to answer a return or to withdraw. */
  draft: Draft
  media: OutboxMedia[]
  receipt: string | null
  /** State at the office, as last told: accepted, rejected, returned, … */
  officeState: string | null
  checkedAt: number
  /** Photos that the office asks for again although it gave a complete receipt, and that are gone here. */
  recalled?: string[]
}

export interface Progress {
  held: number
  total: number
  bytesHeld: number
  bytesTotal: number
}

/** Photos and bytes that the office has confirmed, of all that the entry declares. */
export function progressOf(entry: OutboxEntry): Progress {
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
  return {
    held: entry.media.filter((one) => one.held).length,
    total: entry.media.length,
    bytesHeld: sum(entry.media.map((one) => (one.held ? one.bytes : one.offset))),
    bytesTotal: sum(entry.media.map((one) => one.bytes)),
  }
}

/** Whether no later version of the same record was sealed here. */
export function isNewest(entry: OutboxEntry, all: readonly OutboxEntry[]): boolean {
  return !all.some((other) => other.record === entry.record && other.seq > entry.seq)
}

/** Whether an entry still has something to send. */
export function isPending(entry: Sendable): boolean {
  return entry.phase === 'sealed' || entry.phase === 'accepted'
}

/** No pause is longer than this; a later moment comes from a clock that was set back meanwhile. */
export const LONGEST_WAIT_MS = 3_600_000

/** Milliseconds that an entry still has to wait; a clock set back by a year must not make it wait a year. */
export function waitOf(entry: Sendable, now: number): number {
  const wait = entry.nextTryAt - now
  return wait > 0 && wait <= LONGEST_WAIT_MS ? wait : 0
}

/** Whether an entry can be sent now. */
export function isDue(entry: Sendable, now: number): boolean {
  return isPending(entry) && waitOf(entry, now) === 0
}

/**
 * Entries to send now, in the order of the chain. A later version waits for the earlier ones of the
 * same record; an entry that waits or is set aside holds up nothing but its own later versions.
 */
export function dueEntries(entries: readonly OutboxEntry[], now: number): OutboxEntry[] {
  const blocked = new Set<string>()
  const due: OutboxEntry[] = []
  for (const entry of [...entries].sort((a, b) => a.seq - b.seq)) {
    if (entry.phase === 'delivered') continue
    if (!blocked.has(entry.record) && isDue(entry, now)) due.push(entry)
    blocked.add(entry.record)
  }
  return due
}

/** Hours after which an undelivered entry deserves a warning. */
export const WARN_AFTER_HOURS = 48

/** Whether an entry has been waiting for so long that the person must be told. */
export function waitsTooLong(entry: Sendable, now: number): boolean {
  return entry.phase !== 'delivered' && now - Date.parse(entry.sealedAt) > WARN_AFTER_HOURS * 3_600_000
}
