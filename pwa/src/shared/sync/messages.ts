/** What a page and its sync worker say to each other, and what all open tabs hear. */

import type { PublicJwk } from '../crypto'

/** Keys of an unlocked vault: non-extractable, handed over in memory, gone when the worker ends. */
export interface Session {
  storeKey: CryptoKey
  deviceKey: CryptoKey
}

export interface EnrolRequest {
  origin: string
  token: string
  officeKey: string
  jwk: PublicJwk
  proof: string
}

export interface EnrolAnswer {
  device: string
  alias: string
  confirmed: boolean
  officeKeys: PublicJwk[]
}

export type ToWorker =
  | { type: 'enrol'; request: EnrolRequest }
  | { type: 'start'; session: Session }

/** `code` is a stable code of the office or one of the phone's own. */
export type FromWorker =
  | { type: 'enrolled'; answer: EnrolAnswer }
  | { type: 'enrol-failed'; code: string }

export type ConnectionState =
  | 'idle' | 'working' | 'offline' | 'busy' | 'unconfirmed' | 'revoked' | 'not-the-office' | 'refused'

/** Heard by every tab: something in the store changed, or the connection to the office did. */
export type News =
  | { type: 'outbox' }
  | { type: 'bundle' }
  | { type: 'device' }
  | { type: 'connection'; state: ConnectionState; code: string | null; /** Next try, ms since the epoch; 0: unknown. */ until: number }
  /** Every tab goes behind the notes page. */
  | { type: 'hide' }
  /** Every tab locks: the keys were wrapped anew. */
  | { type: 'lock' }
  /** The sealed content is gone. */
  | { type: 'gone' }
  /** Asks whichever tab leads to look again; `entry`: to lift it out of its waiting. */
  | { type: 'wake'; entry: string | null }

export const NEWS_CHANNEL = 'notes'
/** Web Lock held by the one tab that sends. */
export const LEADER_LOCK = 'notes-send'
/** Web Lock around reading and writing the device's chain. */
export const CHAIN_LOCK = 'notes-chain'
