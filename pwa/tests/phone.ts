/** A phone with an open vault and a finished enrolment, for tests of sealing and sending. */
import { vi } from 'vitest'
import type { MediaRef } from '../src/domain/draft'
import { newDraft, type Draft } from '../src/domain/draft'
import { createVault, type OpenVault } from '../src/shared/capture/vault'
import { publicJwk, sha256Hex, thumbprint, utf8, type PublicJwk } from '../src/shared/crypto'
import type * as vaultModule from '../src/shared/crypto/vault'
import { commit, docChange, mediaChange, PLACES, readDoc, type DeviceDoc } from '../src/shared/store'
import { signingKey, vectors } from './vectors'

/** Deriving happens in a worker in the browser; Node has none of that kind. */
vi.mock('../src/shared/crypto/derive', async () => {
  const { deriveWrappingKey } = await vi.importActual<typeof vaultModule>('../src/shared/crypto/vault')
  return { prepareDerivation: () => undefined, deriveInWorker: (secret: string, derivation: { salt: never; iterations: number }) => deriveWrappingKey(secret, { ...derivation, iterations: 1000 }) }
})

const { keys } = vectors<{ keys: { office: { private_pem: string; jwk: object } } }>('jose')
export const ORIGIN = 'https://office.example'
export const DEVICE = '0b6f5a38-57a0-4a52-9c0c-6f9a8f2f7a11'

export async function office(): Promise<{ key: CryptoKey; jwk: PublicJwk; kid: string }> {
  const jwk = publicJwk(keys.office.jwk)
  return { key: await signingKey(keys.office.private_pem), jwk, kid: await thumbprint(jwk) }
}

export async function enrolledPhone(secret = '294718'): Promise<{ vault: OpenVault; device: DeviceDoc }> {
  const { jwk, kid } = await office()
  const vault = await createVault(secret, 'pin', { origin: ORIGIN, officeKey: kid })
  const blank = (await readDoc<DeviceDoc>(vault.storeKey, PLACES.device))!
  const device: DeviceDoc = { ...blank, device: DEVICE, alias: '甲', confirmed: true, officeKeys: [jwk] }
  await commit([await docChange(vault.storeKey, PLACES.device, device)])
  return { vault, device }
}

export function draft(change: Partial<Draft> = {}): Draft {
  const start = { campaign: crypto.randomUUID(), checklist: crypto.randomUUID(), site: null, unit: null, assignment: null }
  return { ...newDraft(crypto.randomUUID(), start, '2026-11-21T08:15:30.250Z'), ...change }
}

/** A photo in the store, as the draft names it. */
export async function photo(vault: OpenVault, content: string): Promise<MediaRef> {
  const [id, data] = [crypto.randomUUID(), utf8(content)]
  await commit([await mediaChange(vault.storeKey, 'originals', id, data)])
  return {
    id, sha256: await sha256Hex(data), bytes: data.length, mime: 'image/jpeg', item: null, captured_at: '2026-11-21T08:16:00.000Z',
    lat_e7: null, lon_e7: null, accuracy_m: null, source: 'camera',
  }
}
