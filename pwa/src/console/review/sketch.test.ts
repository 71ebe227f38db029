import { describe, expect, it } from 'vitest'
import { niceLength, offsetM, sketchOf } from './sketch'

const SITE = { lat_e7: 297_000_000, lon_e7: 1_159_900_000, radius_m: 100 }
const [WIDTH, HEIGHT] = [300, 210]

/** A point some metres off the site, by the length of a degree of the meridian and of this parallel. */
function off(east: number, north: number) {
  const perDegree = (Math.PI / 180) * 6_371_008.8
  return {
    lat_e7: Math.round(SITE.lat_e7 + (north / perDegree) * 1e7),
    lon_e7: Math.round(SITE.lon_e7 + (east / (perDegree * Math.cos((29.7 * Math.PI) / 180))) * 1e7),
    accuracy_m: 12,
  }
}

describe('the sketch of a position', () => {
  it('measures metres east and north', () => {
    const { east, north } = offsetM(SITE, off(300, -200))
    expect(east).toBeCloseTo(300, 0)
    expect(north).toBeCloseTo(-200, 0)
  })

  it('is drawn to one scale, north up, with everything inside', () => {
    for (const [east, north] of [[300, 260], [-9000, 40], [5, -3], [0, 0]] as const) {
      const sketch = sketchOf({ site: SITE, place: off(east, north), measured: null }, WIDTH, HEIGHT)!
      const [site, place] = [sketch.site!, sketch.place!]
      const scale = site.r / SITE.radius_m
      expect(place.x - site.x).toBeCloseTo(east * scale, 0)
      expect(place.y - site.y).toBeCloseTo(-north * scale, 0)
      for (const mark of [site, place]) {
        expect(mark.x - mark.r).toBeGreaterThanOrEqual(0)
        expect(mark.x + mark.r).toBeLessThanOrEqual(WIDTH)
        expect(mark.y - mark.r).toBeGreaterThanOrEqual(0)
        expect(mark.y + mark.r).toBeLessThanOrEqual(HEIGHT)
      }
      expect(sketch.bar.pixels).toBeCloseTo(sketch.bar.metres * scale, 5)
      expect(sketch.bar.pixels).toBeLessThanOrEqual(WIDTH * 0.3 + 1e-9)
    }
  })

  it('shows what is known when something is missing', () => {
    expect(sketchOf({ site: null, place: null, measured: null }, WIDTH, HEIGHT)).toBeNull()
    expect(sketchOf({ site: null, place: off(0, 0), measured: null }, WIDTH, HEIGHT)).toMatchObject({ site: null, place: { x: 150, y: 105 } })
  })

  it('crosses the date line the short way', () => {
    expect(offsetM({ lat_e7: 0, lon_e7: 1_799_990_000 }, { lat_e7: 0, lon_e7: -1_799_990_000 }).east).toBeCloseTo(222.4, 0)
  })

  it('has a scale bar of a round length', () => {
    expect([0.7, 1, 3, 49, 50, 199, 1000].map(niceLength)).toEqual([0.5, 1, 2, 20, 50, 100, 1000])
  })
})
