/**
 * A sketch of where the phone was and where the site is, without tiles: local plane around the site, metres east
 * and north. The office's geodesic distance is the server's; here only the drawing is made.
 */

export interface LatLon {
  lat_e7: number
  lon_e7: number
}

export interface SketchInput {
  site: (LatLon & { radius_m: number | null }) | null
  place: (LatLon & { accuracy_m: number | null }) | null
  /** The fix that a manual correction replaced. */
  measured: (LatLon & { accuracy_m: number | null }) | null
}

export interface Mark {
  x: number
  y: number
  /** Radius of its circle in pixels; 0 where there is none. */
  r: number
}

export interface Sketch {
  site: Mark | null
  place: Mark | null
  measured: Mark | null
  bar: { metres: number; pixels: number }
}

const EARTH_RADIUS_M = 6_371_008.8
const E7 = 1e7
/** Two marks on one spot still need some ground around them. */
const LEAST_SPAN_M = 60

/** Metres east and north of `origin`; good to a part in a thousand within some kilometres. */
export function offsetM(origin: LatLon, point: LatLon): { east: number; north: number } {
  const rad = Math.PI / 180
  const lat = (origin.lat_e7 / E7) * rad
  let dLon = point.lon_e7 / E7 - origin.lon_e7 / E7
  if (dLon > 180) dLon -= 360
  if (dLon < -180) dLon += 360
  return {
    east: dLon * rad * EARTH_RADIUS_M * Math.cos(lat),
    north: (point.lat_e7 / E7 - origin.lat_e7 / E7) * rad * EARTH_RADIUS_M,
  }
}

/** The largest of 1, 2, 5 ×10ⁿ that is not above `limit`. */
export function niceLength(limit: number): number {
  if (!(limit > 0)) return 1
  const power = 10 ** Math.floor(Math.log10(limit))
  const lead = limit / power
  return (lead >= 5 ? 5 : lead >= 2 ? 2 : 1) * power
}

/** Fit everything that is known into width × height pixels, north up; null where no position is known at all. */
export function sketchOf(input: SketchInput, width: number, height: number, padding = 18): Sketch | null {
  const origin = input.site ?? input.place ?? input.measured
  if (origin === null) return null
  const parts = [
    { name: 'site', at: input.site, reach: input.site?.radius_m ?? 0 },
    { name: 'place', at: input.place, reach: input.place?.accuracy_m ?? 0 },
    { name: 'measured', at: input.measured, reach: input.measured?.accuracy_m ?? 0 },
  ].flatMap((part) => (part.at === null ? [] : [{ name: part.name, reach: part.reach, ...offsetM(origin, part.at) }]))

  const west = Math.min(...parts.map((part) => part.east - part.reach))
  const east = Math.max(...parts.map((part) => part.east + part.reach))
  const south = Math.min(...parts.map((part) => part.north - part.reach))
  const north = Math.max(...parts.map((part) => part.north + part.reach))
  const spanX = Math.max(east - west, LEAST_SPAN_M)
  const spanY = Math.max(north - south, LEAST_SPAN_M)
  const scale = Math.min((width - 2 * padding) / spanX, (height - 2 * padding) / spanY)
  const [middleX, middleY] = [(west + east) / 2, (south + north) / 2]

  const mark = (name: string): Mark | null => {
    const part = parts.find((one) => one.name === name)
    return part === undefined ? null : {
      x: width / 2 + (part.east - middleX) * scale,
      y: height / 2 - (part.north - middleY) * scale,
      r: part.reach * scale,
    }
  }
  const metres = niceLength((width * 0.3) / scale)
  return { site: mark('site'), place: mark('place'), measured: mark('measured'), bar: { metres, pixels: metres * scale } }
}
