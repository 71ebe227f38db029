import { beforeEach, describe, expect, it } from 'vitest'
import './phone'
import { deleteDB } from 'idb'
import { readBundle } from '../src/domain/bundle'
import type { WitnessEntry } from '../src/domain/outbox'
import { sealDraft } from '../src/shared/capture/seal'
import { confirmRecord } from '../src/shared/capture/witness'
import { importPublic, parseJws, publicJwk, sha256Hex, thumbprint, verifyJws } from '../src/shared/crypto'
import { close, databaseName, listDocs, PLACES, readKey } from '../src/shared/store'
import { Sender } from '../src/shared/sync/sender'
import { fakeOffice, json } from './office'
import { draft, enrolledPhone } from './phone'

const REQUEST = { record: '6c2b1f1e-7a3a-4a57-9d0b-0f7b6a1c2d3e', record_sha256: 'ab'.repeat(32), summary: '甲市窗口 · 2026-11-21' }

beforeEach(async () => {
  await close()
  await deleteDB(databaseName)
})

describe('confirming a record of another inspector', () => {
  it('signs with a key of its own, certified by this phone, as the next link of its chain', async () => {
    const { vault, device } = await enrolledPhone()
    const before = await sealDraft(vault, draft(), 'a')
    const entry = await confirmRecord(vault, REQUEST)

    const { header } = parseJws(entry.statement)
    const key = publicJwk(header.jwk)
    const { payload } = await verifyJws(entry.statement, await importPublic(key), 'witness+jwt')
    expect(payload).toEqual({ record: REQUEST.record, record_sha256: REQUEST.record_sha256 })
    expect(key).not.toEqual(publicJwk(parseJws(before.sdjwt.split('~')[0]!).header.jwk))
    const deviceKey = await importPublic(device.jwk)
    const certificate = await verifyJws(entry.certificate, deviceKey, 'record-key+jwt')
    expect(certificate.payload).toEqual({ record: REQUEST.record, jkt: await thumbprint(key) })
    const link = await verifyJws(entry.link, deviceKey, 'device-chain+jwt')
    expect(link.payload).toEqual({ certificate_sha256: await sha256Hex(entry.certificate), seq: 1, prev: await sha256Hex(before.link) })
    expect(await readKey(`record/${REQUEST.record}`)).toBeUndefined()
  })

  it('is made once however often it is asked for, and the chain goes on after it', async () => {
    const { vault } = await enrolledPhone()
    const [first, again] = await Promise.all([confirmRecord(vault, REQUEST), confirmRecord(vault, REQUEST)])
    expect(again).toEqual(first)
    expect(await listDocs<WitnessEntry>(vault.storeKey, PLACES.witnesses)).toHaveLength(1)
    expect((await sealDraft(vault, draft(), 'a')).seq).toBe(1)
  })

  it('reaches the office after a cut, once, and a refusal is set aside with its reason', async () => {
    const { vault } = await enrolledPhone()
    const office = await fakeOffice()
    const sender = new Sender(vault)
    const entry = await confirmRecord(vault, REQUEST)
    office.fault = (_method, path) => (path.endsWith('/witness') ? 'cut' : null)
    await sender.round()
    expect((await listDocs<WitnessEntry>(vault.storeKey, PLACES.witnesses))[0]!.phase).toBe('sealed')
    office.fault = () => null
    await sender.round()
    await sender.round()
    expect((await listDocs<WitnessEntry>(vault.storeKey, PLACES.witnesses))[0]!.phase).toBe('delivered')
    expect(office.statements).toEqual([{ statement: entry.statement, certificate: entry.certificate, link: entry.link }])

    await confirmRecord(vault, { ...REQUEST, record_sha256: 'cd'.repeat(32) })
    office.fault = (_method, path) => (path.endsWith('/witness') ? json(404, { code: 'not-found' }, 'problem+') : null)
    await sender.round()
    expect((await listDocs<WitnessEntry>(vault.storeKey, PLACES.witnesses)).find((one) => one.phase === 'aside')?.trouble?.code).toBe('not-found')
  })
})

describe('a bundle', () => {
  const lists = { campaigns: [], assignments: [], checklists: [], sites: [], units: [] }
  it('may ask for confirmations, and what is no request is left out', () => {
    expect(readBundle(lists)?.to_witness).toEqual([])
    expect(readBundle({ ...lists, to_witness: [REQUEST, { record: 1 }, null] })?.to_witness).toEqual([REQUEST])
  })
})
