import { describe, expect, it } from 'vitest'
import { emptyStratum, isComplete, planOf, type PlanDraft } from './plan'

function draft(): PlanDraft {
  return {
    campaign_id: 'c', from_day: '2026-11-24', to_day: '2026-11-28', over: 'sites', entropy_source: '收盘指数', per_object: 2, rest_days: 30,
    inspectors_rest_days: 90, reason: '', strata: [{ ...emptyStratum(7), title: ' 窗口 ', checklist_version_id: 'v', take: 3 }],
    adjustments: new Map([['a', { weight: 1, excluded: '' }], ['b', { weight: 5, excluded: '' }], ['c', { weight: 9, excluded: '停业' }]]),
  }
}

describe('a draw is sent as it was filled in', () => {
  it('leaves out what says nothing, and an excluded object has no weight', () => {
    const plan = planOf(draft(), null)
    expect(plan.weights).toEqual([{ object_id: 'b', weight: 5 }])
    expect(plan.excluded).toEqual([{ object_id: 'c', reason: '停业' }])
    expect(plan.strata).toEqual([{ code: 's1', title: '窗口', kinds: [], unit_id: null, checklist_version_id: 'v', take: 3 }])
  })

  it('is complete only with its reason where it replaces another', () => {
    expect(isComplete(draft(), null)).toBe(true)
    expect(isComplete(draft(), 'earlier')).toBe(false)
    expect(isComplete({ ...draft(), reason: '两处停业' }, 'earlier')).toBe(true)
    expect(isComplete({ ...draft(), strata: [emptyStratum(1)] }, null)).toBe(false)
  })
})
