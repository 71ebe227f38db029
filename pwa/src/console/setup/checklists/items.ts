/** A checklist's items as the editor handles them: every kind keeps only the members that mean something for it. */
import type { Schema } from '../../../shared/api/client'

export type Item = Schema<'ChecklistItem'>
export const KINDS = ['yes_no', 'grade', 'number', 'text', 'choice', 'choices'] as const
export const PHOTO_RULES = ['never', 'on_fail', 'always'] as const

const SPECIAL = ['min', 'max', 'scale', 'unit', 'options'] as const
const MEANS: Record<Item['kind'], readonly (typeof SPECIAL)[number][]> = {
  yes_no: [], text: [], grade: ['min', 'max', 'scale'], number: ['min', 'max', 'scale', 'unit'], choice: ['options'], choices: ['options'],
}
const STARTS: Partial<Item> = { min: 0, max: 10, scale: 0 }

/** Whether items of this kind can fail, so points, veto and "photo on failure" mean something. */
export function canFail(kind: Item['kind']): boolean {
  return kind === 'yes_no' || kind === 'grade'
}

/** The item with another kind: what the kind needs is there, what it does not know is gone. */
export function ofKind(item: Item, kind: Item['kind']): Item {
  const kept: Item = { ...item, kind }
  for (const member of SPECIAL) if (!MEANS[kind].includes(member)) delete kept[member]
  if (kind === 'grade') Object.assign(kept, { ...STARTS, ...pick(kept, ['min', 'max', 'scale']) })
  if (kind === 'number') kept.scale ??= 0
  if (kind === 'choice' || kind === 'choices') kept.options ??= [{ value: 'a', label: '' }, { value: 'b', label: '' }]
  if (!canFail(kind)) {
    kept.points = 0
    kept.veto = false
    if (kept.photo === 'on_fail') kept.photo = 'never'
  }
  return kept
}

/** An id that no other item has. */
export function freshId(items: readonly Item[]): string {
  let number = items.length + 1
  while (items.some((item) => item.id === `item-${number}`)) number += 1
  return `item-${number}`
}

export function newItem(items: readonly Item[]): Item {
  return { id: freshId(items), text: '', kind: 'yes_no', points: 0, veto: false, photo: 'never' }
}

/** Swap an item with its neighbour; at either end nothing moves. */
export function moved(items: readonly Item[], place: number, by: -1 | 1): Item[] {
  const target = place + by
  const copy = [...items]
  const [one, other] = [copy[place], copy[target]]
  if (one === undefined || other === undefined) return copy
  copy[place] = other
  copy[target] = one
  return copy
}

export function totalPoints(items: readonly Item[]): number {
  return items.reduce((sum, item) => sum + (item.points ?? 0), 0)
}

function pick(item: Item, members: readonly ('min' | 'max' | 'scale')[]): Partial<Item> {
  return Object.fromEntries(members.filter((member) => item[member] !== undefined).map((member) => [member, item[member]]))
}
