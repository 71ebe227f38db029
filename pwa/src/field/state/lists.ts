/** What the lists show: bundle, drafts, outbox, connection. Read from the sealed store again whenever there is news. */

import { computed, ref, shallowRef, watch } from 'vue'
import type { Draft } from '../../domain/draft'
import type { OutboxEntry, WitnessEntry } from '../../domain/outbox'
import { PLACES, readSound, surveyDocs, type BundleDoc } from '../../shared/store'
import type { ConnectionState } from '../../shared/sync/messages'
import { hear } from '../../shared/sync/news'
import { beforeLock, vault } from './session'

export const bundle = shallowRef<BundleDoc | null>(null)
export const drafts = shallowRef<Draft[]>([])
export const entries = shallowRef<OutboxEntry[]>([])
/** Confirmations of other inspectors' records, made on this phone. */
export const witnesses = shallowRef<WitnessEntry[]>([])
const damagedUnder = shallowRef<Record<string, string[]>>({})
/** Places of drafts and submitted items that do not open any more. */
export const damaged = computed(() => Object.values(damagedUnder.value).flat())
export const connection = ref<{ state: ConnectionState; code: string | null; until: number }>({ state: 'idle', code: null, until: 0 })
/** False until the store was read once after unlocking. */
export const loaded = ref(false)

/** Read everything again. */
export async function reload(): Promise<void> {
  await Promise.all([reloadBundle(), reloadDrafts(), reloadEntries()])
  loaded.value = vault.value !== null
}

/** Everything sound in one part of the store; what is damaged is noted beside it. */
async function sound<T>(storeKey: CryptoKey, prefix: string): Promise<T[]> {
  const found = await surveyDocs<T>(storeKey, prefix)
  damagedUnder.value = { ...damagedUnder.value, [prefix]: found.damaged }
  return found.docs
}

async function reloadBundle(): Promise<void> {
  if (vault.value) bundle.value = await readSound<BundleDoc>(vault.value.storeKey, PLACES.bundle)
}

export async function reloadDrafts(): Promise<void> {
  if (!vault.value) return
  const all = await sound<Draft>(vault.value.storeKey, PLACES.drafts)
  drafts.value = all.sort((a, b) => b.ended_at.localeCompare(a.ended_at))
}

let reading: Promise<void> | null = null
let again = false

/** Read the outbox; news that comes meanwhile leads to one more reading, not to many. */
export function reloadEntries(): Promise<void> {
  if (reading) {
    again = true
    return reading
  }
  reading = readEntries().finally(() => { reading = null })
  return reading
}

async function readEntries(): Promise<void> {
  do {
    again = false
    if (!vault.value) return
    const { storeKey } = vault.value
    const [records, confirmations] = await Promise.all([
      sound<OutboxEntry>(storeKey, PLACES.outboxes), sound<WitnessEntry>(storeKey, PLACES.witnesses),
    ])
    // Locked meanwhile: what was read is forgotten too.
    if (!vault.value) return
    entries.value = records.sort((a, b) => b.seq - a.seq)
    witnesses.value = confirmations.sort((a, b) => b.seq - a.seq)
  } while (again)
}

/** While photos travel there is more news than a person can see, and reading takes the processor from sending. */
const NEWS_EVERY_MS = 100
let expected: ReturnType<typeof setTimeout> | undefined

function expectEntries(): void {
  expected ??= setTimeout(() => {
    expected = undefined
    void reloadEntries()
  }, NEWS_EVERY_MS)
}

hear((news) => {
  if (news.type === 'outbox') expectEntries()
  if (news.type === 'bundle') void reloadBundle()
  if (news.type === 'connection') connection.value = { state: news.state, code: news.code, until: news.until }
})

watch(vault, (now) => { if (now) void reload() })

beforeLock(() => {
  bundle.value = null
  drafts.value = []
  entries.value = []
  witnesses.value = []
  damagedUnder.value = {}
  connection.value = { state: 'idle', code: null, until: 0 }
  loaded.value = false
})
