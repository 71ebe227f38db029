import { describe, expect, it } from 'vitest'
import { byCategory, change, lineTitle, pathOf, points, type Line, type Result } from './score'

const result = (members: Partial<Result>): Result => ({
  unit: { id: 'u', name: '甲' }, category: 'vertical', score: '80.00', rank: 1, rank_before: null, ranked_of: 3, band: null, why_not: '', vetoes: [], ...members,
})
const line = (members: Partial<Line>): Line => ({
  kind: 'figure', code: '', title: '', points: '0.0000', weight: null, mark: null, count: null, unit_id: null, object_kind: '', object_id: null, note: '', children: [], ...members,
})

describe('results', () => {
  it('stand by category in their order', () => {
    const rows = [result({ category: 'b' }), result({ category: 'a' }), result({ category: 'b' })]
    expect(byCategory(rows).map(([name, found]) => [name, found.length])).toEqual([['b', 2], ['a', 1]])
  })

  it('rise towards rank one', () => {
    expect(change(result({ rank: 1, rank_before: 3 })).tone).toBe('good')
    expect(change(result({ rank: 3, rank_before: 1 })).tone).toBe('late')
    expect(change(result({ rank: null, rank_before: 1 })).text).toBe('—')
  })
})

describe('explanations', () => {
  it('show points without idle noughts, with a real minus', () => {
    expect(['100.0000', '-1.5000', '0.0000', '10'].map(points)).toEqual(['100', '−1.5', '0', '10'])
  })

  it('are called by the rulebook, else by what they lead to', () => {
    expect(lineTitle(line({ title: '依法行政', object_kind: 'record' }))).toBe('依法行政')
    expect(lineTitle(line({ object_kind: 'record' }))).toBe('走访记录')
  })

  it('lead to pages that exist', () => {
    const target = { object_id: 'o', label: '', page: 'record', page_id: 'r' }
    expect(pathOf(target)).toBe('/review/r')
    expect(pathOf({ ...target, page: 'elsewhere' })).toBeNull()
    expect(pathOf(undefined)).toBeNull()
  })
})
