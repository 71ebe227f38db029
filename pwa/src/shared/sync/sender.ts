/** The rounds of sending: log in, refresh the bundle, deliver what is due, look after what was delivered. */

import { dueEntries, isDue, isNewest, isPending, waitOf, type OutboxEntry, type WitnessEntry } from '../../domain/outbox'
import { photosMayGo, wayOf } from '../../domain/network'
import {
  commit, docChange, listDocs, mediaRemoval, PLACES, readDoc, StorageFull,
  type Change, type DeviceDoc, type SettingsDoc, type TicketDoc,
} from '../store'
import { backoffMs } from './backoff'
import { refreshBundle } from './bundle'
import { askState, deliver, recall } from './deliver'
import { OfficeError } from './http'
import { login, type Access } from './login'
import type { ConnectionState, Session } from './messages'
import { tell } from './news'
import { Pace } from './pace'
import type { Courier } from './photos'
import { connectionOf, endsRound, noteTrouble } from './trouble'
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
  #failures = 0
  /** The office asked not to be asked before this moment. */
  #notBefore = 0
  #wifiOnly = false
  #pace = new Pace()
  #writing: Promise<void> = Promise.resolve()

  constructor(private readonly session: Session) {}

  /** Forget how fresh the bundle is: the next round fetches it. */
  hurry(): void {
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
    if (!access.deliverOnly && performance.now() - this.#bundleAt > BUNDLE_EVERY_MS) {
      if (await refreshBundle(this.session.storeKey, access.token)) tell({ type: 'bundle' })
      this.#bundleAt = performance.now()
    }
    const courier = this.#courier(device)
    const settings = await readDoc<Partial<SettingsDoc>>(this.session.storeKey, PLACES.settings)
    this.#wifiOnly = settings?.wifiOnly ?? false
    const waiting = this.#withoutWifiPause(await this.#entries())
    for (const entry of dueEntries(waiting, Date.now())) await this.#deliverOne(courier, device, entry)
    for (const entry of await this.#witnesses()) {
      if (isDue(entry, Date.now())) await this.#confirmOne(courier, entry)
    }
    await this.#lookAfter(courier, device)
    if (access.deliverOnly) throw new OfficeError('refused', 'device-revoked')
  }

  async #deliverOne(courier: Courier, device: DeviceDoc, entry: OutboxEntry): Promise<void> {
    try {
      await deliver(courier, device, entry)
    } catch (error) {
      if (endsRound(error)) throw error
      noteTrouble(entry, error, Date.now())
      await this.#keep(entry)
    }
    tell({ type: 'outbox' })
  }

  async #confirmOne(courier: Courier, entry: WitnessEntry): Promise<void> {
    try {
      await deliverWitness(await courier.token(), entry)
    } catch (error) {
      if (endsRound(error)) throw error
      noteTrouble(entry, error, Date.now())
    }
    await this.#keepWitness(entry)
    tell({ type: 'outbox' })
  }

  /** What waited for Wi-Fi waits no longer once photos may go. */
  #withoutWifiPause(entries: OutboxEntry[]): OutboxEntry[] {
    if (!this.#photosMayGo()) return entries
    return entries.map((entry) => (entry.trouble?.code === 'wifi-only' ? { ...entry, nextTryAt: 0 } : entry))
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
      if (!(error instanceof OfficeError) || endsRound(error)) throw error
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
    if (changes.length) await commit(changes)
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
      moved: async (entry) => {
        try {
          await this.#keep(entry)
        } catch (error) {
          // A full phone must go on sending, that is what frees it: the office knows the position as well.
          if (!(error instanceof StorageFull)) throw error
        }
        tell({ type: 'outbox' })
      },
    }
  }

  async #entries(): Promise<OutboxEntry[]> {
    return listDocs<OutboxEntry>(this.session.storeKey, PLACES.outboxes)
  }

  /** One write after the other: of two lanes the later state must not be overtaken by the earlier. */
  async #keep(entry: OutboxEntry): Promise<void> {
    const write = this.#writing.then(async () => {
      await commit([await docChange(this.session.storeKey, PLACES.outbox(entry.entry), entry)])
    })
    this.#writing = write.catch(() => undefined)
    return write
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
    this.#failures += 1
    const pause = Math.min(backoffMs(this.#failures, error.retryAfterMs), Math.max(LONGEST_PAUSE_MS, error.retryAfterMs))
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

function finalRemovals(entry: OutboxEntry, versions: readonly OutboxEntry[]): Change[] {
  if (!FINAL_STATES.includes(entry.officeState ?? '')) return []
  return [
    { store: 'keys', key: PLACES.recordKey(entry.record), value: null },
    ...versions.flatMap((one) => one.media.map((photo) => mediaRemoval('thumbs', photo.id))),
  ]
}
