import { describe, expect, it } from 'vitest'
import { between, centred, coveredTiles, moved, resized, snapped, TILE, type Box } from './geometry'

const SIZE = { width: 1600, height: 1190 }

/** Deterministic boxes, inside, across and outside the edges. */
function boxes(count: number): Box[] {
  let seed = 7
  const next = (most: number): number => {
    seed = (seed * 48271) % 2147483647
    return seed % most
  }
  return Array.from({ length: count }, () => ({ x: next(1900) - 150, y: next(1500) - 150, w: next(600) + 1, h: next(600) + 1 }))
}

function isWholeTiles(box: Box): boolean {
  const starts = box.x % TILE === 0 && box.y % TILE === 0
  const endsX = (box.x + box.w) % TILE === 0 || box.x + box.w === SIZE.width
  const endsY = (box.y + box.h) % TILE === 0 || box.y + box.h === SIZE.height
  return starts && endsX && endsY
}

function isInside(box: Box): boolean {
  return box.x >= 0 && box.y >= 0 && box.x + box.w <= SIZE.width && box.y + box.h <= SIZE.height && box.w > 0 && box.h > 0
}

describe('boxes of a redaction', () => {
  it('grow outwards to whole tiles and never uncover what was drawn', () => {
    for (const drawn of boxes(300)) {
      const box = snapped(drawn, SIZE)
      const visible = drawn.x < SIZE.width && drawn.y < SIZE.height && drawn.x + drawn.w > 0 && drawn.y + drawn.h > 0
      expect(box !== null).toBe(visible)
      if (box === null) continue
      expect(isWholeTiles(box) && isInside(box)).toBe(true)
      expect(box.x).toBeLessThanOrEqual(Math.max(drawn.x, 0))
      expect(box.y).toBeLessThanOrEqual(Math.max(drawn.y, 0))
      expect(box.x + box.w).toBeGreaterThanOrEqual(Math.min(drawn.x + drawn.w, SIZE.width))
      expect(box.y + box.h).toBeGreaterThanOrEqual(Math.min(drawn.y + drawn.h, SIZE.height))
      expect(snapped(box, SIZE)).toEqual(box)
    }
  })

  it('stay whole tiles inside the picture however they are moved and resized', () => {
    for (const drawn of boxes(200)) {
      let box = snapped(drawn, SIZE)
      if (box === null) continue
      for (const [dx, dy] of [[TILE, 0], [-5000, 40], [9000, 9000], [-TILE, -TILE]] as const) {
        box = moved(box, dx, dy, SIZE)
        expect(isWholeTiles(box) && isInside(box)).toBe(true)
        box = resized(box, Math.sign(dx) * 3, Math.sign(dy) * 2, SIZE)
        expect(isWholeTiles(box) && isInside(box)).toBe(true)
      }
    }
  })

  it('keep a tile when they are shrunk to nothing', () => {
    expect(resized({ x: 64, y: 64, w: 32, h: 32 }, -4, -4, SIZE)).toEqual({ x: 64, y: 64, w: 32, h: 32 })
  })

  it('are the same from whichever corner they were drawn', () => {
    expect(between({ x: 90, y: 20 }, { x: 10, y: 70 })).toEqual(between({ x: 10, y: 70 }, { x: 90, y: 20 }))
  })

  it('count a tile that two boxes cover once', () => {
    expect(coveredTiles([{ x: 0, y: 0, w: 64, h: 32 }, { x: 32, y: 0, w: 64, h: 32 }])).toBe(3)
    expect(coveredTiles([{ x: 1568, y: 1184, w: 32, h: 6 }])).toBe(1)
  })

  it('begin in the middle for who draws with the keyboard', () => {
    expect(isWholeTiles(centred(SIZE)) && isInside(centred(SIZE))).toBe(true)
    expect(centred({ width: 20, height: 10 })).toEqual({ x: 0, y: 0, w: 20, h: 10 })
  })
})
