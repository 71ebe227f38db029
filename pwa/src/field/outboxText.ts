/** What the outbox says about an entry: the truth, in one line each. */

import { isNewest, isPending, progressOf, waitOf, type OutboxEntry, type OutboxMedia, type Sendable } from '../domain/outbox'
import { bytesText, isKey, problemText, t } from './i18n'
import { connection } from './state/lists'

/** How far the entry got. */
export function statusText(entry: OutboxEntry): string {
  if (entry.phase === 'sealed') return t('outbox.sealed')
  if (entry.phase === 'aside') return t('outbox.aside')
  const { held, total, bytesHeld, bytesTotal } = progressOf(entry)
  if (entry.phase === 'accepted') return t('outbox.sending', { held, total, done: bytesText(bytesHeld), all: bytesText(bytesTotal) })
  return total ? t('outbox.delivered', { n: total }) : t('outbox.delivered.none')
}

/** Why it waits, or null when nothing stands in its way. */
export function waitText(entry: Sendable, now: number): string | null {
  if (entry.phase === 'delivered') return null
  if (!entry.trouble) return isPending(entry) ? wayText(now) : null
  const reason = problemText(entry.trouble.code)
  const wait = waitOf(entry, now)
  if (entry.phase === 'aside' || wait === 0 || entry.trouble.code === 'wifi-only') return t('outbox.reason', { reason })
  return t('outbox.wait', { time: clockText(wait), reason })
}

/** What is wrong with the way to the office, which holds up everything. */
function wayText(now: number): string | null {
  const { state, code, until } = connection.value
  if (state === 'idle' || state === 'working') return null
  const reason = problemText(state === 'busy' ? 'office-busy' : code ?? state)
  return until > now ? t('outbox.wait', { time: clockText(until - now), reason }) : t('outbox.reason', { reason })
}

function clockText(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** How far one photo got. */
export function photoText(photo: OutboxMedia, entry: OutboxEntry): string {
  if (entry.recalled?.includes(photo.sha256)) return t('outbox.photo.recalled')
  if (photo.held || entry.phase === 'delivered') return t('outbox.photo.held', { all: bytesText(photo.bytes) })
  return t('outbox.photo.part', { done: bytesText(photo.offset), all: bytesText(photo.bytes) })
}

/** How far a confirmation got. */
export function witnessText(entry: Sendable): string {
  if (entry.phase === 'aside') return t('outbox.aside')
  return t(entry.phase === 'delivered' ? 'outbox.delivered.none' : 'witness.sealed')
}

/** What the office says about a record, or null: it speaks about the newest version only. */
export function officeText(entry: OutboxEntry, all: readonly OutboxEntry[]): string | null {
  if (!entry.officeState || !isNewest(entry, all)) return null
  const key = `outbox.state.${entry.officeState}`
  return t('outbox.state', { state: isKey(key) ? t(key) : entry.officeState })
}

/** What kind of version it is, where that is not the usual one. */
export function kindText(entry: OutboxEntry): string | null {
  if (entry.draft.outcome === 'withdrawn') return t('outbox.withdrawn')
  if (entry.draft.outcome === 'not_possible') return t('outbox.impossible')
  return entry.draft.supersedes ? t('outbox.version') : null
}
