/**
 * The one place that knows the database.
 *
 * | store     | key          | content                                   | protection                     |
 * |-----------|--------------|-------------------------------------------|--------------------------------|
 * | plain     | name         | salts and cost, attempts, language, look  | none: nothing about the work   |
 * | keys      | place        | store key, device key, record keys        | wrapped under the PIN's key    |
 * | docs      | place        | device, bundle, drafts, outbox, receipts  | AES-GCM under the store key    |
 * | originals | random id    | photos as they came                       | AES-GCM under the store key    |
 * | thumbs    | random id    | small previews                            | AES-GCM under the store key    |
 */

import type { DBSchema } from 'idb'
import type { Protection } from '../../domain/secret'
import type { Box, Derivation, WrappedKey } from '../crypto'

export const DATABASE = 'notes'
export const VERSION = 1

export type { Protection }

/** What must be readable before anybody has unlocked anything. */
export interface PlainValues {
  vault: { derivation: Derivation; protection: Protection }
  /** Salt and cost of the second lock; there also when no second PIN was chosen, so that it tells nothing. */
  spare: { derivation: Derivation }
  attempts: { failed: number; notBefore: number }
  locale: string
  /** Bright or dark. */
  look: string
}

export interface NotesSchema extends DBSchema {
  plain: { key: string; value: PlainValues[keyof PlainValues] }
  keys: { key: string; value: WrappedKey }
  docs: { key: string; value: Box }
  originals: { key: string; value: Box }
  thumbs: { key: string; value: Box }
}

export const STORES = ['plain', 'keys', 'docs', 'originals', 'thumbs'] as const
export type StoreName = (typeof STORES)[number]
