/** A second inspector who was present confirms a record (PROTOCOL §4, witness). */

import type { WitnessRequest } from '../../domain/bundle'
import type { WitnessEntry } from '../../domain/outbox'
import { WITNESS_TYPE } from '../../domain/record'
import { newPassingKey, signJws } from '../crypto'
import { commit, docChange, PLACES, readDoc } from '../store'
import { vouch, withChain } from './chain'
import type { OpenVault } from './vault'

/**
 * Sign the confirmation and keep it for sending; resolves when it is durable. Its key signs this one
 * statement and is never written down. Confirming the same version again changes nothing. Throws NotEnrolled.
 */
export async function confirmRecord(vault: OpenVault, request: WitnessRequest): Promise<WitnessEntry> {
  return withChain(vault, async () => {
    const place = PLACES.witness(request.record_sha256)
    const known = await readDoc<WitnessEntry>(vault.storeKey, place)
    if (known) return known
    const key = await newPassingKey()
    const statement = await signJws(key.privateKey, { typ: WITNESS_TYPE, jwk: key.publicJwk }, {
      record: request.record, record_sha256: request.record_sha256,
    })
    const { change, ...vouched } = await vouch(vault, request.record, key.publicJwk)
    const entry: WitnessEntry = {
      ...vouched, record: request.record, recordSha256: request.record_sha256, summary: request.summary, statement,
      sealedAt: new Date().toISOString(), phase: 'sealed', trouble: null, tries: 0, nextTryAt: 0,
    }
    await commit([change, await docChange(vault.storeKey, place, entry)])
    return entry
  })
}
