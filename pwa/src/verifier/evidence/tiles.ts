/** Redaction proofs (PROTOCOL §7): nothing but the masked tiles was changed since receipt. */

import { fromHex, sha256Now, type Bytes } from '../../shared/crypto'
import { sameBytes } from '../basics'
import { treeRoot } from './merkle'

const TILE = 32
const MEMBERS = ['height', 'original_sha256', 'root', 'root_salt_c', 'tile', 'tiles', 'v', 'width']
const HASH = /^[0-9a-f]{64}$/
const SALT = /^[0-9a-f]{32}$/
const LEAF = Uint8Array.of(0)

/** Upright RGB pixels, three bytes each, row by row. */
export interface Pixels {
  width: number
  height: number
  rgb: Bytes
}

/** A proof of the published form; the tiles are looked at one by one. */
export interface TileProof {
  original_sha256: string
  root: string
  root_salt_c: string
  tiles: unknown[]
}

/** `code` as the office's server names it. */
export class ProofError extends Error {
  constructor(readonly code: 'proof-malformed' | 'proof-size-mismatch' | 'mask-not-black' | 'root-mismatch') {
    super(code)
  }
}

interface Tile {
  x: number
  y: number
  w: number
  h: number
}

/**
 * Check a redacted picture against its proof and return it: every masked tile is solid black, and the shown
 * tiles together with the masked leaves give the root. That this root was logged is the caller's to check.
 * Throws `ProofError`.
 */
export function verifyProof(pixels: Pixels, value: Record<string, unknown>): TileProof {
  const proof = readProof(pixels, value)
  const tiles = tilesOf(pixels)
  if (proof.tiles.length !== tiles.length) throw new ProofError('proof-malformed')
  const leaves = tiles.map((tile, at) => leafFrom(proof.tiles[at], tile, tilePixels(pixels, tile)))
  if (!sameBytes(treeRoot(leaves), fromHex(proof.root))) throw new ProofError('root-mismatch')
  return proof
}

/** Hash one tile: SHA-256(0x00 ‖ salt ‖ x,y,w,h as uint32 BE ‖ RGB). */
export function tileLeaf(salt: Bytes, { x, y, w, h }: Tile, rgb: Bytes): Bytes {
  const place = new DataView(new ArrayBuffer(16))
  for (const [at, value] of [x, y, w, h].entries()) place.setUint32(4 * at, value)
  return sha256Now(LEAF, salt, new Uint8Array(place.buffer), rgb)
}

function readProof({ width, height }: Pixels, value: Record<string, unknown>): TileProof {
  const known = Object.keys(value).sort().join() === MEMBERS.join()
  const { v, tile, original_sha256, root, root_salt_c, tiles } = value
  const formed = known && v === 1 && tile === TILE && matches(HASH, original_sha256) && matches(SALT, root_salt_c)
  if (!formed) throw new ProofError('proof-malformed')
  if (value.width !== width || value.height !== height) throw new ProofError('proof-size-mismatch')
  if (!Array.isArray(tiles) || !matches(HASH, root)) throw new ProofError('proof-malformed')
  return { original_sha256, root, root_salt_c, tiles: tiles as unknown[] }
}

function leafFrom(entry: unknown, tile: Tile, pixels: Bytes): Bytes {
  const [member, ...more] = typeof entry === 'object' && entry !== null && !Array.isArray(entry) ? Object.entries(entry) : []
  const [name, value] = (more.length === 0 && member) || []
  if (name === 'salt' && matches(SALT, value)) return tileLeaf(fromHex(value), tile, pixels)
  if (name === 'leaf' && pixels.some((byte) => byte !== 0)) throw new ProofError('mask-not-black')
  if (name === 'leaf' && matches(HASH, value)) return fromHex(value)
  throw new ProofError('proof-malformed')
}

function tilesOf({ width, height }: Pixels): Tile[] {
  const tiles: Tile[] = []
  for (let y = 0; y < height; y += TILE) {
    for (let x = 0; x < width; x += TILE) tiles.push({ x, y, w: Math.min(TILE, width - x), h: Math.min(TILE, height - y) })
  }
  return tiles
}

function tilePixels({ width, rgb }: Pixels, { x, y, w, h }: Tile): Bytes {
  const pixels = new Uint8Array(w * h * 3)
  for (let row = 0; row < h; row += 1) {
    const from = ((y + row) * width + x) * 3
    pixels.set(rgb.subarray(from, from + w * 3), row * w * 3)
  }
  return pixels
}

function matches(form: RegExp, value: unknown): value is string {
  return typeof value === 'string' && form.test(value)
}
