/** A deadline in words; the colour repeats them, so who sees no colour loses nothing. */
import type { Schema } from '../../shared/api/client'
import { t } from '../i18n'

export type Tone = 'plain' | 'good' | 'near' | 'late' | 'bad'

export const TONES: Record<string, Tone> = { none: 'plain', blue: 'near', yellow: 'late', red: 'bad' }

/** `deadline` is null once the unit's time no longer runs: it has reported, or the case is closed. */
export function deadlineText(deadline: Schema<'Deadline'> | null, closed = false): { text: string; tone: Tone } {
  if (deadline === null) return { text: t(closed ? 'deadline.closed' : 'deadline.stopped'), tone: 'good' }
  const n = Math.abs(deadline.working_days_left)
  const key = deadline.code === 'deadline-overdue' && n === 0 ? 'deadline.overdueToday' : `deadline.${deadline.code}`
  return { text: t(key, { n }), tone: TONES[deadline.colour] ?? 'plain' }
}
