/** SHA-256 where WebCrypto does not serve: in pieces (a file of gigabytes), and thousands of small trees at once. */

import { sha256 as noble } from '@noble/hashes/sha2.js'
import { toHex, type Bytes } from './bytes'

/** A hash that is fed piece by piece. */
export interface Digest {
  update(piece: Bytes): void
  /** Lower-case hexadecimal; ends the hash. */
  hex(): string
}

/** Begin a SHA-256. */
export function newDigest(): Digest {
  const state = noble.create()
  return { update: (piece) => void state.update(piece), hex: () => toHex(state.digest()) }
}

/** SHA-256 over the parts one after another, at once. */
export function sha256Now(...parts: Bytes[]): Bytes {
  const state = noble.create()
  for (const part of parts) state.update(part)
  return state.digest() as Bytes
}
