/** Places of documents and keys, and what lies there. */

import type { Bundle } from '../../domain/bundle'
import type { PublicJwk } from '../crypto'

export const PLACES = {
  storeKey: 'store',
  deviceKey: 'device',
  /** The second lock: opens nothing, its opening destroys. Random bytes where no second PIN was chosen. */
  spare: 'spare',
  recordKey: (record: string) => `record/${record}`,
  device: 'device',
  bundle: 'bundle',
  chain: 'chain',
  ticket: 'ticket',
  settings: 'settings',
  draft: (record: string) => `draft/${record}`,
  drafts: 'draft/',
  outbox: (entry: string) => `outbox/${entry}`,
  outboxes: 'outbox/',
  /** By the hash of the version that is confirmed: the same one cannot be confirmed twice. */
  witness: (recordSha256: string) => `witness/${recordSha256}`,
  witnesses: 'witness/',
  /** Public halves of record keys, beside the wrapped private ones. */
  recordJwk: (record: string) => `jwk/${record}`,
} as const

export interface DeviceDoc {
  /** The office's public origin: audience of every proof. */
  origin: string
  /** Thumbprint of the office key that was pinned from the link. */
  officeKey: string
  jwk: PublicJwk
  comparison: string
  /** Given by the office; null until the enrolment went through. */
  device: string | null
  alias: string | null
  confirmed: boolean
  officeKeys: PublicJwk[]
  /** Later office keys, introduced step by step from the pinned one; absent until one was needed. */
  introductions?: string[]
}

export interface ChainDoc {
  /** Number of the next link. */
  seq: number
  /** SHA-256 of the previous link, or null. */
  prev: string | null
}

export interface BundleDoc {
  etag: string | null
  fetchedAt: string
  bundle: Bundle
}

/** What the person chose; sealed, because it tells how the app is used. */
export interface SettingsDoc {
  /** Photos wait for Wi-Fi. */
  wifiOnly: boolean
  /** A second PIN was chosen. */
  duress: boolean
}

export interface TicketDoc {
  ticket: string
}
