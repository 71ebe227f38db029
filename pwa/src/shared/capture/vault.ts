/** Opening and making the vault: the keys of this phone behind a PIN or passphrase. */

import {
  comparisonNumber, deriveInWorker, emptyLock, newDerivation, newSigningKey, newStoreKey, prepareDerivation, toHex,
  unwrapSigningKey, unwrapStoreKey, type Derivation,
} from '../crypto'
import {
  commit, destroy, docChange, PLACES, readKey, readPlain, StorageFull, writeCover, writePlain, type DeviceDoc, type PlainValues, type Protection,
} from '../store'
import { tell } from '../sync/news'

export type { Protection }

export interface OpenVault {
  wrapping: CryptoKey
  storeKey: CryptoKey
  deviceKey: CryptoKey
  protection: Protection
  /** Which wrapping this is: a changed PIN makes vaults that were opened before it useless. */
  generation: string
}

export type UnlockResult =
  | { kind: 'open'; vault: OpenVault }
  /** The second PIN: keys and content are gone, an empty notebook is in front. */
  | { kind: 'spent' }
  | { kind: 'wrong'; waitMs: number }
  | { kind: 'wait'; waitMs: number }

/** Wrong tries without a pause; from then on the pause doubles from half a minute to an hour. */
export const FREE_TRIES = 5
const LONGEST_WAIT_MS = 3_600_000

/** How long to wait after this many wrong tries in a row. */
export function waitAfter(failed: number): number {
  return failed < FREE_TRIES ? 0 : Math.min(LONGEST_WAIT_MS, 30_000 * 2 ** (failed - FREE_TRIES))
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
    { store: 'plain', key: 'spare', value: { derivation: newDerivation() } },
    { store: 'plain', key: 'attempts', value: { failed: 0, notBefore: 0 } },
    { store: 'keys', key: PLACES.spare, value: emptyLock() },
    { store: 'keys', key: PLACES.storeKey, value: store.wrapped },
    { store: 'keys', key: PLACES.deviceKey, value: device.wrapped },
    await docChange(store.key, PLACES.device, doc),
  ])
  await writeCover({ spent: null })
  return { wrapping, storeKey: store.key, deviceKey: device.privateKey, protection, generation: generationOf(derivation) }
}

/** Name of a wrapping: its salt. */
export function generationOf(derivation: Derivation): string {
  return toHex(derivation.salt)
}

/** How the wrapping key is derived, read while the person types. */
let known: Derivation | null = null

/** Have at hand what trying a secret begins with. */
export async function prepareUnlocking(): Promise<void> {
  const [about] = await Promise.all([readPlain('vault'), prepareDerivation()])
  known = about?.derivation ?? null
}

/**
 * Try to open the vault. The try is counted on disk while the key is derived, and nothing is unwrapped before it is:
 * closing the app gives back no try that told anything. A clock set forward shortens a pause: the pause slows a
 * person at the keypad, it does not protect a disk that was copied (the derivation's cost does).
 */
export async function unlockVault(secret: string): Promise<UnlockResult> {
  const opened = await openVault(secret)
  if (opened.kind !== 'wrong' || !(await opensSpare(secret))) return opened
  await spend()
  return { kind: 'spent' }
}

/** The same without the second PIN's effect: for a person who is in and proves it once more. */
export async function openVault(secret: string): Promise<Exclude<UnlockResult, { kind: 'spent' }>> {
  const early = known && { ...known, key: deriveInWorker(secret, known) }
  known = null
  const [about, attempts] = await Promise.all([readPlain('vault'), unwritten ?? readPlain('attempts')])
  if (!about) throw new Error('no vault')
  const failed = attempts?.failed ?? 0
  const waitMs = (attempts?.notBefore ?? 0) - Date.now()
  if (waitMs > 0 && waitMs <= LONGEST_WAIT_MS) return { kind: 'wait', waitMs }
  const penalty = waitAfter(failed + 1)
  const [wrapping, wrapped] = await Promise.all([
    // Another page may have changed the secret since.
    early && generationOf(early) === generationOf(about.derivation) ? early.key : deriveInWorker(secret, about.derivation),
    readOwnKeys(),
    writeAttempts({ failed: failed + 1, notBefore: penalty ? Date.now() + penalty : 0 }),
  ])
  const keys = await unwrapAll(wrapping, wrapped)
  if (!keys) return { kind: 'wrong', waitMs: penalty }
  await writeAttempts({ failed: 0, notBefore: 0 })
  return {
    kind: 'open',
    vault: { wrapping, ...keys, protection: about.protection, generation: generationOf(about.derivation) },
  }
}

let unwritten: PlainValues['attempts'] | null = null

/** A full phone must open, sending is what frees it: then tries are counted in memory, while the app is open. */
async function writeAttempts(attempts: PlainValues['attempts']): Promise<void> {
  try {
    await writePlain('attempts', attempts)
    unwritten = null
  } catch (error) {
    if (!(error instanceof StorageFull)) throw error
    unwritten = attempts
  }
}

/** Whether a secret is the second PIN. */
export async function opensSpare(secret: string): Promise<boolean> {
  const [spare, wrapped] = [await readPlain('spare'), await readKey(PLACES.spare)]
  if (!spare || !wrapped) return false
  return (await opened(unwrapStoreKey(await deriveInWorker(secret, spare.derivation), PLACES.spare, wrapped))) !== null
}

/** Destroy everything sealed; what stays is an empty notebook behind the PIN that was just entered. */
async function spend(): Promise<void> {
  const [about, spare, wrapped] = [await readPlain('vault'), await readPlain('spare'), await readKey(PLACES.spare)]
  await writeCover({ spent: { derivation: spare!.derivation, wrapped: wrapped!, protection: about!.protection } })
  await destroy()
  tell({ type: 'gone' })
}

async function readOwnKeys() {
  const [store, device] = await Promise.all([readKey(PLACES.storeKey), readKey(PLACES.deviceKey)])
  if (!store || !device) throw new Error('vault without keys')
  return { store, device }
}

async function unwrapAll(wrapping: CryptoKey, { store, device }: Awaited<ReturnType<typeof readOwnKeys>>) {
  return opened(Promise.all([
    unwrapStoreKey(wrapping, PLACES.storeKey, store), unwrapSigningKey(wrapping, PLACES.deviceKey, device),
  ]).then(([storeKey, deviceKey]) => ({ storeKey, deviceKey })))
}

/** Null where the wrapping key was not the right one. */
async function opened<T>(unwrapping: Promise<T>): Promise<T | null> {
  try {
    return await unwrapping
  } catch (error) {
    if (error instanceof DOMException && error.name === 'OperationError') return null
    throw error
  }
}
