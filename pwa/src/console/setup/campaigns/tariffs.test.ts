import { describe, expect, it } from 'vitest'
import { draftOfTariff, newTariff, tariffOf } from './tariffs'
import type { Tariff } from '../../../domain/fare'

const CITY: Tariff = {
  kind: 'taxi', name: '巡游出租汽车', flag_fen: 850, flag_m: 2500, unit_m: 250, surcharge_fen: 110, round_fen: 50,
  steps: [{ from_m: 2500, fen_per_km: 219 }, { from_m: 8000, fen_per_km: 333 }],
  night: { from: '22:00', to: '06:00', flag_fen: 1015, permille: 205 },
}

describe('tariffs', () => {
  it('come back to the fen and the metre', () => {
    expect(tariffOf(draftOfTariff(CITY))).toEqual(CITY)
  })
  it('begin their first step where the flag fall ends', () => {
    const draft = { ...newTariff('x'), flagKm: 3 }
    expect(tariffOf(draft).steps).toEqual([{ from_m: 3000, fen_per_km: 200 }])
  })
})
