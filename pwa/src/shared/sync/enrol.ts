/** Redeeming an enrolment token (PROTOCOL §2.2). */

import { publicJwk, thumbprint } from '../crypto'
import { askJson, OfficeError } from './http'
import type { EnrolAnswer, EnrolRequest } from './messages'

/**
 * Register the device. Refuses (`office-key-mismatch`) when none of the office's keys is the one that
 * the link pinned: then this server is not the office that made the link.
 */
export async function enrol(request: EnrolRequest): Promise<EnrolAnswer> {
  const { body } = await askJson('/devices', {
    method: 'POST', body: { token: request.token, key: request.jwk, proof: request.proof },
  })
  const { device, alias, confirmed, office_keys } = body
  if (typeof device !== 'string' || typeof alias !== 'string' || !Array.isArray(office_keys)) {
    throw new OfficeError('not-the-office', 'not-the-office')
  }
  const officeKeys = office_keys.map(publicJwk)
  const prints = await Promise.all(officeKeys.map(thumbprint))
  if (!prints.includes(request.officeKey)) throw new OfficeError('refused', 'office-key-mismatch')
  return { device, alias, confirmed: confirmed === true, officeKeys }
}
