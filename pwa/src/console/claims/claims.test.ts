import { describe, expect, it } from 'vitest'
import { answersOf, claimed, draftsOf, points } from './claims'

const ITEMS = [{ id: 'a', text: '甲' }, { id: 'b', text: '乙' }, { id: 'c', text: '丙' }]

describe('a self-report as a form', () => {
  it('gives back what was said', () => {
    const said = [{ item: 'a', percent: 0 }, { item: 'b', good: 3, checked: 4, remark: '自查' }, { item: 'c', not_applicable: true }]
    expect(answersOf(draftsOf(ITEMS, said))).toEqual(said)
  })

  it('leaves out what was not filled in, and what another way of reporting had said', () => {
    const [first, second] = draftsOf(ITEMS, [{ item: 'a', percent: 90 }])
    if (first === undefined || second === undefined) throw new Error('two items')
    first.way = 'counted'
    first.good = 9
    expect(answersOf([first, second])).toEqual([])
    first.checked = 10
    expect(answersOf([first, second])).toEqual([{ item: 'a', good: 9, checked: 10 }])
  })

  it('shows shares and signed points', () => {
    expect(claimed({ item: 'a', good: 3, checked: 4 })).toBe('75% (3/4)')
    expect(claimed({ item: 'a', percent: 0 })).toBe('0%')
    expect([points(0.123), points(-0.5), points(0)]).toEqual(['+12', '-50', '0'])
  })
})
