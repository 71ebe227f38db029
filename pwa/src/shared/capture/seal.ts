/**
 * [Note: Photo path] 2 · seal: a draft becomes a signed record in the outbox. Keys are wrapped, the
 * record signed, certificate and chain link made; then one strict transaction writes the outbox
 * entry, the chain's new end and the key, and removes the draft. Before it there is a draft, after it
 * a sealed record: never neither, never both.
 */

import type { Draft } from '../../domain/draft'
import type { OutboxEntry } from '../../domain/outbox'
import { clearClaims, disclosureValues, localDay, RECORD_TYPE, type Origin } from '../../domain/record'
import { issueSdJwt, makeDisclosure, newSigningKey, sha256Hex, unwrapSigningKey, type PublicJwk } from '../crypto'
import { commit, docChange, docRemoval, PLACES, readDoc, readKey, readSound, type Change, type TicketDoc } from '../store'
import { APP } from './app'
import { vouch, withChain } from './chain'
import type { OpenVault } from './vault'

interface RecordKey {
  privateKey: CryptoKey
  jwk: PublicJwk
  /** What has to be written for a key that is new; empty for one that was there. */
  changes: Change[]
}

/** Seal a draft; resolves when the record is durably in the outbox. `title` is what the outbox calls it. */
export async function sealDraft(vault: OpenVault, draft: Draft, title: string): Promise<OutboxEntry> {
  return withChain(vault, () => sealExclusively(vault, draft, title))
}

async function sealExclusively(vault: OpenVault, draft: Draft, title: string): Promise<OutboxEntry> {
  const now = new Date()
  const recordKey = await recordKeyFor(vault, draft.id)
  const [{ sdjwt, jws }, { change, ...vouched }] = await Promise.all([
    signRecord(vault, recordKey, draft, now), vouch(vault, draft.id, recordKey.jwk),
  ])
  const entry = newEntry(draft, title, now, { ...vouched, sdjwt, recordSha256: await sha256Hex(jws) })
  await commit([
    ...recordKey.changes,
    change,
    await docChange(vault.storeKey, PLACES.outbox(entry.entry), entry),
    docRemoval(PLACES.draft(draft.id)),
  ])
  return entry
}

/** The inspection's key: the one of its earlier version if still here, else a fresh one (PROTOCOL §1). */
async function recordKeyFor(vault: OpenVault, record: string): Promise<RecordKey> {
  const place = PLACES.recordKey(record)
  const [wrapped, jwk] = await Promise.all([readKey(place), readDoc<PublicJwk>(vault.storeKey, PLACES.recordJwk(record))])
  if (wrapped && jwk) return { privateKey: await unwrapSigningKey(vault.wrapping, place, wrapped), jwk, changes: [] }
  const fresh = await newSigningKey(vault.wrapping, place)
  return {
    privateKey: fresh.privateKey, jwk: fresh.publicJwk,
    changes: [
      { store: 'keys', key: place, value: fresh.wrapped },
      await docChange(vault.storeKey, PLACES.recordJwk(record), fresh.publicJwk),
    ],
  }
}

async function signRecord(vault: OpenVault, key: RecordKey, draft: Draft, now: Date) {
  const ticket = await readSound<TicketDoc>(vault.storeKey, PLACES.ticket)
  const origin: Origin = {
    assignment: draft.assignment, ticket: ticket?.ticket ?? null,
    app: APP, user_agent: navigator.userAgent, key_protection: vault.protection,
  }
  const values = disclosureValues(draft, { submittedAt: now.toISOString(), day: localDay(new Date(draft.started_at)), origin })
  const disclosures = await Promise.all(values.map(([name, value]) => makeDisclosure(name, value)))
  return issueSdJwt(key.privateKey, { typ: RECORD_TYPE, jwk: key.jwk }, clearClaims(draft), disclosures)
}

function newEntry(
  draft: Draft, title: string, now: Date,
  parts: Pick<OutboxEntry, 'sdjwt' | 'certificate' | 'link' | 'seq' | 'recordSha256'>,
): OutboxEntry {
  return {
    ...parts, entry: crypto.randomUUID(), record: draft.id, sealedAt: now.toISOString(), title, draft,
    media: draft.media.map((one) => ({ ...one, held: false, location: null, offset: 0 })),
    phase: 'sealed', trouble: null, tries: 0, nextTryAt: 0, receipt: null, officeState: null, checkedAt: 0,
  }
}
