import { describe, expect, it } from 'vitest'
import { fromBulletin } from './start'

describe('a document drafted from a compiled bulletin', () => {
  it('starts as a bulletin whose achievements stand one a line', () => {
    const line = (title: string) => ({ id: title, number: '2026-0001', unit: '示范局', title })
    const bulletin = { id: '1', title: '简报', from_day: '2026-11-01', to_day: '2026-11-30', problems: [line('甲')], achievements: [line('乙'), line('丙')], problems_percent: 33, at: '2026-11-30T00:00:00Z' }
    const start = fromBulletin(bulletin)
    expect(start.kind).toBe('bulletin')
    expect(start.answers.achievements?.split('\n')).toHaveLength(2)
    expect(start.answers.achievements).toContain('丙')
    expect(start.answers.achievements).not.toContain('甲')
  })
})
