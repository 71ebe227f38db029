import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import './phone'
import { deleteDB } from 'idb'
import { photosMayGo, wayOf } from '../src/domain/network'
import { dueEntries, type OutboxEntry } from '../src/domain/outbox'
import { readDraft, saveDraft } from '../src/shared/capture/drafts'
import { exportDamaged, exportEntry } from '../src/shared/capture/export'
import { sealDraft } from '../src/shared/capture/seal'
import { writeSettings } from '../src/shared/capture/secrets'
import type { OpenVault } from '../src/shared/capture/vault'
import { close, commit, databaseName, listDocs, PLACES, readBox, readMedia, StorageFull, surveyDocs } from '../src/shared/store'
import { problemOf } from '../src/shared/sync/http'
import { hear } from '../src/shared/sync/news'
import { Pace } from '../src/shared/sync/pace'
import { Sender } from '../src/shared/sync/sender'
import { fakeOffice, json, type FakeOffice } from './office'
import { draft, enrolledPhone, photo } from './phone'

let vault: OpenVault
let office: FakeOffice
let sender: Sender
const put = IDBObjectStore.prototype.put

beforeEach(async () => {
  await close()
  await deleteDB(databaseName)
  vault = (await enrolledPhone()).vault
  office = await fakeOffice()
  sender = new Sender(vault)
})
afterEach(() => {
  IDBObjectStore.prototype.put = put
  vi.useRealTimers()
  Object.assign(navigator, { connection: undefined })
})

async function sealed(...contents: string[]): Promise<OutboxEntry> {
  const media = await Promise.all(contents.map((content) => photo(vault, content)))
  return sealDraft(vault, draft({ media }), '甲市窗口')
}
async function first(): Promise<OutboxEntry> {
  return (await listDocs<OutboxEntry>(vault.storeKey, PLACES.outboxes)).sort((a, b) => a.seq - b.seq)[0]!
}
async function originals(entry: OutboxEntry): Promise<number> {
  const found = await Promise.all(entry.media.map((one) => readMedia(vault.storeKey, 'originals', one.id)))
  return found.filter((one) => one !== null).length
}
const posts = () => office.requests.filter((one) => one === 'POST /api/v1/records').length

describe('a damaged document', () => {
  it('is set aside alone, leaves with its photos, and holds up no other', async () => {
    const [broken, sound] = [await sealed('of the broken one'), await sealed('of the sound one')]
    const [place, box] = [PLACES.outbox(broken.entry), (await readBox(PLACES.outbox(broken.entry)))!]
    const bytes = new Uint8Array(box.sealed.slice(0))
    bytes[bytes.length >> 1]! ^= 1
    await commit([{ store: 'docs', key: place, value: { iv: box.iv, sealed: bytes.buffer } }])

    await sender.round()

    const seen = await surveyDocs<OutboxEntry>(vault.storeKey, PLACES.outboxes)
    expect(seen.docs).toMatchObject([{ entry: sound.entry, phase: 'delivered' }])
    expect(seen.damaged).toEqual([place])
    const [document, ...photos] = await exportDamaged(vault.storeKey, place)
    expect(JSON.parse(await document!.text())).toMatchObject({ place })
    expect(await Promise.all(photos.map((photo) => photo.text()))).toEqual(['of the broken one'])
  })

  it('that the office gives again is fetched again', async () => {
    await sender.round()
    await commit([{ store: 'docs', key: PLACES.bundle, value: { iv: new Uint8Array(12), sealed: new ArrayBuffer(40) } }])
    sender.hurry()
    await sender.round()
    expect(await listDocs(vault.storeKey, PLACES.bundle)).toHaveLength(1)
  })
})

describe('a store that fails', () => {
  /** The next `times` writes fail as the system makes them fail. */
  function failWrites(name: string, times: number): void {
    let left = times
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...args: Parameters<typeof put>) {
      if ((left -= 1) >= 0) throw new DOMException('by the system', name)
      return put.apply(this, args)
    }
  }

  it.each(['InvalidStateError', 'UnknownError', 'QuotaExceededError'])('writes on a fresh connection after one %s', async (name) => {
    const made = draft({ note: 'kept' })
    failWrites(name, 1)
    await saveDraft(vault.storeKey, made)
    expect((await readDraft(vault.storeKey, made.id))?.note).toBe('kept')
  })

  it('says that it is full after the second refusal, with nothing half written', async () => {
    const made = draft({ media: [await photo(vault, 'one')] })
    await saveDraft(vault.storeKey, made)
    let count = 0
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...args: Parameters<typeof put>) {
      // Chain and key go through, the record does not: all of them must be undone.
      if (String(args[1]).startsWith('outbox/') && (count += 1) <= 2) throw new DOMException('full', 'QuotaExceededError')
      return put.apply(this, args)
    }
    await expect(sealDraft(vault, made, 'a')).rejects.toBeInstanceOf(StorageFull)
    expect(await readDraft(vault.storeKey, made.id)).not.toBeNull()
    expect(await listDocs(vault.storeKey, PLACES.outboxes)).toEqual([])
    expect((await sealDraft(vault, made, 'a')).seq).toBe(0)
  })
})

describe('a complete receipt that finds no room', () => {
  it('ends nothing: the originals stay, it is told, and the next round ends it', async () => {
    const entry = await sealed('one')
    let full = true
    const remove = IDBObjectStore.prototype.delete
    IDBObjectStore.prototype.delete = function (this: IDBObjectStore, ...args: Parameters<typeof remove>) {
      // The end alone deletes an original: it fails, the note about it does not.
      if (full && this.name === 'originals') throw new DOMException('full', 'QuotaExceededError')
      return remove.apply(this, args)
    }
    await sender.round()
    expect(await first()).toMatchObject({ phase: 'accepted', trouble: { code: 'storage-full' } })
    expect(await originals(entry)).toBe(1)
    full = false
    await sender.retry(entry.entry)
    await sender.round()
    IDBObjectStore.prototype.delete = remove
    expect(await first()).toMatchObject({ phase: 'delivered', trouble: null })
    expect(await originals(entry)).toBe(0)
  })
})

describe('positions that are kept while bytes travel', () => {
  it('a write that fails is noted on its record, with the originals still here', async () => {
    const entry = await sealed('one')
    let failed = false
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...args: Parameters<typeof put>) {
      if (!failed && office.held.size && String(args[1]).startsWith('outbox/')) {
        failed = true
        throw new DOMException('by the system', 'DataError')
      }
      return put.apply(this, args)
    }
    await sender.round()
    expect(await first()).toMatchObject({ phase: 'accepted', trouble: { code: 'phone-fault' } })
    expect(await originals(entry)).toBe(1)
    await sender.retry(entry.entry)
    await sender.round()
    expect((await first()).phase).toBe('delivered')
  })

  it('are written once for all that moved meanwhile, and never after the end', async () => {
    await sealed(...Array.from({ length: 9 }, (_, n) => String(n).repeat(50)))
    let writes = 0
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...args: Parameters<typeof put>) {
      if (String(args[1]).startsWith('outbox/')) writes += 1
      return put.apply(this, args)
    }
    // A slow disk: what is written is encrypted first.
    const encrypt = crypto.subtle.encrypt.bind(crypto.subtle)
    const slowly = vi.spyOn(crypto.subtle, 'encrypt').mockImplementation(async (...args) => {
      await new Promise((done) => setTimeout(done, 100))
      return encrypt(...args)
    })
    await sender.round()
    slowly.mockRestore()
    // Each photo moves twice: begun, and held.
    expect(writes).toBeLessThan(18)
    expect((await first()).phase).toBe('delivered')
  })
})

describe('an office in difficulties', () => {
  it('gets a new login in the middle of the round when the token ran out', async () => {
    const entry = await sealed('one', 'two')
    let expired = true
    office.fault = (method) => {
      if (method !== 'PATCH' || !expired) return null
      expired = false
      return json(401, { code: 'token-invalid' }, 'problem+')
    }
    await sender.round()
    expect((await first()).phase).toBe('delivered')
    expect(posts()).toBe(1)
    expect(await originals(entry)).toBe(0)
  })

  it('is left alone for as long as it asks, and the person is told until when', async () => {
    await sealed()
    const heard: { state: string; until: number }[] = []
    const stop = hear((news) => { if (news.type === 'connection') heard.push(news) })
    office.fault = () => new Response('', { status: 503, headers: { 'Retry-After': '120' } })
    const pause = await sender.round()
    expect(pause).toBeGreaterThanOrEqual(120_000)
    const asked = office.requests.length
    sender.hurry()
    expect(await sender.round()).toBeGreaterThan(100_000)
    expect(office.requests.length).toBe(asked)
    await vi.waitFor(() => expect(heard.at(-1)?.state).toBe('busy'))
    expect(heard.at(-1)!.until - Date.now()).toBeGreaterThan(100_000)
    stop()
  })

  it.each([
    ['by the office’s own clock', { 'Retry-After': 'Mon, 02 Jan 2023 00:02:00 GMT', Date: 'Mon, 02 Jan 2023 00:00:00 GMT' }, 120_000],
    ['for an hour at most', { 'Retry-After': 'Mon, 02 Jan 2023 09:00:00 GMT', Date: 'Mon, 02 Jan 2023 00:00:00 GMT' }, 3_600_000],
    ['not at all for a moment that has passed', { 'Retry-After': 'Mon, 02 Jan 2023 00:00:00 GMT' }, 0],
  ])('may name a date: %s', async (_name, headers, wait) => {
    expect((await problemOf(new Response('', { status: 503, headers: headers as HeadersInit }))).retryAfterMs).toBe(wait)
  })

  it('that lost the record gets it again, photos too', async () => {
    const entry = await sealed('one')
    office.fault = (method) => (method === 'PATCH' ? 'cut' : null)
    await sender.round()
    expect((await first()).phase).toBe('accepted')
    let lost = true
    office.fault = (method, path) => {
      if (method !== 'GET' || !path.startsWith('/api/v1/records/') || !lost) return null
      lost = false
      return json(404, { code: 'not-found' }, 'problem+')
    }
    sender.hurry()
    await sender.round()
    expect((await first()).phase).toBe('delivered')
    expect(posts()).toBe(2)
    expect(await originals(entry)).toBe(0)
  })

  it('that misses photos after its complete receipt is answered with the truth', async () => {
    const entry = await sealed('one')
    await sender.round()
    office.held.clear()
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 })
    await sender.round()
    expect(await first()).toMatchObject({ phase: 'delivered', recalled: entry.media.map((one) => one.sha256) })
  })

  it('keeps a locked upload waiting instead of setting it aside', async () => {
    await sealed('one')
    office.fault = (_method, path) => (path === '/api/v1/uploads' ? json(423, { code: 'upload-locked' }, 'problem+') : null)
    await sender.round()
    expect(await first()).toMatchObject({ phase: 'accepted', trouble: { code: 'upload-locked' } })
  })
})

describe('a clock set back by a year', () => {
  it('does not make anything wait for a year', async () => {
    const entry = { ...(await sealed()), nextTryAt: Date.now() + 60_000 }
    expect(dueEntries([entry], Date.now())).toEqual([])
    expect(dueEntries([entry], Date.now() - 365 * 86_400_000)).toEqual([entry])
  })
})

describe('photos only over Wi-Fi', () => {
  it('sends the record at once and its photos when the way changes', async () => {
    const entry = await sealed('one')
    await writeSettings(vault.storeKey, { wifiOnly: true })
    Object.assign(navigator, { connection: { type: 'cellular' } })
    await sender.round()
    expect(await first()).toMatchObject({ phase: 'accepted', trouble: { code: 'wifi-only' } })
    expect(await originals(entry)).toBe(1)
    Object.assign(navigator, { connection: { type: 'wifi' } })
    await sender.round()
    expect(await first()).toMatchObject({ phase: 'delivered', trouble: null })
  })
  it('holds nothing back where the browser does not tell', () => {
    expect(photosMayGo(true, wayOf(undefined))).toBe(true)
    expect(photosMayGo(true, wayOf('cellular'))).toBe(false)
  })
})

describe('the pace', () => {
  it('grows on a quick way, shrinks on a slow or broken one, within its bounds', () => {
    const pace = new Pace()
    expect([pace.bytes, pace.lanes]).toEqual([262_144, 1])
    for (let n = 0; n < 9; n += 1) pace.went(pace.bytes, 50)
    expect([pace.bytes, pace.lanes]).toEqual([2_097_152, 3])
    for (let n = 0; n < 9; n += 1) pace.went(pace.bytes, 9_000)
    pace.broke()
    expect([pace.bytes, pace.lanes]).toEqual([65_536, 1])
  })
  it('delivers many photos in two lanes, each once, the same picture twice included', async () => {
    const contents = Array.from({ length: 7 }, (_, n) => String(n).repeat(300_000))
    const entry = await sealed(...contents, contents[0]!)
    await sender.round()
    expect(await first()).toMatchObject({ phase: 'delivered', trouble: null })
    expect(office.held.size).toBe(7)
    expect(await originals(entry)).toBe(0)
  })
})

describe('an undelivered record', () => {
  it('can be taken out as plain files, unchanged', async () => {
    const entry = await sealed('one', 'two')
    const [documents, ...photos] = await exportEntry(vault.storeKey, entry)
    expect(JSON.parse(await documents!.text())).toMatchObject({ record: entry.sdjwt, certificate: entry.certificate, link: entry.link })
    expect(await Promise.all(photos.map((file) => file.text()))).toEqual(['one', 'two'])
  })
})
