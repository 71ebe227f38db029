/** Tariffs as a person types them, in yuan and kilometres; the server keeps whole fen and metres. */
import type { Tariff } from '../../../domain/fare'

export interface TariffDraft {
  kind: Tariff['kind']
  name: string
  flag: number
  flagKm: number
  unitKm: number
  surcharge: number
  round: number
  /** The first step begins where the flag fall ends. */
  steps: { fromKm: number; perKm: number }[]
  night: { from: string; to: string; flag: number; percent: number } | null
}

const FEN = 100
const METRES = 1000
/** The server counts the dearer night in thousandths. */
const PERMILLE_PER_PERCENT = 10
const whole = (value: number, scale: number): number => Math.round(value * scale)

/** An ordinary taxi's tariff, to be filled in. */
export function newTariff(name: string): TariffDraft {
  return { kind: 'taxi', name, flag: 8, flagKm: 2, unitKm: 0.5, surcharge: 0, round: 1, steps: [{ fromKm: 2, perKm: 2 }], night: null }
}

export function draftOfTariff(kept: Tariff): TariffDraft {
  return {
    kind: kept.kind,
    name: kept.name,
    flag: kept.flag_fen / FEN,
    flagKm: kept.flag_m / METRES,
    unitKm: kept.unit_m / METRES,
    surcharge: kept.surcharge_fen / FEN,
    round: kept.round_fen / FEN,
    steps: kept.steps.map((one) => ({ fromKm: one.from_m / METRES, perKm: one.fen_per_km / FEN })),
    night: kept.night && { from: kept.night.from, to: kept.night.to, flag: kept.night.flag_fen / FEN, percent: kept.night.permille / PERMILLE_PER_PERCENT },
  }
}

export function tariffOf(draft: TariffDraft): Tariff {
  const { night } = draft
  return {
    kind: draft.kind,
    name: draft.name.trim(),
    flag_fen: whole(draft.flag, FEN),
    flag_m: whole(draft.flagKm, METRES),
    unit_m: whole(draft.unitKm, METRES),
    surcharge_fen: whole(draft.surcharge, FEN),
    round_fen: whole(draft.round, FEN),
    steps: draft.steps.map((one, place) => ({ from_m: whole(place === 0 ? draft.flagKm : one.fromKm, METRES), fen_per_km: whole(one.perKm, FEN) })),
    night: night && { from: night.from, to: night.to, flag_fen: whole(night.flag, FEN), permille: whole(night.percent, PERMILLE_PER_PERCENT) },
  }
}
