/** The rounds of sending: log in, refresh the bundle, deliver what is due, look after what was delivered. */

import {
  dueEntries, isDue, isNewest, isPending, progressOf, waitOf, type OutboxEntry, type Sendable, type WitnessEntry,
} from '../../domain/outbox'
import { photosMayGo, wayOf } from '../../domain/network'
import {
  commit, docChange, listDocs, mediaRemoval, PLACES, readDoc, readSound, StorageFull,
  type Change, type DeviceDoc, type SettingsDoc, type TicketDoc,
} from '../store'
import { backoffMs } from './backoff'
import { officeAnswers, refreshBundle } from './bundle'
import { announce, askState, deliver, recall } from './deliver'
import { OfficeError } from './http'
import { login, type Access } from './login'
import type { ConnectionState, Session } from './messages'
import { tell } from './news'
import { Pace } from './pace'
import type { Courier } from './photos'
import { connectionOf, endsAll, isOfTheWay, noteTrouble, WAY_CODES } from './trouble'
import { deliverWitness } from './witness'

const BUNDLE_EVERY_MS = 5 * 60_000
const STATE_EVERY_MS = 10 * 60_000
const LONGEST_PAUSE_MS = 60_000
/** After the office's last word the record key and the previews have no further use. */
const FINAL_STATES = ['accepted', 'rejected', 'withdrawn']

export class Sender {
  #access: Access | null = null
  /** On the clock that nobody can set, like every moment that is not kept on the disk. */
  #bundleAt = -Infinity
  /** How many items wait here, as the office was last told. */
  #told = -1
  #failures = 0
  /** The office asked not to be asked before this moment. */
  #notBefore = 0
  #wifiOnly = false
  #wayChanged = false
  /** Bytes that the office has confirmed of an entry, at most. */
  #farthest = new Map<string, number>()
  #pace = new Pace()
  #writing: Promise<void> = Promise.resolve()
  /** Positions on their way to the disk, by entry; what moves meanwhile is kept by the same write. */
  #waiting = new Set<string>()
  #unkept = new Map<string, unknown>()

  constructor(private readonly session: Session) {}

  /** The way may have changed: fetch the bundle, try again what waited for it. */
  hurry(): void {
    this.#wayChanged = true
    this.#bundleAt = -Infinity
    this.#failures = 0
  }

  /** One round. Returns how many milliseconds to pause before the next. */
  async round(): Promise<number> {
    const device = await readDoc<DeviceDoc>(this.session.storeKey, PLACES.device)
    if (!device?.device) return LONGEST_PAUSE_MS
    const early = this.#notBefore - performance.now()
    if (early > 0) return early
    try {
      this.#say('working', null)
      await this.#workWithFreshToken(device)
      this.#failures = 0
      this.#say('idle', null)
    } catch (error) {
      await this.#writing
      if (!(error instanceof OfficeError)) throw error
      return this.#interrupted(error)
    }
    return this.#pause()
  }

  /** A token that ran out in the middle costs one more login, not the round. */
  async #workWithFreshToken(device: DeviceDoc): Promise<void> {
    try {
      await this.#work(device)
    } catch (error) {
      if (!(error instanceof OfficeError) || error.status !== 401 || error.code === 'device-revoked') throw error
      this.#access = null
      await this.#work(device)
    }
  }

  async #work(device: DeviceDoc): Promise<void> {
    const access = await this.#logIn(device)
    const bundleFault = access.deliverOnly ? null : await this.#freshBundle(access)
    const settings = await readSound<Partial<SettingsDoc>>(this.session.storeKey, PLACES.settings)
    this.#wifiOnly = settings?.wifiOnly ?? false
    const courier = this.#courier(device)
    await this.#deliverDue(courier, device)
    for (const entry of await this.#witnesses()) {
      if (isDue(this.#lifted(entry), Date.now())) await this.#confirmOne(courier, entry)
    }
    this.#wayChanged = false
    await this.#lookAfter(courier, device)
    if (bundleFault) throw bundleFault
    if (access.deliverOnly) throw new OfficeError('refused', 'device-revoked')
    // What was delivered since must not count as missing until the next bundle is due.
    if (await this.#unsent() !== this.#told) await this.#fetchBundle(access)
  }

  /** A bundle that cannot be had must not hold up deliveries: its fault is thrown when they are through. */
  async #freshBundle(access: Access): Promise<OfficeError | StorageFull | null> {
    if (performance.now() - this.#bundleAt <= BUNDLE_EVERY_MS) return null
    try {
      await this.#fetchBundle(access)
    } catch (error) {
      if (error instanceof StorageFull) return error
      if (!(error instanceof OfficeError) || error.failure === 'offline' || endsAll(error)) throw error
      return error
    }
    return null
  }

  async #fetchBundle(access: Access): Promise<void> {
    const unsent = await this.#unsent()
    if (await refreshBundle(this.session.storeKey, access.token, unsent)) tell({ type: 'bundle' })
    this.#told = unsent
    this.#bundleAt = performance.now()
  }

  async #unsent(): Promise<number> {
    return [...(await this.#entries()), ...(await this.#witnesses())].filter((one) => one.phase !== 'delivered').length
  }

  /** Every record first, they are small; then the photos, record by record. */
  async #deliverDue(courier: Courier, device: DeviceDoc): Promise<void> {
    const entries = (await this.#entries()).map((entry) => this.#lifted(entry))
    const due = dueEntries(entries, Date.now())
    const fresh = new Set<OutboxEntry>()
    for (const entry of due.filter((one) => one.phase === 'sealed')) {
      await this.#attempt(courier, entry, async () => {
        if (!(await announce(courier, device, entry))) fresh.add(entry)
      })
    }
    for (const entry of due.filter((one) => one.phase === 'accepted' && isDue(one, Date.now()))) {
      await this.#attempt(courier, entry, () => deliver(courier, device, entry, fresh.has(entry)))
    }
  }

  /** Do something for an entry. What stands in its way alone is noted on it; what stands in every way is thrown. */
  async #attempt(courier: Courier, entry: OutboxEntry, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (endsAll(error)) throw error
      // The same item failing while the office answers is a poison item: it must not end every round.
      if (isOfTheWay(error) && !(await officeAnswers(this.session.storeKey, await courier.token()))) throw error
      noteTrouble(entry, error, Date.now())
      await ifRoom(() => this.#keep(entry))
    }
    tell({ type: 'outbox' })
  }

  async #confirmOne(courier: Courier, entry: WitnessEntry): Promise<void> {
    try {
      await deliverWitness(await courier.token(), entry)
    } catch (error) {
      if (endsAll(error) || isOfTheWay(error)) throw error
      noteTrouble(entry, error, Date.now())
    }
    await this.#keepWitness(entry)
    tell({ type: 'outbox' })
  }

  /** What waited because of the way waits no longer once the way may be another. */
  #lifted<T extends Sendable>(entry: T): T {
    const code = entry.trouble?.code ?? ''
    const lift = code === 'wifi-only' ? this.#photosMayGo() : this.#wayChanged && WAY_CODES.includes(code)
    return lift ? { ...entry, nextTryAt: 0 } : entry
  }

  #photosMayGo(): boolean {
    const { connection } = navigator as { connection?: { type?: string } }
    return photosMayGo(this.#wifiOnly, wayOf(connection?.type))
  }

  /** Ask now and then what became of delivered records; drop what is no longer needed once that is final. */
  async #lookAfter(courier: Courier, device: DeviceDoc): Promise<void> {
    const all = await this.#entries()
    const delivered = all.filter((entry) => entry.phase === 'delivered' && isNewest(entry, all))
    for (const entry of delivered) {
      // A clock set back makes the last look lie in the future: then it is time, too.
      const since = Math.abs(Date.now() - entry.checkedAt)
      if (FINAL_STATES.includes(entry.officeState ?? '') || since < STATE_EVERY_MS) continue
      await this.#lookAt(courier, device, entry, all)
      tell({ type: 'outbox' })
    }
  }

  async #lookAt(courier: Courier, device: DeviceDoc, entry: OutboxEntry, all: OutboxEntry[]): Promise<void> {
    try {
      await recall(entry, (await askState(courier, device, entry)).missing)
    } catch (error) {
      if (!(error instanceof OfficeError) || endsAll(error) || isOfTheWay(error)) throw error
      // It is delivered and stays so; that the office does not want to talk about it now harms nothing.
      entry.checkedAt = Date.now()
    }
    const versions = all.filter((one) => one.record === entry.record)
    await commit([await docChange(this.session.storeKey, PLACES.outbox(entry.entry), entry), ...finalRemovals(entry, versions)])
  }

  async #logIn(device: DeviceDoc): Promise<Access> {
    if (this.#access && Date.now() < this.#access.validUntil) return this.#access
    const access = await login(device.device!, device.origin, this.session.deviceKey)
    const changes: Change[] = []
    const { storeKey } = this.session
    if (access.ticket) {
      const ticket: TicketDoc = { ticket: access.ticket }
      changes.push(await docChange(storeKey, PLACES.ticket, ticket))
    }
    if (!device.confirmed) changes.push(await docChange(storeKey, PLACES.device, { ...device, confirmed: true }))
    if (changes.length) await ifRoom(() => commit(changes))
    if (!device.confirmed) tell({ type: 'device' })
    this.#access = access
    return access
  }

  #courier(device: DeviceDoc): Courier {
    return {
      storeKey: this.session.storeKey,
      pace: this.#pace,
      photosMayGo: () => this.#photosMayGo(),
      token: async () => (await this.#logIn(device)).token,
      moved: (entry) => {
        this.#noteProgress(entry)
        this.#keepSoon(entry)
      },
      kept: async (entry) => {
        await this.#writing
        const fault = this.#unkept.get(entry.entry)
        this.#unkept.delete(entry.entry)
        if (fault !== undefined) throw fault
      },
    }
  }

  /** A way on which bytes arrive is a good way, however often it breaks: the pauses begin again from the shortest. */
  #noteProgress(entry: OutboxEntry): void {
    const { bytesHeld } = progressOf(entry)
    if (bytesHeld <= (this.#farthest.get(entry.entry) ?? 0)) return
    this.#farthest.set(entry.entry, bytesHeld)
    this.#failures = 0
    entry.tries = 0
  }

  async #entries(): Promise<OutboxEntry[]> {
    await this.#writing
    return listDocs<OutboxEntry>(this.session.storeKey, PLACES.outboxes)
  }

  /** One write after the other: of two lanes the later state must not be overtaken by the earlier. */
  async #keep(entry: OutboxEntry): Promise<void> {
    const write = this.#writing.then(() => this.#write(entry))
    this.#writing = write.catch(() => undefined)
    return write
  }

  /**
   * Keep an entry without making its bytes wait. Should the phone die before, the office knows how far it
   * got; a write that has not begun yet takes along what moves until then.
   */
  #keepSoon(entry: OutboxEntry): void {
    if (this.#waiting.has(entry.entry)) return
    const write = this.#writing.then(() => {
      this.#waiting.delete(entry.entry)
      return this.#write(entry)
    })
    this.#waiting.add(entry.entry)
    this.#writing = ifRoom(() => write).then(
      () => tell({ type: 'outbox' }),
      (error: unknown) => { this.#unkept.set(entry.entry, error) },
    )
  }

  async #write(entry: OutboxEntry): Promise<void> {
    await commit([await docChange(this.session.storeKey, PLACES.outbox(entry.entry), entry)])
  }

  async #witnesses(): Promise<WitnessEntry[]> {
    const all = await listDocs<WitnessEntry>(this.session.storeKey, PLACES.witnesses)
    return all.sort((a, b) => a.seq - b.seq)
  }

  async #keepWitness(entry: WitnessEntry): Promise<void> {
    await commit([await docChange(this.session.storeKey, PLACES.witness(entry.recordSha256), entry)])
  }

  #interrupted(error: OfficeError): number {
    if (error.status === 401) this.#access = null
    const pause = Math.min(backoffMs(this.#failures, error.retryAfterMs), Math.max(LONGEST_PAUSE_MS, error.retryAfterMs))
    this.#failures += 1
    if (error.retryAfterMs) this.#notBefore = performance.now() + error.retryAfterMs
    this.#say(connectionOf(error), error.code, Date.now() + pause)
    return pause
  }

  async #pause(): Promise<number> {
    const all = [...(await this.#entries()), ...(await this.#witnesses())]
    const waits = all.filter(isPending).map((entry) => waitOf(entry, Date.now()))
    return Math.min(LONGEST_PAUSE_MS, ...waits.map((ms) => Math.max(500, ms)))
  }

  #say(state: ConnectionState, code: string | null, until = 0): void {
    tell({ type: 'connection', state, code, until })
  }

  /** Lift an entry out of its waiting or out of being set aside. */
  async retry(id: string): Promise<void> {
    const entry = await readDoc<OutboxEntry>(this.session.storeKey, PLACES.outbox(id))
    if (!entry) return this.#retryWitness(id)
    if (entry.phase === 'delivered') return
    if (entry.phase === 'aside') entry.phase = entry.receipt ? 'accepted' : 'sealed'
    entry.nextTryAt = 0
    await this.#keep(entry)
  }

  async #retryWitness(recordSha256: string): Promise<void> {
    const entry = await readDoc<WitnessEntry>(this.session.storeKey, PLACES.witness(recordSha256))
    if (!entry || entry.phase === 'delivered') return
    await this.#keepWitness({ ...entry, phase: 'sealed', nextTryAt: 0 })
  }
}

/** A full phone must go on sending, that is what frees it: the office knows how far it got as well. */
async function ifRoom(write: () => Promise<void>): Promise<void> {
  try {
    await write()
  } catch (error) {
    if (!(error instanceof StorageFull)) throw error
  }
}

function finalRemovals(entry: OutboxEntry, versions: readonly OutboxEntry[]): Change[] {
  if (!FINAL_STATES.includes(entry.officeState ?? '')) return []
  return [
    { store: 'keys', key: PLACES.recordKey(entry.record), value: null },
    ...versions.flatMap((one) => one.media.map((photo) => mediaRemoval('thumbs', photo.id))),
  ]
}
