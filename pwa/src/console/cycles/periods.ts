/** Periods as a calendar: by the month in which they are due, with the tone of their state. */
import type { Schema } from '../../shared/api/client'
import { day } from '../kit/format'

export type Period = Schema<'Period'>

export interface Month {
  /** `2026-12`. */
  month: string
  periods: Period[]
}

export const STATE_TONES = { open: 'plain', fulfilled: 'good', missed: 'bad', late: 'late', void: 'plain' } as const

/** Group periods, which come in the order of their ends, by the month of their end. */
export function byMonth(periods: readonly Period[]): Month[] {
  const found: Month[] = []
  for (const one of periods) {
    const month = day(one.due_at).slice(0, 7)
    const last = found.at(-1)
    if (last?.month === month) last.periods.push(one)
    else found.push({ month, periods: [one] })
  }
  return found
}
