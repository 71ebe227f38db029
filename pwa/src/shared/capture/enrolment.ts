/** Enrolling this phone with the office (PROTOCOL §2), through the sync worker. */

import type { EnrolmentLink } from '../../domain/enrolment'
import { sha256Hex, signJws } from '../crypto'
import { commit, docChange, PLACES, readDoc, type DeviceDoc } from '../store'
import { enrolThroughWorker } from '../sync/client'
import type { OpenVault } from './vault'

/** The proof that this phone holds the device key and means this token at this office. */
export async function enrolmentProof(deviceKey: CryptoKey, link: EnrolmentLink, now: number): Promise<string> {
  return signJws(deviceKey, { typ: 'enrolment+jwt' }, {
    aud: link.origin, token_sha256: await sha256Hex(link.token), iat: Math.floor(now / 1000),
  })
}

/** Redeem the token and keep what the office answered. Rejects with an OfficeError. */
export async function enrolDevice(vault: OpenVault, link: EnrolmentLink): Promise<DeviceDoc> {
  const doc = await readDoc<DeviceDoc>(vault.storeKey, PLACES.device)
  if (!doc) throw new Error('vault without device')
  const proof = await enrolmentProof(vault.deviceKey, link, Date.now())
  const answer = await enrolThroughWorker({ ...link, jwk: doc.jwk, proof })
  const enrolled: DeviceDoc = { ...doc, origin: link.origin, officeKey: link.officeKey, ...answer }
  await commit([await docChange(vault.storeKey, PLACES.device, enrolled)])
  return enrolled
}
