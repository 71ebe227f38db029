/** What the outbox says about an entry: the truth, in one line each. */

import { isNewest, progressOf, type OutboxEntry, type Sendable } from '../domain/outbox'
import { bytesText, isKey, problemText, t } from './i18n'

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
  if (entry.phase === 'delivered' || !entry.trouble) return null
  const reason = problemText(entry.trouble.code)
  const seconds = Math.ceil((entry.nextTryAt - now) / 1000)
  if (entry.phase === 'aside' || seconds <= 0) return t('outbox.reason', { reason })
  return t('outbox.wait', { time: `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`, reason })
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
