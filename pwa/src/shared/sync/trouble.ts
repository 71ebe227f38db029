/** What a failure means for the entry that met it, and for the round. */

import type { Sendable, Trouble } from '../../domain/outbox'
import { StorageFull } from '../store'
import { backoffMs } from './backoff'
import { OfficeError } from './http'
import type { ConnectionState } from './messages'

/** What the office says to everything this phone asks for now: no entry is to blame, the round ends. */
export function endsAll(error: unknown): error is OfficeError {
  return error instanceof OfficeError && [401, 429, 503].includes(error.status)
}

/** Failures that say something about the way, not about the office's opinion of an entry. */
export function isOfTheWay(error: unknown): error is OfficeError {
  return error instanceof OfficeError && (error.failure === 'offline' || error.failure === 'not-the-office')
}

/** What waits because of the way is looked at again as soon as the way may have changed. */
export const WAY_CODES: readonly string[] = ['offline', 'not-the-office', 'wifi-only']

const WIFI_AGAIN_MS = 60_000
/** A fault of the phone's own (a broken connection to the store) may pass; one that stays needs a person. */
const FAULT_TRIES = 3

/** Note a failure on the entry: wait and try again, or set it aside until a person decides. */
export function noteTrouble(entry: Sendable, error: unknown, now: number): void {
  entry.trouble = troubleOf(error, now)
  if (error instanceof OfficeError && error.code === 'wifi-only') {
    // Nothing failed: it waits until the way changes, and looks again from time to time.
    entry.nextTryAt = now + WIFI_AGAIN_MS
    return
  }
  entry.tries += 1
  if (mayPass(error, entry.tries)) {
    entry.nextTryAt = now + backoffMs(entry.tries - 1, error instanceof OfficeError ? error.retryAfterMs : 0)
  } else {
    entry.phase = 'aside'
  }
}

function mayPass(error: unknown, tries: number): boolean {
  if (error instanceof OfficeError) return error.failure !== 'refused'
  return error instanceof StorageFull || tries < FAULT_TRIES
}

function troubleOf(error: unknown, now: number): Trouble {
  const at = new Date(now).toISOString()
  if (error instanceof OfficeError) {
    const code = error.failure === 'not-the-office' ? 'not-the-office' : error.code
    return { code, at, detail: error.status ? `HTTP ${error.status}` : null }
  }
  if (error instanceof StorageFull) return { code: 'storage-full', at, detail: null }
  return { code: 'phone-fault', at, detail: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }
}

/** What the person is told about the connection. */
export function connectionOf(error: OfficeError): ConnectionState {
  if (error.code === 'device-unconfirmed') return 'unconfirmed'
  if (error.code === 'device-revoked') return 'revoked'
  if (error.failure === 'not-the-office') return 'not-the-office'
  if (error.failure === 'busy') return 'busy'
  return error.failure === 'refused' ? 'refused' : 'offline'
}
