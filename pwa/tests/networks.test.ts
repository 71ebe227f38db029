import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import './phone'
import { deleteDB } from 'idb'
import type { OutboxEntry } from '../src/domain/outbox'
import { FREE_TRIES, openVault, type OpenVault } from '../src/shared/capture/vault'
import { sealDraft } from '../src/shared/capture/seal'
import { close, databaseName, listDocs, PLACES } from '../src/shared/store'
import { Pace } from '../src/shared/sync/pace'
import { Sender } from '../src/shared/sync/sender'
import { fakeOffice, json, type FakeOffice } from './office'
import { draft, enrolledPhone, photo } from './phone'

let vault: OpenVault
let office: FakeOffice
let sender: Sender
const put = IDBObjectStore.prototype.put
const html = (status: number) => new Response('<html>login</html>', { status, headers: { 'Content-Type': 'text/html' } })

beforeEach(async () => {
  await close()
  await deleteDB(databaseName)
  vault = (await enrolledPhone()).vault
  office = await fakeOffice()
  sender = new Sender(vault)
})
afterEach(() => { IDBObjectStore.prototype.put = put })

async function sealed(...contents: string[]): Promise<OutboxEntry> {
  const media = await Promise.all(contents.map((content) => photo(vault, content)))
  return sealDraft(vault, draft({ media }), '甲市窗口')
}
async function entries(): Promise<OutboxEntry[]> {
  return (await listDocs<OutboxEntry>(vault.storeKey, PLACES.outboxes)).sort((a, b) => a.seq - b.seq)
}
const phases = async () => (await entries()).map((entry) => entry.phase)
const asked = (pattern: RegExp) => office.requests.filter((one) => pattern.test(one)).length

describe('an item that something on the way refuses', () => {
  it.each([
    ['a page of a filter', () => html(403), 'not-the-office'],
    ['a cut connection', () => 'cut' as const, 'offline'],
  ])('waits alone behind %s; the rest is delivered', async (_name, answer, code) => {
    await sealed()
    await sealed('one')
    let posts = 0
    office.fault = (method, path) => (method === 'POST' && path === '/api/v1/records' && (posts += 1) === 1 ? answer() : null)
    await sender.round()
    expect(await phases()).toEqual(['sealed', 'delivered'])
    expect((await entries())[0]).toMatchObject({ tries: 1, trouble: { code } })
    sender.hurry()
    await sender.round()
    expect(await phases()).toEqual(['delivered', 'delivered'])
  })

  it('is not blamed where nothing answers', async () => {
    await sealed()
    await sender.round()
    office.fault = () => 'cut'
    await sealed()
    await sender.round()
    expect((await entries())[1]).toMatchObject({ phase: 'sealed', tries: 0, trouble: null })
  })
})

describe('a portal in between', () => {
  it.each([[404, 'PATCH'], [410, 'HEAD'], [200, 'PATCH'], [511, 'PATCH']])('with status %i for %s does not make the phone forget an upload', async (status, which) => {
    await sealed('x'.repeat(600_000))
    let patches = 0
    office.fault = (method) => (method === 'PATCH' && (patches += 1) === 2 ? 'cut' : null)
    await sender.round()
    const begun = (await entries())[0]!.media[0]!.location
    office.fault = (method) => (method === which ? html(status) : null)
    sender.hurry()
    await sender.round()
    expect((await entries())[0]).toMatchObject({ phase: 'accepted', trouble: { code: 'not-the-office' } })
    expect((await entries())[0]!.media[0]!.location).toBe(begun)
    office.fault = () => null
    sender.hurry()
    await sender.round()
    expect(await phases()).toEqual(['delivered'])
    expect(asked(/^POST .*uploads$/)).toBe(1)
  })

  it('that writes another origin as a path gets no token', async () => {
    await sealed('one')
    office.fault = (method, path) => (method === 'POST' && path === '/api/v1/uploads'
      ? new Response(null, { status: 201, headers: { Location: '//elsewhere.example/x' } }) : null)
    await sender.round()
    expect(asked(/^PATCH/)).toBe(0)
    expect((await entries())[0]).toMatchObject({ phase: 'accepted', trouble: { code: 'not-the-office' } })
  })
})

describe('the order of sending', () => {
  it('is every record first, then their photos', async () => {
    await sealed('one')
    await sealed('two')
    await sender.round()
    const order = office.requests.filter((one) => /^(POST|PATCH)/.test(one) && /records|uploads/.test(one)).map((one) => one.split(' ')[0])
    expect(order).toEqual(['POST', 'POST', 'POST', 'PATCH', 'POST', 'PATCH'])
    expect(await phases()).toEqual(['delivered', 'delivered'])
  })

  it('does not wait for a bundle that the office cannot give', async () => {
    await sealed('one')
    office.fault = (_method, path) => (path === '/api/v1/field/bundle' ? json(500, { code: 'internal' }, 'problem+') : null)
    await sender.round()
    expect(await phases()).toEqual(['delivered'])
  })
})

describe('an office that misses a photo again', () => {
  it('before the complete receipt gets it anew, not the old upload once more', async () => {
    await sealed('one', 'two')
    let patches = 0
    office.fault = (method) => (method === 'PATCH' && (patches += 1) === 2 ? json(507, { code: 'storage-full' }, 'problem+') : null)
    await sender.round()
    expect((await entries())[0]!.media.filter((one) => one.held).length).toBe(1)
    office.held.clear()
    office.fault = () => null
    await sender.retry((await entries())[0]!.entry)
    await sender.round()
    expect(await phases()).toEqual(['delivered'])
    expect(office.held.size).toBe(2)
  })
})

describe('a fault of the phone', () => {
  /** Every write of an entry fails as the system makes it fail. */
  function failEntryWrites(name: string, when: () => boolean): void {
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...args: Parameters<typeof put>) {
      if (String(args[1]).startsWith('outbox/') && when()) throw new DOMException('by the system', name)
      return put.apply(this, args)
    }
  }

  it('that passes sets nothing aside', async () => {
    await sealed()
    let failing = 2
    failEntryWrites('UnknownError', () => (failing -= 1) >= 0)
    await sender.round()
    expect((await entries())[0]).toMatchObject({ phase: 'accepted', tries: 1, trouble: { code: 'phone-fault' } })
    await sender.retry((await entries())[0]!.entry)
    await sender.round()
    expect(await phases()).toEqual(['delivered'])
  })

  it('that is a full store waits for room and sends all the same', async () => {
    await sealed('one')
    let full = true
    failEntryWrites('QuotaExceededError', () => full)
    await sender.round()
    expect(office.held.size).toBe(1)
    expect(await phases()).toEqual(['sealed'])
    full = false
    sender.hurry()
    await sender.round()
    expect(await phases()).toEqual(['delivered'])
  })
})

describe('a store without any room', () => {
  it('opens for the right PIN and counts the wrong ones', async () => {
    IDBObjectStore.prototype.put = () => { throw new DOMException('by the system', 'QuotaExceededError') }
    expect((await openVault('294718')).kind).toBe('open')
    for (let tries = 0; tries < FREE_TRIES; tries += 1) expect((await openVault('000000')).kind).toBe('wrong')
    expect((await openVault('294718')).kind).toBe('wait')
    IDBObjectStore.prototype.put = put
  })
})

describe('patience with a chunk', () => {
  it('is short where the line was quick, doubles with every break, and never exceeds two minutes', () => {
    const pace = new Pace()
    expect(pace.patience(262_144)).toBe(120_000)
    pace.went(262_144, 1_000)
    expect(pace.patience(262_144)).toBe(20_000)
    pace.broke()
    expect(pace.patience(262_144)).toBe(40_000)
    for (let n = 0; n < 5; n += 1) pace.broke()
    expect(pace.patience(262_144)).toBe(120_000)
  })
})
