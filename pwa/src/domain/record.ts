/** A draft as the claims and disclosures of a record (PROTOCOL §4). Pure: signing happens behind the crypto door. */

import { isAnswered } from './answers'
import type { Draft, MediaRef } from './draft'

export const RECORD_TYPE = 'inspection+sd-jwt'
export const CERTIFICATE_TYPE = 'record-key+jwt'
export const LINK_TYPE = 'device-chain+jwt'
export const WITNESS_TYPE = 'witness+jwt'

/** Every disclosure of a record, each exactly once, null where there is nothing. */
export const DISCLOSURES = [
  'day', 'visit', 'site', 'subject', 'private', 'answers', 'remarks', 'place', 'clock', 'ride',
  'media_details', 'origin', 'note',
] as const
export type DisclosureName = (typeof DISCLOSURES)[number]

export interface Origin {
  assignment: string | null
  /** The newest time ticket (office JWS): the record is younger than it. */
  ticket: string | null
  app: string
  user_agent: string
  key_protection: 'pin' | 'passphrase'
}

export interface Sealing {
  /** RFC 3339 UTC with milliseconds. */
  submittedAt: string
  /** Local date of the visit. */
  day: string
  origin: Origin
}

export interface ClearClaims {
  v: 1
  id: string
  campaign: string
  checklist: string
  unit: string | null
  supersedes: string | null
  media: string[]
}

/** The members of a record that everybody sees. Media hashes stand once each, ascending. */
export function clearClaims(draft: Draft): ClearClaims {
  return {
    v: 1, id: draft.id, campaign: draft.campaign, checklist: draft.checklist, unit: draft.unit,
    supersedes: draft.supersedes, media: mediaHashes(draft.media),
  }
}

/** The hashes of a draft's media, ascending, the same picture once. */
export function mediaHashes(media: readonly MediaRef[]): string[] {
  return [...new Set(media.map((one) => one.sha256))].sort()
}

/** The thirteen disclosures of a record, in the protocol's order. */
export function disclosureValues(draft: Draft, sealing: Sealing): [DisclosureName, unknown][] {
  const values: Record<DisclosureName, unknown> = {
    day: sealing.day,
    visit: { outcome: draft.outcome, reason: textOrNull(draft.reason) },
    site: draft.site,
    subject: draft.subject && draft.subject.label.trim() ? { kind: draft.subject.kind, label: draft.subject.label.trim() } : null,
    private: privateOf(draft),
    answers: answersOf(draft),
    remarks: remarksOf(draft),
    // A visit always says why it has no place; a withdrawal repeats nothing of the visit.
    place: draft.place ?? (draft.outcome === 'withdrawn' ? null : { reason: 'not-asked' }),
    clock: clockOf(draft, sealing),
    ride: draft.ride,
    media_details: mediaDetails(draft.media),
    origin: sealing.origin,
    note: textOrNull(draft.note),
  }
  return DISCLOSURES.map((name) => [name, values[name]])
}

function answersOf(draft: Draft) {
  const given = Object.entries(draft.answers).filter(([, value]) => isAnswered(value))
  return given.length ? given.map(([item, value]) => ({ item, value })) : null
}

function remarksOf(draft: Draft) {
  const items = new Set([...Object.keys(draft.remarks).filter((item) => draft.remarks[item]?.trim())])
  const remarks = [...items].map((item) => ({
    item,
    text: draft.remarks[item]!.trim(),
    media: mediaHashes(draft.media.filter((one) => one.item === item)),
  }))
  return remarks.length ? remarks : null
}

function mediaDetails(media: readonly MediaRef[]) {
  if (!media.length) return null
  return media.map((one) => ({
    sha256: one.sha256, bytes: one.bytes, mime: one.mime, item: one.item, captured_at: one.captured_at,
    lat_e7: one.lat_e7, lon_e7: one.lon_e7, accuracy_m: one.accuracy_m, source: one.source,
  }))
}

function clockOf(draft: Draft, sealing: Sealing) {
  return {
    started_at: draft.started_at, ended_at: draft.ended_at, submitted_at: sealing.submittedAt,
    monotonic_ms: Math.round(draft.monotonic_ms),
  }
}

function privateOf(draft: Draft) {
  const plate = textOrNull(draft.private.plate)
  const names = textOrNull(draft.private.names)
  return plate || names ? { plate, names } : null
}

function textOrNull(text: string | null): string | null {
  return text?.trim() || null
}

/** A local calendar date (`2026-11-21`) of a moment, in the phone's time zone. */
export function localDay(moment: Date): string {
  const two = (n: number) => String(n).padStart(2, '0')
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`
}
