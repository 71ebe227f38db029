/** Logging in with the device key (PROTOCOL §2.3). */

import { signJws } from '../crypto'
import { askJson, OfficeError } from './http'

export interface Access {
  token: string
  /** Milliseconds since the epoch, by this phone's clock, with a margin. */
  validUntil: number
  /** A revoked device may deliver what it still has, and nothing else. */
  deliverOnly: boolean
  ticket: string | null
}

/** Fetch a nonce, sign it, receive an access token and a time ticket. */
export async function login(device: string, origin: string, deviceKey: CryptoKey): Promise<Access> {
  const { body: challenge } = await askJson(`/devices/${device}/challenge`, { method: 'POST', body: {} })
  if (typeof challenge.nonce !== 'string') throw new OfficeError('not-the-office', 'not-the-office')
  const proof = await signJws(deviceKey, { typ: 'login+jwt', kid: device }, { aud: origin, nonce: challenge.nonce })
  const { body } = await askJson(`/devices/${device}/token`, { method: 'POST', body: { proof } })
  if (typeof body.access_token !== 'string') throw new OfficeError('not-the-office', 'not-the-office')
  const seconds = typeof body.expires_in === 'number' ? body.expires_in : 300
  return {
    token: body.access_token,
    validUntil: Date.now() + Math.max(10, seconds - 30) * 1000,
    deliverOnly: body.scope === 'deliver',
    ticket: typeof body.ticket === 'string' ? body.ticket : null,
  }
}
