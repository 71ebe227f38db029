/** What a failure means for the entry that met it, and for the round. */

import type { Sendable } from '../../domain/outbox'
import { backoffMs } from './backoff'
import { OfficeError } from './http'
import type { ConnectionState } from './messages'

/** Failures of the way to the office: no entry is to blame, the round ends. */
export function endsRound(error: unknown): error is OfficeError {
  if (!(error instanceof OfficeError)) return false
  return error.failure === 'offline' || error.failure === 'not-the-office'
    || error.status === 401 || error.status === 429 || error.status === 503
}

const WIFI_AGAIN_MS = 60_000

/** Note a failure on the entry: wait and try again, or set it aside until a person decides. */
export function noteTrouble(entry: Sendable, error: unknown, now: number): void {
  const at = new Date(now).toISOString()
  if (error instanceof OfficeError && error.code === 'wifi-only') {
    // Nothing failed: it waits until the way changes, and looks again from time to time.
    entry.nextTryAt = now + WIFI_AGAIN_MS
    entry.trouble = { code: error.code, at, detail: null }
    return
  }
  if (error instanceof OfficeError && error.failure === 'busy') {
    entry.tries += 1
    entry.nextTryAt = now + backoffMs(entry.tries, error.retryAfterMs)
    entry.trouble = { code: error.code, at, detail: error.status ? `HTTP ${error.status}` : null }
    return
  }
  entry.phase = 'aside'
  entry.trouble = error instanceof OfficeError
    ? { code: error.code, at, detail: error.status ? `HTTP ${error.status}` : null }
    : { code: 'phone-fault', at, detail: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }
}

/** What the person is told about the connection. */
export function connectionOf(error: OfficeError): ConnectionState {
  if (error.code === 'device-unconfirmed') return 'unconfirmed'
  if (error.code === 'device-revoked') return 'revoked'
  if (error.failure === 'not-the-office') return 'not-the-office'
  if (error.failure === 'busy') return 'busy'
  return error.failure === 'refused' ? 'refused' : 'offline'
}
