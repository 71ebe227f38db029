/** The verifier's arithmetic against the vectors that the server's tests read too. */
import { describe, expect, it } from 'vitest'
import { entryHash } from '../../src/verifier/evidence/leaves'
import { leafHash, treeRoot, verifyInclusion } from '../../src/verifier/evidence/merkle'
import { parseVerifier, verifyCheckpoint } from '../../src/verifier/evidence/notes'
import { isTrusted } from '../../src/verifier/evidence/introductions'
import { ProofError, verifyProof, type Pixels } from '../../src/verifier/evidence/tiles'
import { fromHex, fromUtf8, toHex, utf8 } from '../../src/shared/crypto'
import { vectors } from '../vectors'

interface Inclusion { index: number; size: number; leaf: string; root: string; proof: string[] }
const merkle = vectors<{
  empty_root: string
  leaves: string[]
  leaf_hashes: string[]
  roots: Record<string, string>
  inclusion: Inclusion[]
  checkpoint: { verifier: string; note: string }
  log_entry: { kind: string; subject: string; sha256: string; salt: string; leaf_hash: string }
}>('merkle')
interface TileCase { name: string; masked: number[]; proof: Record<string, unknown> & { width: number; height: number; tiles: object[] } }
const tiles = vectors<{ cases: TileCase[] }>('tiles')

describe('trees', () => {
  it('hashes leaves and roots as RFC 6962 does', () => {
    expect(merkle.leaves.map((leaf) => toHex(leafHash(fromHex(leaf))))).toEqual(merkle.leaf_hashes)
    expect(toHex(treeRoot([]))).toBe(merkle.empty_root)
    for (const [size, root] of Object.entries(merkle.roots)) {
      expect(toHex(treeRoot(merkle.leaf_hashes.slice(0, Number(size)).map(fromHex)))).toBe(root)
    }
  })

  it('leads every leaf to its root by its own proof only', () => {
    const holds = ({ index, size, leaf, root, proof }: Inclusion): boolean =>
      verifyInclusion(fromHex(leaf), index, size, proof.map(fromHex), fromHex(root))
    expect(merkle.inclusion.length).toBeGreaterThan(5)
    for (const one of merkle.inclusion) {
      expect(holds(one)).toBe(true)
      expect(holds({ ...one, proof: [...one.proof, one.leaf] })).toBe(false)
      expect(holds({ ...one, leaf: merkle.empty_root })).toBe(false)
      expect(holds({ ...one, index: one.size })).toBe(false)
      if (one.proof.length) expect(holds({ ...one, proof: one.proof.slice(1) })).toBe(false)
    }
  })

  it('knows the kinds of the log and no others', () => {
    const { kind, subject, sha256, salt, leaf_hash } = merkle.log_entry
    expect(toHex(entryHash(kind, subject, sha256, salt)!)).toBe(leaf_hash)
    expect(entryHash('gossip', 'x', '00'.repeat(32), '00'.repeat(16))).toBeNull()
  })
})

describe('checkpoints', () => {
  const { verifier, note } = merkle.checkpoint

  it('opens what the log key signed', async () => {
    const checkpoint = await verifyCheckpoint(note, parseVerifier(verifier))
    expect([checkpoint.origin, checkpoint.size]).toEqual(['log.example', 8])
    expect(toHex(checkpoint.root)).toBe(merkle.roots['8'])
  })

  it.each([
    ['another size', note.replace('\n8\n', '\n9\n')],
    ['no signature', note.slice(0, note.indexOf('—'))],
    ['a loose line', note.replace('\n—', '\nloose\n—')],
    ['another log', note.replace('log.example', 'lag.example')],
  ])('refuses %s', async (_, changed) => {
    await expect(verifyCheckpoint(changed, parseVerifier(verifier))).rejects.toThrow()
  })

  it.each(['', 'log.example', verifier.replace('+a', '+b'), verifier.replace('log', 'lo g'), `${verifier}AA`])('refuses the key %s', (text) => {
    expect(() => parseVerifier(text)).toThrow()
  })
})

describe('redaction proofs', () => {
  it.each(tiles.cases)('holds for its own picture only: $name', ({ proof, masked }) => {
    const pixels = drawn(proof, masked)
    expect(verifyProof(pixels, proof).root).toBe(proof.root)
    const changed = { ...pixels, rgb: Uint8Array.from(pixels.rgb) }
    changed.rgb[changed.rgb.length - 1]! ^= 1
    expect(() => verifyProof(changed, proof)).toThrow(ProofError)
    expect(() => verifyProof(pixels, { ...proof, tiles: proof.tiles.slice(1) })).toThrow('proof-malformed')
    expect(() => verifyProof(pixels, { ...proof, width: proof.width + 1 })).toThrow('proof-size-mismatch')
    expect(() => verifyProof(pixels, { ...proof, note: '' })).toThrow('proof-malformed')
  })

  /** The vectors' picture: R=7x+3y, G=xy, B=255-x-2y, modulo 256; masked tiles black. */
  function drawn({ width, height }: { width: number; height: number }, masked: number[]): Pixels {
    const rgb = new Uint8Array(width * height * 3)
    const columns = Math.ceil(width / 32)
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        if (masked.includes(Math.floor(y / 32) * columns + Math.floor(x / 32))) continue
        rgb.set([7 * x + 3 * y, x * y, 255 - x - 2 * y].map((value) => value & 255), (y * width + x) * 3)
      }
    }
    return { width, height, rgb }
  }
})

it('trusts forward only, and a circle ends', () => {
  const introducers = new Map([['c', 'b'], ['b', 'a'], ['a', 'c']])
  expect(isTrusted('c', new Map([['c', 'b'], ['b', 'a']]), 'a')).toBe(true)
  expect(isTrusted('a', new Map([['c', 'b'], ['b', 'a']]), 'c')).toBe(false)
  expect(isTrusted('a', introducers, 'x')).toBe(false)
})

it('reads a byte order mark as what it is: a character', () => {
  expect(fromUtf8(utf8('\ufeff{}'))).toBe('\ufeff{}')
})
