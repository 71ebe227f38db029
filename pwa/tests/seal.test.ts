import { beforeEach, describe, expect, it } from 'vitest'
import './phone'
import { deleteDB } from 'idb'
import { withdrawal } from '../src/domain/draft'
import { DISCLOSURES } from '../src/domain/record'
import { saveDraft } from '../src/shared/capture/drafts'
import { sealDraft } from '../src/shared/capture/seal'
import { importPublic, parseJws, publicJwk, sha256Hex, thumbprint, verifyJws, verifySdJwt } from '../src/shared/crypto'
import { close, databaseName, listDocs, PLACES, readDoc } from '../src/shared/store'
import { DEVICE, draft, enrolledPhone, photo } from './phone'

beforeEach(async () => {
  await close()
  await deleteDB(databaseName)
})

describe('sealing a draft', () => {
  it('makes a record with every disclosure once, media ascending, and a certificate for its key', async () => {
    const { vault, device } = await enrolledPhone()
    const media = [await photo(vault, 'b'), await photo(vault, 'a'), await photo(vault, 'c')]
    const made = draft({ media, answers: { w1: 'no', w2: '', w3: 35 }, remarks: { w1: ' 无人 ' } })
    const entry = await sealDraft(vault, made, '甲市窗口')

    const { jws, payload, disclosed } = await verifySdJwt(entry.sdjwt, 'inspection+sd-jwt')
    expect(Object.keys(disclosed).sort()).toEqual([...DISCLOSURES].sort())
    expect(payload).toMatchObject({ v: 1, id: made.id, supersedes: null, media: media.map((one) => one.sha256).sort() })
    expect(disclosed.answers).toEqual([{ item: 'w1', value: 'no' }, { item: 'w3', value: 35 }])
    expect(disclosed.remarks).toEqual([{ item: 'w1', text: '无人', media: [] }])
    expect(disclosed).toMatchObject({ ride: null, private: null, note: null, visit: { outcome: 'done', reason: null } })
    expect(entry.recordSha256).toBe(await sha256Hex(jws))

    const certificate = await verifyJws(entry.certificate, await importPublic(device.jwk), 'record-key+jwt')
    expect(certificate.header.kid).toBe(DEVICE)
    expect(certificate.payload).toEqual({ record: made.id, jkt: await thumbprint(publicJwk(parseJws(jws).header.jwk)) })
  })

  it('chains every record to the one before, also when two are sealed at once', async () => {
    const { vault } = await enrolledPhone()
    const [first, second] = await Promise.all([sealDraft(vault, draft(), 'a'), sealDraft(vault, draft(), 'b')])
    expect(parseJws(first!.link).payload).toEqual({ certificate_sha256: await sha256Hex(first!.certificate), seq: 0, prev: null })
    expect(parseJws(second!.link).payload).toMatchObject({ seq: 1, prev: await sha256Hex(first!.link) })
  })

  it('replaces the draft by the entry in one step', async () => {
    const { vault } = await enrolledPhone()
    const made = draft()
    await saveDraft(vault.storeKey, made)
    await sealDraft(vault, made, 'a')
    expect(await readDoc(vault.storeKey, PLACES.draft(made.id))).toBeNull()
    expect(await listDocs(vault.storeKey, PLACES.outboxes)).toHaveLength(1)
  })

  it('uses a fresh key for every inspection and the same one for its versions', async () => {
    const { vault } = await enrolledPhone()
    const keyOf = async (text: string) => parseJws(text.split('~')[0]!).header.jwk
    const first = await sealDraft(vault, draft(), 'a')
    const other = await sealDraft(vault, draft(), 'b')
    const taken = await sealDraft(vault, withdrawal(first.draft, first.recordSha256, '填错', '2026-11-21T09:00:00.000Z'), 'a')
    expect(await keyOf(other.sdjwt)).not.toEqual(await keyOf(first.sdjwt))
    expect(await keyOf(taken.sdjwt)).toEqual(await keyOf(first.sdjwt))
    const { payload, disclosed } = await verifySdJwt(taken.sdjwt, 'inspection+sd-jwt')
    expect(payload).toMatchObject({ id: first.record, supersedes: first.recordSha256, media: [] })
    expect(disclosed.visit).toEqual({ outcome: 'withdrawn', reason: '填错' })
  })
})
