/** Figures and times for people, in the reader's language and time zone. */
import { currentLocale, t } from '../i18n'

const E7 = 1e7

/** A moment to the minute. */
export function moment(iso: string | null | undefined): string {
  if (!iso) return '—'
  return new Intl.DateTimeFormat(currentLocale(), {
    year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hour12: false,
  }).format(new Date(iso))
}

/** A moment to the second, for clocks that are compared. */
export function exactMoment(iso: string | null | undefined): string {
  if (!iso) return '—'
  return new Intl.DateTimeFormat(currentLocale(), {
    month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false,
  }).format(new Date(iso))
}

export function day(iso: string | null | undefined): string {
  return iso ? iso.slice(0, 10) : '—'
}

export function bytes(count: number | null | undefined): string {
  if (count === null || count === undefined) return '—'
  if (count < 1000) return `${count} B`
  if (count < 1e6) return `${(count / 1e3).toFixed(0)} kB`
  return count < 1e9 ? `${(count / 1e6).toFixed(1)} MB` : `${(count / 1e9).toFixed(2)} GB`
}

/** Metres below 10 km, kilometres above. */
export function distance(metres: number | null | undefined): string {
  if (metres === null || metres === undefined) return '—'
  return metres < 10_000 ? t('unit.m', { n: Math.round(metres) }) : t('unit.km', { n: (metres / 1000).toFixed(1) })
}

/** WGS-84 in 1e-7 degree as decimal degrees. */
export function degrees(latE7: number | null, lonE7: number | null): string {
  if (latE7 === null || lonE7 === null) return '—'
  return `${(latE7 / E7).toFixed(6)}, ${(lonE7 / E7).toFixed(6)}`
}

export function minutes(milliseconds: number): string {
  const total = Math.round(milliseconds / 1000)
  return t('unit.minSec', { min: Math.floor(total / 60), sec: String(total % 60).padStart(2, '0') })
}

/** First characters of a hash, enough to compare by eye. */
export function shortHash(hex: string | null | undefined): string {
  return hex ? `${hex.slice(0, 12)}…` : '—'
}
