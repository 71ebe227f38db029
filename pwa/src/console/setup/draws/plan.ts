/** The form of a draw, and the plan that is sent of it. */
import type { Schema } from '../../../shared/api/client'

export type Plan = Schema<'DrawPlan'>
export type Over = NonNullable<Plan['over']>

export interface StratumDraft {
  /** Keeps the row while its fields change. */
  key: number
  title: string
  kinds: string[]
  unit_id: string | null
  checklist_version_id: string
  take: number
}

export interface Adjustment {
  weight: number
  /** Empty: the object is in the pool. */
  excluded: string
}

export interface PlanDraft {
  campaign_id: string
  from_day: string
  to_day: string
  over: Over
  entropy_source: string
  per_object: number
  rest_days: number
  inspectors_rest_days: number
  reason: string
  strata: StratumDraft[]
  adjustments: Map<string, Adjustment>
}

export function emptyStratum(key: number): StratumDraft {
  return { key, title: '', kinds: [], unit_id: null, checklist_version_id: '', take: 1 }
}

/** Whether enough is filled in for the server to look at the pools. */
export function isComplete(draft: PlanDraft, replaces: string | null): boolean {
  const named = draft.strata.every((one) => one.title.trim() !== '' && one.checklist_version_id !== '')
  const reasoned = replaces === null || draft.reason.trim() !== ''
  return Boolean(draft.campaign_id && draft.from_day && draft.to_day && draft.entropy_source.trim() && draft.strata.length && named && reasoned)
}

/** The plan; strata get their codes by place, weights of 1 are left out. */
export function planOf(draft: PlanDraft, replaces: string | null): Plan {
  const { adjustments, strata, ...members } = draft
  const adjusted = [...adjustments]
  return {
    ...members,
    replaces,
    strata: strata.map(({ title, kinds, unit_id, checklist_version_id, take }, place) => ({ code: `s${place + 1}`, title: title.trim(), kinds, unit_id, checklist_version_id, take })),
    weights: adjusted.filter(([, one]) => one.excluded === '' && one.weight !== 1).map(([object_id, one]) => ({ object_id, weight: one.weight })),
    excluded: adjusted.filter(([, one]) => one.excluded !== '').map(([object_id, one]) => ({ object_id, reason: one.excluded })),
  }
}
