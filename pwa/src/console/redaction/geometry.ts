/**
 * Boxes on a picture, in pixels of the upright picture (PROTOCOL §7). A redaction fills whole 32×32 tiles, so every
 * box is drawn as what will really be black: grown outwards to tiles, cut at the picture's edge.
 */

export interface Box {
  x: number
  y: number
  w: number
  h: number
}

export interface Size {
  width: number
  height: number
}

export const TILE = 32

/** Cut off what lies outside the picture, then grow outwards to whole tiles. Null if nothing is left. */
export function snapped(box: Box, size: Size): Box | null {
  const [left, right] = [Math.max(0, box.x), Math.min(size.width, box.x + box.w)]
  const [top, bottom] = [Math.max(0, box.y), Math.min(size.height, box.y + box.h)]
  if (right <= left || bottom <= top) return null
  const x = Math.floor(left / TILE) * TILE
  const y = Math.floor(top / TILE) * TILE
  return { x, y, w: Math.min(size.width, Math.ceil(right / TILE) * TILE) - x, h: Math.min(size.height, Math.ceil(bottom / TILE) * TILE) - y }
}

/** The box between two corners, in whichever order they were given. */
export function between(a: { x: number; y: number }, b: { x: number; y: number }): Box {
  return { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), w: Math.max(Math.abs(a.x - b.x), 1), h: Math.max(Math.abs(a.y - b.y), 1) }
}

/** Move by whole tiles; the box keeps its tiles' count and stays inside the picture. */
export function moved(box: Box, dx: number, dy: number, size: Size): Box {
  const [columns, rows] = tilesOf(box)
  const x = clamp(box.x + Math.round(dx / TILE) * TILE, 0, lastStart(size.width, columns))
  const y = clamp(box.y + Math.round(dy / TILE) * TILE, 0, lastStart(size.height, rows))
  return snapped({ x, y, w: columns * TILE, h: rows * TILE }, size) ?? box
}

/** Grow or shrink at the right and lower edge by tiles; at least one tile stays. */
export function resized(box: Box, columns: number, rows: number, size: Size): Box {
  const [wide, high] = tilesOf(box)
  return snapped({ x: box.x, y: box.y, w: Math.max(1, wide + columns) * TILE, h: Math.max(1, high + rows) * TILE }, size) ?? box
}

/** A box of 4×4 tiles in the middle, for who draws with the keyboard. */
export function centred(size: Size): Box {
  const box = { x: size.width / 2 - 2 * TILE, y: size.height / 2 - 2 * TILE, w: 4 * TILE - 1, h: 4 * TILE - 1 }
  return snapped(box, size) ?? { x: 0, y: 0, w: size.width, h: size.height }
}

/** How many different tiles the boxes cover together. */
export function coveredTiles(boxes: readonly Box[]): number {
  const covered = new Set<string>()
  for (const box of boxes) {
    for (let y = Math.floor(box.y / TILE); y * TILE < box.y + box.h; y += 1) {
      for (let x = Math.floor(box.x / TILE); x * TILE < box.x + box.w; x += 1) covered.add(`${x},${y}`)
    }
  }
  return covered.size
}

function tilesOf(box: Box): [number, number] {
  return [Math.ceil((box.x + box.w) / TILE) - Math.floor(box.x / TILE), Math.ceil((box.y + box.h) / TILE) - Math.floor(box.y / TILE)]
}

/** The last tile start from which `count` tiles still fit (the last one may be cut by the edge). */
function lastStart(length: number, count: number): number {
  return Math.max(0, (Math.ceil(length / TILE) - count) * TILE)
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most)
}
