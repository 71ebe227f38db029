/** What a ride costs by a city's tariff, as the office sends it; whole fen and metres (`campaigns/fares.py` reckons the same). */

export interface Tariff {
  kind: 'taxi' | 'bus'
  name: string
  /** The flag fall covers the first `flag_m`. */
  flag_fen: number
  flag_m: number
  /** Beyond it every begun unit is charged. */
  unit_m: number
  surcharge_fen: number
  round_fen: number
  steps: { from_m: number; fen_per_km: number }[]
  night: { from: string; to: string; flag_fen: number; permille: number } | null
}

const DAY = 24 * 60

/** The fare in fen; `minute` of the local day at which the ride began. Waiting is not in it. */
export function fareFen(tariff: Tariff, distanceM: number, minute: number): number {
  const { night, steps } = tariff
  const dear = night !== null && sinceMinute(night.from, minute) < sinceMinute(night.from, minuteOf(night.to))
  const flag = dear ? night.flag_fen : tariff.flag_fen
  const permille = dear ? 1000 + night.permille : 1000
  const charged = tariff.flag_m + Math.ceil(Math.max(0, distanceM - tariff.flag_m) / tariff.unit_m) * tariff.unit_m
  const beyond = steps.reduce((sum, step, at) => {
    const end = Math.min(steps[at + 1]?.from_m ?? charged, charged)
    return sum + Math.max(0, end - step.from_m) * step.fen_per_km
  }, 0)
  // In millionths of a fen, below 2^53 for every tariff the office accepts; halves are rounded up.
  const total = (flag + tariff.surcharge_fen) * 1e6 + beyond * permille
  return Math.floor((2 * total + tariff.round_fen * 1e6) / (tariff.round_fen * 2e6)) * tariff.round_fen
}

/** Fen as yuan, `12.50`. */
export function yuan(fen: number): string {
  return (fen / 100).toFixed(2)
}

/** Minute of the phone's local day. */
export function localMinute(iso: string): number {
  const moment = new Date(iso)
  return moment.getHours() * 60 + moment.getMinutes()
}

function sinceMinute(from: string, minute: number): number {
  return (minute - minuteOf(from) + DAY) % DAY
}

function minuteOf(clock: string): number {
  const [hours, minutes] = clock.split(':').map(Number)
  return hours! * 60 + minutes!
}
