/** A preview of the score on the phone. The office computes the score that counts. */

import { isAnswered, isFailure, type AnswerValue } from './answers'
import type { Checklist, ChecklistItem } from './bundle'

export interface ScorePreview {
  /** Points gained and points that could be gained by the items answered so far. */
  gained: number
  possible: number
  /** Veto items that were failed: one is enough to fail the visit. */
  vetoes: string[]
  answered: number
  total: number
}

/**
 * Score the answers given so far: `yes` gains the item's points, `no` none, `na` leaves
 * the item out; a grade gains its share between min and max. Others carry no points.
 */
export function previewScore(checklist: Checklist, answers: Readonly<Record<string, AnswerValue>>): ScorePreview {
  const preview: ScorePreview = { gained: 0, possible: 0, vetoes: [], answered: 0, total: checklist.items.length }
  for (const item of checklist.items) {
    const value = answers[item.id]
    if (!isAnswered(value)) continue
    preview.answered += 1
    if (item.veto && isFailure(item, value)) preview.vetoes.push(item.id)
    const share = shareOf(item, value)
    if (share === null) continue
    preview.possible += item.points ?? 0
    preview.gained += (item.points ?? 0) * share
  }
  preview.gained = Math.round(preview.gained * 10) / 10
  return preview
}

function shareOf(item: ChecklistItem, value: AnswerValue): number | null {
  if (item.kind === 'yes_no') return value === 'yes' ? 1 : value === 'no' ? 0 : null
  if (item.kind !== 'grade' || typeof value !== 'number') return null
  const min = item.min ?? 0
  const max = item.max ?? 5
  return max > min ? Math.min(1, Math.max(0, (value - min) / (max - min))) : null
}
