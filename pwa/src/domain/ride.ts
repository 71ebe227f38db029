/**
 * A ride measured by a few fixes (PROTOCOL §4 `ride`). Only the sum of the way and the newest fix are
 * kept, never the route; both go when the record is sealed.
 */

import type { Checklist } from './bundle'
import type { Ride, Subject, Track } from './draft'
import { fareFen, localMinute, type Tariff } from './fare'
import { distanceM, type Fix } from './geotag'

export type RideKind = Tariff['kind']

/** A fix more often than this adds no accuracy worth its power. */
export const FIX_EVERY_MS = 20_000
/** Coarser fixes would add ways that nobody went. */
const COARSEST_M = 100
const GAP_MS = 90_000
/** Faster than any taxi: one of the two fixes is wrong. */
const FASTEST_M_PER_S = 45

export const EMPTY_RIDE: Ride = { from: null, to: null, distance_m: null, duration_s: null, fare_paid: null, fare_expected: null }

export function newTrack(now: string): Track {
  return { started_at: now, ended_at: null, distance_m: 0, last: null, fixes: 0, gaps: 0 }
}

/** Whether fixes are being taken. */
export function isRunning(track: Track | null | undefined): boolean {
  return track != null && track.ended_at === null
}

/**
 * The track with one more fix. A fix that is too coarse, not newer, or impossibly far adds nothing; a move within
 * the uncertainty of both is none: the next fix is compared with the same older one.
 */
export function withFix(track: Track, fix: Fix): Track {
  const { last } = track
  if (!isRunning(track) || fix.accuracy_m > COARSEST_M) return track
  if (!last) return { ...track, last: fix, fixes: 1 }
  const passedMs = Date.parse(fix.at) - Date.parse(last.at)
  if (passedMs <= 0) return track
  const moved = distanceM(last, fix)
  const slack = Math.max(last.accuracy_m, fix.accuracy_m)
  if (moved - slack > (FASTEST_M_PER_S * passedMs) / 1000) return track
  if (moved <= slack) return track
  return {
    ...track, last: fix, fixes: track.fixes + 1, distance_m: track.distance_m + moved,
    gaps: track.gaps + (passedMs > GAP_MS ? 1 : 0),
  }
}

/** The ride after the track moved on: way and time are measured, the fare follows from them. */
export function rideOf(ride: Ride | null, track: Track, now: string, tariff: Tariff | null): Ride {
  const seconds = Math.max(0, Math.round((Date.parse(track.ended_at ?? now) - Date.parse(track.started_at)) / 1000))
  return withFare({ ...(ride ?? EMPTY_RIDE), distance_m: track.distance_m, duration_s: seconds }, tariff, track.started_at)
}

/** The ride with the fare that its way should cost, where there is a tariff to tell. */
export function withFare(ride: Ride, tariff: Tariff | null, startedAt: string): Ride {
  if (!tariff || ride.distance_m === null) return ride
  return { ...ride, fare_expected: fareFen(tariff, ride.distance_m, localMinute(startedAt)) }
}

/** What kind of ride a visit is, by its subject, else by its checklist; null for none. */
export function rideKind(subject: Subject | null, checklist: Checklist): RideKind | null {
  if (subject?.kind === 'taxi' || subject?.kind === 'bus') return subject.kind
  if (subject) return null
  return /taxi/i.test(checklist.code) ? 'taxi' : /bus/i.test(checklist.code) ? 'bus' : null
}

/** How far the paid fare is from the expected one, in fen; null while one of them is unknown. */
export function overpaidFen(ride: Ride | null): number | null {
  return ride && ride.fare_paid !== null && ride.fare_expected !== null ? ride.fare_paid - ride.fare_expected : null
}
