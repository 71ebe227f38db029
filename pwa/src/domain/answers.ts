/** Answers to checklist items and the numbers in them (PROTOCOL §4 `answers`). */

import type { ChecklistItem } from './bundle'

/** `yes` means: the requirement is met. Numbers and grades are integers ×10^scale. */
export type AnswerValue = string | number | string[]

export interface Answer {
  item: string
  value: AnswerValue
}

/**
 * Read what a person typed as an integer ×10^scale, without going through a float.
 * Full-width digits and the comma as decimal mark are taken as meant.
 * Returns null for what is no number or has more decimals than the scale allows.
 */
export function parseScaled(text: string, scale: number): number | null {
  const plain = text.trim().normalize('NFKC').replace(',', '.')
  const match = /^(-?)(\d{1,12})(?:\.(\d*))?$/.exec(plain)
  if (!match) return null
  const decimals = (match[3] ?? '').replace(/0+$/, '')
  if (decimals.length > scale) return null
  const digits = Number(match[2]! + decimals.padEnd(scale, '0'))
  if (!Number.isSafeInteger(digits)) return null
  return match[1] === '-' ? 0 - digits : digits
}

/** Write an integer ×10^scale as a decimal, the reverse of {@link parseScaled}. */
export function formatScaled(value: number, scale: number): string {
  if (scale === 0) return String(value)
  const digits = String(Math.abs(value)).padStart(scale + 1, '0')
  const sign = value < 0 ? '-' : ''
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

/** Whether a number lies outside the item's min and max (both ×10^scale, like the answer). */
export function outOfRange(item: ChecklistItem, value: number): boolean {
  return (item.min !== undefined && item.min !== null && value < item.min)
    || (item.max !== undefined && item.max !== null && value > item.max)
}

/** Whether an answer says that the requirement is not met: `no`, or the lowest grade. */
export function isFailure(item: ChecklistItem, value: AnswerValue | undefined): boolean {
  if (item.kind === 'yes_no') return value === 'no'
  if (item.kind === 'grade') return typeof value === 'number' && value <= (item.min ?? 0)
  return false
}

/** Whether there is an answer at all: an empty text or an empty list is none. */
export function isAnswered(value: AnswerValue | undefined): value is AnswerValue {
  if (value === undefined) return false
  return typeof value === 'number' || value.length > 0
}
