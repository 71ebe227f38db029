/**
 * What this phone vouches with for a key: a certificate and the next link of its chain (PROTOCOL §4).
 * Whoever calls writes the chain's new end in the transaction that keeps what was signed.
 */

import { CERTIFICATE_TYPE, LINK_TYPE } from '../../domain/record'
import { sha256Hex, signJws, thumbprint, type PublicJwk } from '../crypto'
import { docChange, listDocs, PLACES, readDoc, readPlain, readSound, type Change, type ChainDoc, type DeviceDoc } from '../store'
import { CHAIN_LOCK } from '../sync/messages'
import { NotEnrolled, StaleVault } from './errors'
import { generationOf, type OpenVault } from './vault'

export interface Vouched {
  certificate: string
  link: string
  /** Position of the link in the chain. */
  seq: number
  /** The chain's new end, to be committed with whatever the certificate is for. */
  change: Change
}

/** Run with keys and chain to oneself: two tabs signing at once would fork it. Throws StaleVault. */
export function withChain<T>(vault: OpenVault, work: () => Promise<T>): Promise<T> {
  return navigator.locks.request(CHAIN_LOCK, async () => {
    const about = await readPlain('vault')
    if (!about || generationOf(about.derivation) !== vault.generation) throw new StaleVault('vault was changed')
    return work()
  }) as Promise<T>
}

/** Certify `key` for `record` and make the link. Call inside {@link withChain}. Throws NotEnrolled. */
export async function vouch(vault: OpenVault, record: string, key: PublicJwk): Promise<Vouched> {
  const [device, known] = await Promise.all([
    readDoc<DeviceDoc>(vault.storeKey, PLACES.device), readSound<ChainDoc>(vault.storeKey, PLACES.chain),
  ])
  if (!device?.device) throw new NotEnrolled('no device')
  const kid = device.device
  const certificate = await signJws(vault.deviceKey, { typ: CERTIFICATE_TYPE, kid }, { record, jkt: await thumbprint(key) })
  const chain = known ?? (await endOfChain(vault.storeKey))
  const link = await signJws(vault.deviceKey, { typ: LINK_TYPE, kid }, {
    certificate_sha256: await sha256Hex(certificate), seq: chain.seq, prev: chain.prev,
  })
  const next: ChainDoc = { seq: chain.seq + 1, prev: await sha256Hex(link) }
  return { certificate, link, seq: chain.seq, change: await docChange(vault.storeKey, PLACES.chain, next) }
}

/** The chain's end as the newest link that is still here shows it: for the first link, and after damage. */
async function endOfChain(storeKey: CryptoKey): Promise<ChainDoc> {
  const [records, witnesses] = await Promise.all([PLACES.outboxes, PLACES.witnesses].map((place) => listDocs<Linked>(storeKey, place)))
  const newest = [...records!, ...witnesses!].reduce<Linked | null>((last, one) => (last && last.seq > one.seq ? last : one), null)
  return newest ? { seq: newest.seq + 1, prev: await sha256Hex(newest.link) } : { seq: 0, prev: null }
}

interface Linked {
  link: string
  seq: number
}
