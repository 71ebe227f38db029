/** A small map without tiles: points around their middle, metres to the right and upwards (north is up). */

export interface Point {
  lat_e7: number
  lon_e7: number
  /** Of an area: all of it is shown. */
  radius_m?: number | null
}

export interface Placed {
  x: number
  y: number
}

export interface Sketch {
  /** Positions in units of the picture, in the order of the points. */
  places: Placed[]
  /** Metres per unit. */
  scale: number
  /** Length of the scale bar: a round number of metres, and its units. */
  bar: { metres: number; units: number }
}

/** Metres of one 1e-7 degree of latitude. */
const METRES_PER_E7 = 6_371_008.8 * Math.PI / 180 / 1e7
/** A single place, or several in one house, are still drawn with some surroundings. */
const LEAST_SPAN_M = 200

/** Draw points into a square of `size` units with a margin; at least one point. Equirectangular: a town is flat. */
export function sketchOf(points: readonly Point[], size: number, margin: number): Sketch {
  const middle = { lat: mid(points.map((one) => one.lat_e7)), lon: mid(points.map((one) => one.lon_e7)) }
  const east = METRES_PER_E7 * Math.cos((middle.lat / 1e7) * Math.PI / 180)
  const metres = points.map((one) => ({
    x: (one.lon_e7 - middle.lon) * east, y: (one.lat_e7 - middle.lat) * METRES_PER_E7, radius: one.radius_m ?? 0,
  }))
  const span = Math.max(LEAST_SPAN_M, ...metres.map((one) => 2 * (one.radius + Math.max(Math.abs(one.x), Math.abs(one.y)))))
  const scale = span / (size - 2 * margin)
  const places = metres.map((one) => ({ x: size / 2 + one.x / scale, y: size / 2 - one.y / scale }))
  const round = roundBelow(span / 3)
  return { places, scale, bar: { metres: round, units: round / scale } }
}

/** The largest of 1, 2, 5 × 10^n that is not above a number. */
export function roundBelow(metres: number): number {
  const power = 10 ** Math.floor(Math.log10(metres))
  return power * ([5, 2].find((step) => step * power <= metres) ?? 1)
}

function mid(values: readonly number[]): number {
  return (Math.min(...values) + Math.max(...values)) / 2
}
