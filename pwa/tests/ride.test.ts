/** Rides measured by a few fixes, fares by the tariff, the sketch of the day. */

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { newDraft, type Track } from '../src/domain/draft'
import { fareFen, localMinute, type Tariff } from '../src/domain/fare'
import { distanceM, freshFix, isOdd, qualityOf, type Fix } from '../src/domain/geotag'
import { disclosureValues } from '../src/domain/record'
import { newTrack, overpaidFen, rideKind, rideOf, withFare, withFix } from '../src/domain/ride'
import { roundBelow, sketchOf } from '../src/domain/sketch'

const { fares } = JSON.parse(readFileSync(new URL('../../tests/vectors/fares.json', import.meta.url), 'utf8')) as {
  fares: { name: string; tariff: Tariff; distance_m: number; minute: number; fare_fen: number }[]
}
const START = Date.parse('2026-11-22T04:00:00.000Z')
/** A fix so many seconds into the ride, so many metres to the north. */
function at(seconds: number, metres: number, accuracy_m = 10): Fix {
  return { lat_e7: 297_000_000 + Math.round(metres * 89.932), lon_e7: 1_159_900_000, accuracy_m, at: new Date(START + seconds * 1000).toISOString() }
}
function driven(...fixes: Fix[]): Track {
  return fixes.reduce(withFix, newTrack(new Date(START).toISOString()))
}

describe('fares', () => {
  it.each(fares.map((one) => [one.name, one] as const))('%s', (_, one) => {
    expect(fareFen(one.tariff, one.distance_m, one.minute)).toBe(one.fare_fen)
  })
})

describe('the way', () => {
  it('is the sum of its legs', () => {
    const track = driven(at(0, 0), at(20, 300), at(40, 100), at(60, 400))
    expect(track.distance_m).toBeGreaterThanOrEqual(799)
    expect(track.distance_m).toBeLessThanOrEqual(801)
    expect(track.fixes).toBe(4)
  })
  it('does not grow while the car stands, however long', () => {
    const noise = Array.from({ length: 200 }, (_, n) => at(20 * n, (n * 7) % 15 - 7, 20))
    expect(driven(...noise).distance_m).toBe(0)
  })
  it('counts slow progress in the end', () => {
    const crawl = Array.from({ length: 61 }, (_, n) => at(20 * n, 5 * n, 20))
    expect(driven(...crawl).distance_m).toBeGreaterThan(270)
  })
  it('takes nothing coarse, old or impossible', () => {
    const fixes = [at(0, 0), at(20, 5000, 900), at(10, 50), at(20, 300), at(19, 900), at(40, 90_000)]
    expect(driven(...fixes).last).toEqual(at(20, 300))
  })
  it('tells stretches without a fix', () => {
    expect(driven(at(0, 0), at(20, 200), at(400, 3000)).gaps).toBe(1)
  })
  it('takes no fix after the end', () => {
    const ended = { ...driven(at(0, 0)), ended_at: new Date(START + 30_000).toISOString() }
    expect(withFix(ended, at(60, 900))).toBe(ended)
  })
  it('forgets no metre between two ends of one street', () => {
    const track = driven(at(0, 0), at(60, 1000), at(120, 2000))
    expect(track.distance_m).toBe(distanceM(at(0, 0), at(60, 1000)) + distanceM(at(60, 1000), at(120, 2000)))
  })
})

describe('the ride of a record', () => {
  const taxi = fares[0]!.tariff
  const ended = { ...driven(at(0, 0), at(600, 8000)), ended_at: new Date(START + 615_000).toISOString() }

  it('has way and time as measured, the fare as it follows; what was typed stays', () => {
    const typed = { from: '甲地', to: null, distance_m: null, duration_s: null, fare_paid: 2500, fare_expected: null }
    const ride = rideOf(typed, ended, 'later', taxi)
    expect(ride).toMatchObject({ from: '甲地', distance_m: ended.distance_m, duration_s: 615, fare_paid: 2500 })
    expect(ride.fare_expected).toBe(fareFen(taxi, ended.distance_m, localMinute(ended.started_at)))
    expect(overpaidFen(ride)).toBe(2500 - ride.fare_expected!)
  })
  it('is not reckoned without a tariff', () => {
    expect(withFare({ ...rideOf(null, ended, '', null) }, null, ended.started_at).fare_expected).toBeNull()
  })
  it('names exactly the protocol\'s members, and nothing of how it was measured', () => {
    const draft = { ...newDraft('r', { campaign: 'c', checklist: 'k', site: null, unit: null, assignment: null }, at(0, 0).at), track: ended, ride: rideOf(null, ended, '', taxi) }
    const values = new Map<string, unknown>(disclosureValues(draft, { submittedAt: at(1, 0).at, day: '2026-11-22', origin: { assignment: null, ticket: null, app: 'x', user_agent: 'y', key_protection: 'pin' } }))
    expect(Object.keys(values.get('ride') as object).sort()).toEqual(['distance_m', 'duration_s', 'fare_expected', 'fare_paid', 'from', 'to'])
    expect(JSON.stringify([...values])).not.toContain('fixes')
    expect(values.get('place')).toEqual({ reason: 'not-asked' })
  })
  it('is one by its subject, else by its checklist', () => {
    const checklist = { id: 'k', code: 'taxi-ride', version: 1, title: '', items: [] }
    expect(rideKind(null, checklist)).toBe('taxi')
    expect(rideKind({ kind: 'bus', label: '8' }, checklist)).toBe('bus')
    expect(rideKind({ kind: 'window', label: '3' }, checklist)).toBeNull()
  })
})

describe('fixes', () => {
  it('that no phone measures are marked', () => {
    expect(isOdd(at(0, 0, 0))).toBe(true)
    expect(isOdd({ ...at(0, 0), lat_e7: 0, lon_e7: 0 })).toBe(true)
    expect(qualityOf(at(0, 0, 0), START)).toBe('odd')
    expect(isOdd(at(0, 0, 1))).toBe(false)
  })
  it('say where a photo was taken only while they are fresh', () => {
    expect(freshFix(at(0, 0), START + 119_000)).not.toBeNull()
    expect(freshFix(at(0, 0), START + 121_000)).toBeNull()
    expect(freshFix(at(0, 0), START - 121_000)).toBeNull()
  })
})

describe('the sketch', () => {
  it('keeps distances, with north up and everything inside', () => {
    const points = [at(0, 0), at(0, 1500), { ...at(0, 700), lon_e7: 1_159_950_000 }]
    const { places, scale } = sketchOf(points, 300, 30)
    expect(places[1]!.y).toBeLessThan(places[0]!.y)
    expect(places[2]!.x).toBeGreaterThan(places[0]!.x)
    for (const [one, other] of [[0, 1], [0, 2], [1, 2]] as const) {
      const drawn = Math.hypot(places[one]!.x - places[other]!.x, places[one]!.y - places[other]!.y) * scale
      expect(Math.abs(drawn - distanceM(points[one]!, points[other]!))).toBeLessThan(3)
    }
    expect(places.every((one) => one.x >= 30 && one.x <= 270 && one.y >= 30 && one.y <= 270)).toBe(true)
  })
  it('gives one place surroundings, and its bar a round length', () => {
    const { places, bar } = sketchOf([at(0, 0)], 300, 30)
    expect(places[0]).toEqual({ x: 150, y: 150 })
    expect(bar.metres).toBe(50)
    expect([1, 19, 20, 99, 4999].map(roundBelow)).toEqual([1, 10, 20, 50, 2000])
  })
})
