import { beforeEach, describe, expect, it } from 'vitest'
import './phone'
import { deleteDB } from 'idb'
import type { OutboxEntry } from '../src/domain/outbox'
import { sealDraft } from '../src/shared/capture/seal'
import type { OpenVault } from '../src/shared/capture/vault'
import { publicJwk, signJws, thumbprint, type PublicJwk } from '../src/shared/crypto'
import { close, databaseName, listDocs, PLACES } from '../src/shared/store'
import { trustedKeys } from '../src/shared/sync/officeKeys'
import { Sender } from '../src/shared/sync/sender'
import { fakeOffice, type FakeOffice } from './office'
import { draft, enrolledPhone, photo } from './phone'
import { vectors } from './vectors'

const { keys, cases } = vectors<{
  keys: PublicJwk[]
  cases: { name: string; pinned: string; introductions: string[]; trusted: string[] }[]
}>('introductions')

describe('which office keys are trusted', () => {
  it.each(cases)('$name', async ({ pinned, introductions, trusted }) => {
    expect([...(await trustedKeys(keys, pinned, introductions)).keys()].sort()).toEqual(trusted)
  })
})

describe('after the office changed its key', () => {
  let vault: OpenVault
  let office: FakeOffice
  let pinned: FakeOffice['signer']
  let introduction: string

  beforeEach(async () => {
    await close()
    await deleteDB(databaseName)
    vault = (await enrolledPhone()).vault
    office = await fakeOffice()
    pinned = office.signer
    const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
    const jwk = publicJwk(await crypto.subtle.exportKey('jwk', pair.publicKey))
    office.signer = { key: pair.privateKey, kid: await thumbprint(jwk) }
    introduction = await signJws(pinned.key, { typ: 'office-key+jwt', kid: pinned.kid }, { jwk })
  })

  async function deliverOne(): Promise<OutboxEntry> {
    const entry = await sealDraft(vault, draft({ media: [await photo(vault, crypto.randomUUID())] }), '甲市窗口')
    await new Sender(vault).round()
    return (await listDocs<OutboxEntry>(vault.storeKey, PLACES.outboxes)).find((one) => one.entry === entry.entry)!
  }
  const asked = () => office.requests.filter((one) => one === 'GET /.well-known/anfang-keys.json').length

  it('a phone enrolled before takes the receipts of the introduced key, and asks once', async () => {
    office.introductions = [introduction]
    expect((await deliverOne()).phase).toBe('delivered')
    expect((await deliverOne()).phase).toBe('delivered')
    expect(asked()).toBe(1)
  })

  it('a key that nobody introduced is not taken, though the office publishes it', async () => {
    expect(await deliverOne()).toMatchObject({ phase: 'aside', trouble: { code: 'receipt-signer-unknown' } })
  })
})
