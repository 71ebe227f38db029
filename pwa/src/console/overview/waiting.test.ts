import { describe, expect, it } from 'vitest'
import { badge, ordered } from './waiting'

const line = (key: string, count: number, more = false) => ({ key, count, more })

describe('what waits', () => {
  it('stands in the order of work, urgency and place with it', () => {
    const found = ordered([line('phones', 1), line('of a later version', 2), line('approvals', 3)])
    expect(found.map((one) => [one.key, one.urgent, one.to.path])).toEqual([['approvals', true, '/notices'], ['phones', false, '/setup/inspectors']])
  })
})

describe('badge', () => {
  it('adds up what waits behind one entry', () => {
    const found = ordered([line('overdue', 4), line('findings', 3), line('records', 2)])
    expect(badge(found, '/cases')).toBe('7')
    expect(badge(found, '/notices')).toBe('')
  })
  it('counts no further than ninety-nine', () => {
    expect(badge(ordered([line('records', 100, true)]), '/review')).toBe('99+')
    expect(badge(ordered([line('overdue', 60), line('findings', 40)]), '/cases')).toBe('99+')
  })
})
