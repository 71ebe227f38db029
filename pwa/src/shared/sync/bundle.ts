/** Fetching what the phone needs for a day (PROTOCOL §3). */

import { readBundle } from '../../domain/bundle'
import { commit, docChange, PLACES, readSound, type BundleDoc } from '../store'
import { askJson, OfficeError } from './http'

const QUICK_MS = 10_000

/** Whether the office answers this phone now; a "no" is an answer too. */
export async function officeAnswers(storeKey: CryptoKey, token: string): Promise<boolean> {
  const known = await readSound<BundleDoc>(storeKey, PLACES.bundle)
  try {
    await askJson('/field/bundle', { token, etag: known?.etag ?? null, timeoutMs: QUICK_MS })
    return true
  } catch (error) {
    if (!(error instanceof OfficeError)) throw error
    return error.failure === 'refused'
  }
}

/**
 * Fetch the bundle if it changed and store it sealed; tell the office this app's version and how many items wait
 * here, so that it can ask for what does not come. Returns whether the bundle changed.
 */
export async function refreshBundle(storeKey: CryptoKey, token: string, unsent: number): Promise<boolean> {
  const known = await readSound<BundleDoc>(storeKey, PLACES.bundle)
  const headers = { 'Anfang-App': __APP_VERSION__, 'Anfang-Outbox': String(unsent) }
  const answer = await askJson('/field/bundle', { token, etag: known?.etag ?? null, headers })
  const fetchedAt = new Date().toISOString()
  const bundle = answer.status === 304 ? known!.bundle : readBundle(answer.body)
  if (!bundle) throw new OfficeError('not-the-office', 'not-the-office')
  const doc: BundleDoc = { etag: answer.etag, fetchedAt, bundle }
  await commit([await docChange(storeKey, PLACES.bundle, doc)])
  return answer.status !== 304
}
