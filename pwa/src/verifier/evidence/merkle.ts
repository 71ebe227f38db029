/** Merkle trees after RFC 6962 §2.1, proofs after RFC 9162 §2.1, over leaf hashes of 32 bytes. */

import { sha256Now, type Bytes } from '../../shared/crypto'

const HASH_BYTES = 32
const NODE = Uint8Array.of(1)

/** SHA-256(0x00 ‖ data). */
export function leafHash(data: Bytes): Bytes {
  return sha256Now(Uint8Array.of(0), data)
}

export function nodeHash(left: Bytes, right: Bytes): Bytes {
  return sha256Now(NODE, left, right)
}

/** Root over leaf hashes, in one pass. No leaves: SHA-256 of nothing. */
export function treeRoot(leaves: Iterable<Bytes>): Bytes {
  // Roots of the complete subtrees so far, left to right, each with its height.
  const peaks: { height: number; hash: Bytes }[] = []
  for (const leaf of leaves) {
    let last = { height: 0, hash: leaf }
    while (peaks.at(-1)?.height === last.height) last = { height: last.height + 1, hash: nodeHash(peaks.pop()!.hash, last.hash) }
    peaks.push(last)
  }
  if (peaks.length === 0) return sha256Now()
  return peaks.map((peak) => peak.hash).reduceRight((right, left) => nodeHash(left, right))
}

/** Check an audit path [RFC 9162 §2.1.3.2]; `leaf` is a leaf hash. */
export function verifyInclusion(leaf: Bytes, index: number, size: number, proof: readonly Bytes[], root: Bytes): boolean {
  if (index < 0 || index >= size || ![leaf, ...proof].every((hash) => hash.length === HASH_BYTES)) return false
  // Sizes reach 2^53, beyond what bit operators hold.
  let node = index
  let last = size - 1
  let hash = leaf
  for (const sibling of proof) {
    if (last === 0) return false
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash)
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, Math.floor(last / 2)]
    } else {
      hash = nodeHash(hash, sibling)
    }
    node = Math.floor(node / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && hash.every((byte, at) => byte === root[at])
}
