import { beforeEach, describe, expect, it } from 'vitest'
import './phone'
import { deleteDB } from 'idb'
import type { OutboxEntry } from '../src/domain/outbox'
import { sealDraft } from '../src/shared/capture/seal'
import { close, databaseName, listDocs, PLACES, readMedia } from '../src/shared/store'
import { Sender } from '../src/shared/sync/sender'
import { fakeOffice, json, type FakeOffice } from './office'
import { draft, enrolledPhone, photo } from './phone'
import type { OpenVault } from '../src/shared/capture/vault'

let vault: OpenVault
let office: FakeOffice
let sender: Sender

beforeEach(async () => {
  await close()
  await deleteDB(databaseName)
  vault = (await enrolledPhone()).vault
  office = await fakeOffice()
  sender = new Sender(vault)
})

async function sealed(...contents: string[]): Promise<OutboxEntry> {
  const media = await Promise.all(contents.map((content) => photo(vault, content)))
  return sealDraft(vault, draft({ media }), '甲市窗口')
}
async function entries(): Promise<OutboxEntry[]> {
  return (await listDocs<OutboxEntry>(vault.storeKey, PLACES.outboxes)).sort((a, b) => a.seq - b.seq)
}
async function originals(entry: OutboxEntry): Promise<number> {
  const found = await Promise.all(entry.media.map((one) => readMedia(vault.storeKey, 'originals', one.id)))
  return found.filter((one) => one !== null).length
}

describe('delivering', () => {
  it('delivers record and photos, verifies the receipt, then deletes the originals', async () => {
    const entry = await sealed('one', 'two')
    await sender.round()
    const [after] = await entries()
    expect(after).toMatchObject({ phase: 'delivered', trouble: null })
    expect(after!.receipt).toBeTruthy()
    expect(await originals(entry)).toBe(0)
  })

  it('tells the office its version and how many items wait, before and after', async () => {
    await sealed('one')
    await sealed()
    await sender.round()
    await sender.round()
    expect(office.says).toEqual([['0.0.0', '2'], ['0.0.0', '0']])
  })

  it.each([
    ['a receipt for another record', (claims: object) => ({ ...claims, record_sha256: '0'.repeat(64) }), 'receipt-other-record'],
    ['a receipt that lists fewer photos', (claims: object) => ({ ...claims, complete: true, media: [] }), 'receipt-incomplete-media'],
  ])('keeps every original on %s', async (_name, receipt, code) => {
    office.receipt = receipt as FakeOffice['receipt']
    const entry = await sealed('one')
    await sender.round()
    expect((await entries())[0]).toMatchObject({ phase: 'aside', trouble: { code } })
    expect(await originals(entry)).toBe(1)
  })

  it('takes a login page with status 200 for what it is', async () => {
    const entry = await sealed('one')
    office.fault = () => new Response('<html>login</html>', { status: 200, headers: { 'Content-Type': 'text/html' } })
    await sender.round()
    expect((await entries())[0]).toMatchObject({ phase: 'sealed', trouble: null })
    office.fault = () => null
    await sender.round()
    expect((await entries())[0]!.phase).toBe('delivered')
    expect(await originals(entry)).toBe(0)
  })

  it('resumes where a cut photo stopped, without posting the record twice', async () => {
    await sealed('x'.repeat(600_000))
    let patches = 0
    office.fault = (method) => (method === 'PATCH' && (patches += 1) === 2 ? 'cut' : null)
    await sender.round()
    expect((await entries())[0]!.phase).toBe('accepted')
    office.fault = () => null
    office.requests.length = 0
    sender.hurry()
    await sender.round()
    expect((await entries())[0]!.phase).toBe('delivered')
    expect(office.requests.filter((one) => one === 'POST /api/v1/records' || one === 'POST /api/v1/uploads')).toEqual([])
    // The first piece was 256 KiB and is not sent again; what broke comes in smaller ones.
    expect(office.requests.filter((one) => one.startsWith('PATCH')).length).toBeLessThanOrEqual(3)
  })

  it('begins an upload anew after a checksum mismatch', async () => {
    await sealed('one')
    let first = true
    office.fault = (method) => {
      if (method !== 'PATCH' || !first) return null
      first = false
      return new Response(null, { status: 460, headers: { 'Tus-Resumable': '1.0.0' } })
    }
    await sender.round()
    expect((await entries())[0]!.phase).toBe('delivered')
  })

  it('sets a refused record aside and delivers the next', async () => {
    await sealed()
    await sealed()
    let posts = 0
    office.fault = (method, path) => (method === 'POST' && path === '/api/v1/records' && (posts += 1) === 1
      ? json(422, { code: 'disclosures-incomplete' }, 'problem+') : null)
    await sender.round()
    const [bad, good] = await entries()
    expect(bad).toMatchObject({ phase: 'aside', trouble: { code: 'disclosures-incomplete' } })
    expect(good!.phase).toBe('delivered')
    office.fault = () => null
    await sender.retry(bad!.entry)
    await sender.round()
    expect((await entries())[0]!.phase).toBe('delivered')
  })

  it('waits longer after each failure of the office and says why', async () => {
    await sealed()
    office.fault = (_method, path) => (path === '/api/v1/records' ? new Response('x', { status: 502 }) : null)
    await sender.round()
    const [entry] = await entries()
    expect(entry).toMatchObject({ phase: 'sealed', tries: 1, trouble: { code: 'http-502' } })
    expect(entry!.nextTryAt).toBeGreaterThan(Date.now())
  })
})
