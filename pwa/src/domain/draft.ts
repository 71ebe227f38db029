/** A visit being written down: everything a record will be built from. */

import { isAnswered, isFailure, type AnswerValue } from './answers'
import type { Assignment, Bundle, Checklist, ChecklistItem, ItemRemark } from './bundle'
import type { Fix, Place } from './geotag'

/** Most media a record may declare; the office refuses more. */
export const MAX_MEDIA = 60

export type Outcome = 'done' | 'not_possible' | 'withdrawn'
export type SubjectKind = 'window' | 'bus' | 'taxi' | 'office' | 'other'

export interface Subject {
  kind: SubjectKind
  label: string
}

/** What must never leave the office: it stands in a disclosure of its own. */
export interface PrivateNotes {
  plate: string | null
  names: string | null
}

/** Distances in metres, times in seconds, money in fen. */
export interface Ride {
  from: string | null
  to: string | null
  distance_m: number | null
  duration_s: number | null
  fare_paid: number | null
  fare_expected: number | null
}

/** A ride being measured: the sum of the way and the newest fix, never the route. */
export interface Track {
  started_at: string
  /** Null while the ride goes on. */
  ended_at: string | null
  distance_m: number
  last: Fix | null
  fixes: number
  /** Stretches without a fix: there the way is a straight line, the real one was longer. */
  gaps: number
}

export interface MediaRef {
  /** Key in the local store; says nothing about the content. */
  id: string
  sha256: string
  bytes: number
  mime: string
  item: string | null
  captured_at: string
  lat_e7: number | null
  lon_e7: number | null
  accuracy_m: number | null
  source: 'camera' | 'file'
}

export interface Draft {
  /** The record's id: it stays the same in every version. */
  id: string
  assignment: string | null
  campaign: string
  checklist: string
  site: string | null
  unit: string | null
  /** SHA-256 of the JWS this version replaces, or null. */
  supersedes: string | null
  /** What the reviewer wants answered. */
  remarksOfOffice: ItemRemark[]
  outcome: Outcome
  reason: string
  subject: Subject | null
  private: PrivateNotes
  answers: Record<string, AnswerValue>
  /** Remarks by item id. */
  remarks: Record<string, string>
  place: Place | null
  ride: Ride | null
  /** How the ride is being measured: only on this phone, never part of the record. */
  track?: Track | null
  note: string
  media: MediaRef[]
  started_at: string
  ended_at: string
  /** Time the visit was open on the screen, by a clock nobody can set. */
  monotonic_ms: number
}

export interface Start {
  campaign: string
  checklist: string
  site: string | null
  unit: string | null
  assignment: string | null
}

/** An empty draft. `now` is RFC 3339 UTC. */
export function newDraft(id: string, start: Start, now: string): Draft {
  return {
    id, ...start,
    supersedes: null, remarksOfOffice: [],
    outcome: 'done', reason: '', subject: null, private: { plate: null, names: null },
    answers: {}, remarks: {}, place: null, ride: null, track: null, note: '', media: [],
    started_at: now, ended_at: now, monotonic_ms: 0,
  }
}

/** Where a draft for an assignment starts: the unit of the site where the assignment names none. */
export function startOf(assignment: Assignment, bundle: Bundle): Start {
  const site = bundle.sites.find((one) => one.id === assignment.site)
  return {
    assignment: assignment.id, campaign: assignment.campaign, checklist: assignment.checklist,
    site: assignment.site, unit: assignment.unit ?? site?.unit ?? null,
  }
}

/**
 * The draft that answers a returned record: same id, `supersedes` the version that was returned.
 * `earlier` is that version's content if this phone still has it (a replaced phone does not).
 */
export function answerReturned(earlier: Draft | null, assignment: Assignment, bundle: Bundle, now: string): Draft {
  const returned = assignment.returned
  if (!returned) throw new Error('assignment was not returned')
  const base = earlier ?? newDraft(returned.record, { ...startOf(assignment, bundle), assignment: null }, now)
  return {
    ...structuredClone(base),
    id: returned.record,
    // A record that was not assigned comes back as an entry of its own, under the record's id.
    assignment: assignment.id === returned.record ? base.assignment : assignment.id,
    supersedes: returned.record_sha256, remarksOfOffice: [...returned.remarks],
    outcome: base.outcome === 'withdrawn' ? 'done' : base.outcome,
  }
}

/** The version that takes a submitted mistake back: nothing of the content is repeated, only the reason stands. */
export function withdrawal(earlier: Draft, supersedes: string, reason: string, now: string): Draft {
  const empty = newDraft(earlier.id, earlier, now)
  return {
    ...empty,
    assignment: earlier.assignment, campaign: earlier.campaign, checklist: earlier.checklist,
    site: earlier.site, unit: earlier.unit, supersedes, outcome: 'withdrawn', reason,
  }
}

/** Whether the item's photo rule asks for a photo now and none is there. */
export function wantsPhoto(item: ChecklistItem, draft: Draft): boolean {
  const rule = item.photo ?? 'never'
  if (rule === 'never' || draft.media.some((one) => one.item === item.id)) return false
  return rule === 'always' ? draft.answers[item.id] !== 'na' : isFailure(item, draft.answers[item.id])
}

export interface Gaps {
  unanswered: string[]
  photos: string[]
}

/** What is still open. It is shown before submitting and never prevents it. */
export function gapsOf(draft: Draft, checklist: Checklist): Gaps {
  return {
    unanswered: checklist.items.filter((item) => !isAnswered(draft.answers[item.id])).map((item) => item.id),
    photos: checklist.items.filter((item) => wantsPhoto(item, draft)).map((item) => item.id),
  }
}
