/** Changing how this phone is unlocked, the second PIN, and the ways out that leave nothing. */

import { secretFault } from '../../domain/secret'
import { deriveInWorker, emptyLock, newDerivation, newStoreKey, rewrapKey, unwrapStoreKey } from '../crypto'
import {
  commit, deleteNotebook, destroy, docChange, listKeys, PLACES, readCover, readSound, type Change, type Protection, type SettingsDoc,
} from '../store'
import { tell } from '../sync/news'
import { withChain } from './chain'
import { openVault, opensSpare, type OpenVault } from './vault'

export type SecretResult = { kind: 'done' } | { kind: 'wrong' | 'wait'; waitMs: number } | { kind: 'taken' }

const DEFAULTS: SettingsDoc = { wifiOnly: false, duress: false }

export async function readSettings(storeKey: CryptoKey): Promise<SettingsDoc> {
  return { ...DEFAULTS, ...(await readSound<Partial<SettingsDoc>>(storeKey, PLACES.settings)) }
}

export async function writeSettings(storeKey: CryptoKey, change: Partial<SettingsDoc>): Promise<SettingsDoc> {
  const next = { ...(await readSettings(storeKey)), ...change }
  await commit([await docChange(storeKey, PLACES.settings, next)])
  return next
}

/**
 * Wrap every key anew under another PIN or passphrase, in one transaction; nothing sealed is touched.
 * Every tab locks afterwards. `taken`: the new secret is the second PIN. A change of kind clears the
 * second PIN: it could no longer be typed.
 */
export async function changeSecret(vault: OpenVault, current: string, next: string, protection: Protection): Promise<SecretResult> {
  if (secretFault(protection, next, next)) throw new Error('unfit secret')
  const proven = await openVault(current)
  if (proven.kind !== 'open') return proven
  if (await opensSpare(next)) return { kind: 'taken' }
  await withChain(vault, () => rewrapAll(vault, proven.vault.wrapping, next, protection))
  tell({ type: 'lock' })
  return { kind: 'done' }
}

async function rewrapAll(vault: OpenVault, from: CryptoKey, next: string, protection: Protection): Promise<void> {
  const derivation = newDerivation()
  const to = await deriveInWorker(next, derivation)
  const own = (await listKeys()).filter(({ place }) => place !== PLACES.spare)
  const keys = await Promise.all(own.map(async ({ place, wrapped }): Promise<Change> => ({
    store: 'keys', key: place, value: await rewrapKey(from, to, place, wrapped, place === PLACES.storeKey ? 'store' : 'signing'),
  })))
  await commit([
    { store: 'plain', key: 'vault', value: { derivation, protection } },
    ...keys,
    ...(protection === vault.protection ? [] : await spareChanges(vault.storeKey, null)),
  ])
}

/** Choose a second PIN, or none. `taken`: it is the one that opens. */
export async function setDuress(vault: OpenVault, current: string, second: string | null): Promise<SecretResult> {
  const proven = await openVault(current)
  if (proven.kind !== 'open') return proven
  if (second?.normalize('NFKC') === current.normalize('NFKC')) return { kind: 'taken' }
  await commit(await spareChanges(vault.storeKey, second))
  return { kind: 'done' }
}

async function spareChanges(storeKey: CryptoKey, second: string | null): Promise<Change[]> {
  const derivation = newDerivation()
  const lock = second === null
    ? emptyLock() : (await newStoreKey(await deriveInWorker(second, derivation), PLACES.spare)).wrapped
  const settings: SettingsDoc = { ...(await readSettings(storeKey)), duress: second !== null }
  return [
    { store: 'plain', key: 'spare', value: { derivation } },
    { store: 'keys', key: PLACES.spare, value: lock },
    await docChange(storeKey, PLACES.settings, settings),
  ]
}

/** Whether a secret opens the empty notebook of a phone whose sealed content was destroyed. */
export async function opensSpent(secret: string): Promise<boolean> {
  const { spent } = await readCover()
  if (!spent) return false
  try {
    await unwrapStoreKey(await deriveInWorker(secret, spent.derivation), PLACES.spare, spent.wrapped)
    return true
  } catch (error) {
    if (error instanceof DOMException && error.name === 'OperationError') return false
    throw error
  }
}

/** Leave nothing: sealed content, keys, notes and settings. Lock first, so that nothing writes any more. */
export async function forgetEverything(): Promise<void> {
  await destroy()
  await deleteNotebook()
  tell({ type: 'gone' })
}
