/** What the pages of self-reports share: tones, figures as people read them, answers as a form. */
import type { Schema } from '../../shared/api/client'

export type Answer = Schema<'ClaimAnswer'>
export type Cell = Schema<'ClaimCell'>
export type Way = 'percent' | 'counted' | 'none'

/** An item's answer while it is being typed. */
export interface Draft {
  item: string
  text: string
  way: Way
  percent: number | undefined
  good: number | undefined
  checked: number | undefined
  remark: string
}

export const FLAG_TONES: Record<string, 'plain' | 'good' | 'late' | 'bad'> = { no_claim: 'plain', too_few: 'plain', agrees: 'good', mismatch: 'late', concealment: 'bad' }
export const STATE_TONES: Record<string, 'plain' | 'good' | 'late' | 'bad'> = { open: 'plain', drafted: 'late', signed: 'good', changed: 'late', missed: 'bad' }

/** A share (0…1) in per cent, without decimals. */
export function percent(share: number): string {
  return `${Math.round(share * 100)}%`
}

/** A difference of shares in percentage points, signed. */
export function points(value: number): string {
  const rounded = Math.round(value * 100)
  return rounded > 0 ? `+${rounded}` : String(rounded)
}

/** What an answer claims, in one word. */
export function claimed(answer: Answer): string {
  if (answer.not_applicable) return '—'
  if (typeof answer.good === 'number' && typeof answer.checked === 'number') return `${percent(answer.good / answer.checked)} (${answer.good}/${answer.checked})`
  return `${answer.percent ?? ''}%`
}

/** The form of every item that is asked for, filled with what was said before. */
export function draftsOf(items: readonly { id: string; text: string }[], said: readonly Answer[]): Draft[] {
  const given = new Map(said.map((one) => [one.item, one]))
  return items.map(({ id, text }) => draftOf(id, text, given.get(id)))
}

function draftOf(item: string, text: string, said: Answer | undefined): Draft {
  const way: Way = said?.not_applicable ? 'none' : typeof said?.checked === 'number' ? 'counted' : 'percent'
  return { item, text, way, percent: said?.percent ?? undefined, good: said?.good ?? undefined, checked: said?.checked ?? undefined, remark: said?.remark ?? '' }
}

/** The answers to file; items without one are left out. */
export function answersOf(drafts: readonly Draft[]): Answer[] {
  return drafts.filter(isFilled).map((one) => ({ item: one.item, ...saidBy(one), ...(one.remark.trim() ? { remark: one.remark.trim() } : {}) }))
}

export function isFilled(one: Draft): boolean {
  if (one.way === 'none') return true
  return one.way === 'percent' ? one.percent !== undefined : one.good !== undefined && one.checked !== undefined
}

function saidBy(one: Draft): Partial<Answer> {
  if (one.way === 'none') return { not_applicable: true }
  return one.way === 'percent' ? { percent: one.percent } : { good: one.good, checked: one.checked }
}
