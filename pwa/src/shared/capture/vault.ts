/** Opening and making the vault: the keys of this phone behind a PIN or passphrase. */

import {
  comparisonNumber, deriveInWorker, newDerivation, newSigningKey, newStoreKey, unwrapSigningKey, unwrapStoreKey,
} from '../crypto'
import {
  commit, docChange, PLACES, readKey, readPlain, writePlain, type DeviceDoc, type Protection,
} from '../store'

export type { Protection }

export interface OpenVault {
  wrapping: CryptoKey
  storeKey: CryptoKey
  deviceKey: CryptoKey
  protection: Protection
}

export type UnlockResult =
  | { kind: 'open'; vault: OpenVault }
  | { kind: 'wrong'; waitMs: number }
  | { kind: 'wait'; waitMs: number }

/** Wrong tries without a pause; from then on the pause doubles from half a minute to an hour. */
export const FREE_TRIES = 5
const LONGEST_WAIT_MS = 3_600_000

/** How long to wait after this many wrong tries in a row. */
export function waitAfter(failed: number): number {
  return failed < FREE_TRIES ? 0 : Math.min(LONGEST_WAIT_MS, 30_000 * 2 ** (failed - FREE_TRIES))
}

/** How this phone is protected, or null when there is no vault yet. */
export async function vaultProtection(): Promise<Protection | null> {
  return (await readPlain('vault'))?.protection ?? null
}

/**
 * Make the vault: keys are generated in memory and wrapped before anything is written; then one
 * transaction holds the wrapped keys and the device document of an enrolment about to begin.
 */
export async function createVault(
  secret: string, protection: Protection, office: { origin: string; officeKey: string },
): Promise<OpenVault> {
  const derivation = newDerivation()
  const wrapping = await deriveInWorker(secret, derivation)
  const store = await newStoreKey(wrapping, PLACES.storeKey)
  const device = await newSigningKey(wrapping, PLACES.deviceKey)
  const doc: DeviceDoc = {
    ...office, jwk: device.publicJwk, comparison: await comparisonNumber(device.publicJwk),
    device: null, alias: null, confirmed: false, officeKeys: [],
  }
  await commit([
    { store: 'plain', key: 'vault', value: { derivation, protection } },
    { store: 'plain', key: 'attempts', value: { failed: 0, notBefore: 0 } },
    { store: 'keys', key: PLACES.storeKey, value: store.wrapped },
    { store: 'keys', key: PLACES.deviceKey, value: device.wrapped },
    await docChange(store.key, PLACES.device, doc),
  ])
  return { wrapping, storeKey: store.key, deviceKey: device.privateKey, protection }
}

/**
 * Try to open the vault. The try is counted on disk before the slow derivation begins, so closing the
 * app in between does not give it back. A clock set forward shortens a pause: the pause slows a
 * person at the keypad, it does not protect a disk that was copied (the derivation's cost does).
 */
export async function unlockVault(secret: string): Promise<UnlockResult> {
  const [about, attempts] = [await readPlain('vault'), await readPlain('attempts')]
  if (!about) throw new Error('no vault')
  const failed = attempts?.failed ?? 0
  const waitMs = (attempts?.notBefore ?? 0) - Date.now()
  if (waitMs > 0 && waitMs <= LONGEST_WAIT_MS) return { kind: 'wait', waitMs }
  const penalty = waitAfter(failed + 1)
  await writePlain('attempts', { failed: failed + 1, notBefore: penalty ? Date.now() + penalty : 0 })
  const wrapping = await deriveInWorker(secret, about.derivation)
  const keys = await unwrapAll(wrapping)
  if (!keys) return { kind: 'wrong', waitMs: penalty }
  await writePlain('attempts', { failed: 0, notBefore: 0 })
  return { kind: 'open', vault: { wrapping, ...keys, protection: about.protection } }
}

async function unwrapAll(wrapping: CryptoKey) {
  const [store, device] = [await readKey(PLACES.storeKey), await readKey(PLACES.deviceKey)]
  if (!store || !device) throw new Error('vault without keys')
  try {
    return {
      storeKey: await unwrapStoreKey(wrapping, PLACES.storeKey, store),
      deviceKey: await unwrapSigningKey(wrapping, PLACES.deviceKey, device),
    }
  } catch (error) {
    if (error instanceof DOMException && error.name === 'OperationError') return null
    throw error
  }
}
