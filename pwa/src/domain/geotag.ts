/** Where a record was made: fixes of the phone, the best of them, a correction beside it (PROTOCOL §4 `place`). */

export interface Fix {
  lat_e7: number
  lon_e7: number
  accuracy_m: number
  /** RFC 3339 UTC, the time of the fix as the phone gave it. */
  at: string
}

export interface MeasuredPlace {
  lat_e7: number
  lon_e7: number
  /** Null for a place typed by hand where no uncertainty is known. */
  accuracy_m: number | null
  source: 'gps' | 'manual'
  at: string
  /** The fix that a manual correction replaced. */
  measured: Fix | null
}

export type NoPlaceReason = 'denied' | 'unavailable' | 'timeout' | 'unsupported' | 'not-asked'
export type Place = MeasuredPlace | { reason: NoPlaceReason }

/** A fix older than this at the moment of use says little about where the person is. */
export const STALE_AFTER_MS = 120_000
/** A fix coarser than this comes from a cell tower or an IP address. */
export const COARSE_OVER_M = 200
/** Good enough to stop asking. */
export const GOOD_ENOUGH_M = 15

/** Degrees to integer 1e-7 degrees; null outside the WGS-84 range. */
export function toE7(degrees: number, limit: 90 | 180): number | null {
  if (!Number.isFinite(degrees) || Math.abs(degrees) > limit) return null
  return Math.round(degrees * 1e7)
}

/** The better of two fixes: the finer one; at equal accuracy the later one. */
export function betterFix(known: Fix | null, next: Fix): Fix {
  if (!known) return next
  return next.accuracy_m <= known.accuracy_m ? next : known
}

export type FixQuality = 'good' | 'fair' | 'coarse' | 'stale' | 'odd'

/** No phone measures without uncertainty, and none of ours stands at the zero of the grid: a tool made this. */
export function isOdd(fix: Fix): boolean {
  return fix.accuracy_m <= 0 || (fix.lat_e7 === 0 && fix.lon_e7 === 0)
}

/** How far a fix can be relied on for something that began at `now` (ms since the epoch). */
export function qualityOf(fix: Fix, now: number): FixQuality {
  if (isOdd(fix)) return 'odd'
  if (now - Date.parse(fix.at) > STALE_AFTER_MS) return 'stale'
  if (fix.accuracy_m > COARSE_OVER_M) return 'coarse'
  return fix.accuracy_m <= 50 ? 'good' : 'fair'
}

/** A fix that says where something happens at `now`, or null: an old one would say where it does not. */
export function freshFix(fix: Fix | null, now: number): Fix | null {
  return fix && Math.abs(now - Date.parse(fix.at)) <= STALE_AFTER_MS ? fix : null
}

/** A fix as the place of a record. */
export function placeOf(fix: Fix): MeasuredPlace {
  return { ...fix, source: 'gps', measured: null }
}

/** Correct a place by hand; the fix it replaces is kept beside it, also through several corrections. */
export function correctPlace(
  place: Place | null, at: string, lat_e7: number, lon_e7: number, accuracy_m: number | null,
): MeasuredPlace {
  return { lat_e7, lon_e7, accuracy_m, source: 'manual', at, measured: fixOf(place) }
}

/** The fix behind a place, or null when there never was one. */
export function fixOf(place: Place | null): Fix | null {
  if (!place || 'reason' in place) return null
  if (place.source === 'manual') return place.measured
  return { lat_e7: place.lat_e7, lon_e7: place.lon_e7, accuracy_m: place.accuracy_m ?? 0, at: place.at }
}

/** Great-circle distance in metres (sphere of 6,371,008.8 m): for a hint on the phone, not for evidence. */
export function distanceM(a: { lat_e7: number; lon_e7: number }, b: { lat_e7: number; lon_e7: number }): number {
  const rad = Math.PI / 180 / 1e7
  const sinLat = Math.sin(((b.lat_e7 - a.lat_e7) * rad) / 2)
  const sinLon = Math.sin(((b.lon_e7 - a.lon_e7) * rad) / 2)
  const h = sinLat * sinLat + Math.cos(a.lat_e7 * rad) * Math.cos(b.lat_e7 * rad) * sinLon * sinLon
  return Math.round(2 * 6_371_008.8 * Math.asin(Math.min(1, Math.sqrt(h))))
}
