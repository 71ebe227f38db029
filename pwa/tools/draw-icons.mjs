/**
 * Draws the neutral icons of the field app (a sheet of paper with lines) as SVG and PNG, without any
 * image library: `npm run icons` writes public/icons/.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { deflateSync, crc32 } from 'node:zlib'

const OUT = new URL('../public/icons/', import.meta.url)
const GROUND = [38, 50, 61]
const PAPER = [222, 227, 230]
const LINE = [111, 128, 140]
/** Boxes on a 64×64 grid: x, y, width, height, colour. */
const SHAPES = [[18, 13, 28, 38, PAPER], [23, 21, 18, 3, LINE], [23, 29, 18, 3, LINE], [23, 37, 12, 3, LINE]]

mkdirSync(OUT, { recursive: true })
writeFileSync(new URL('icon.svg', OUT), svg())
writeFileSync(new URL('icon-192.png', OUT), png(192, 12))
writeFileSync(new URL('icon-512.png', OUT), png(512, 12))
writeFileSync(new URL('icon-maskable-512.png', OUT), png(512, 0))

function svg() {
  const hex = (rgb) => `#${rgb.map((v) => v.toString(16).padStart(2, '0')).join('')}`
  const rects = SHAPES.map(([x, y, w, h, c]) => `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="1.5" fill="${hex(c)}"/>`)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="12" fill="${hex(GROUND)}"/>${rects.join('')}</svg>\n`
}

function png(size, radius) {
  const rows = []
  for (let y = 0; y < size; y += 1) {
    const row = Buffer.alloc(1 + size * 4)
    for (let x = 0; x < size; x += 1) {
      const [r, g, b, a] = pixel(((x + 0.5) * 64) / size, ((y + 0.5) * 64) / size, radius)
      row.set([r, g, b, a], 1 + x * 4)
    }
    rows.push(row)
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  header.set([8, 6, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const data = deflateSync(Buffer.concat(rows), { level: 9 })
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))])
}

function pixel(x, y, radius) {
  const dx = Math.max(radius - x, x - (64 - radius), 0)
  const dy = Math.max(radius - y, y - (64 - radius), 0)
  if (radius && Math.hypot(dx, dy) > radius) return [0, 0, 0, 0]
  const hit = SHAPES.findLast(([sx, sy, w, h]) => x >= sx && x < sx + w && y >= sy && y < sy + h)
  return [...(hit ? hit[4] : GROUND), 255]
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length, 0)
  body.copy(out, 4)
  out.writeUInt32BE(crc32(body), body.length + 4)
  return out
}
