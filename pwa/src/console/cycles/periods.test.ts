import { expect, it } from 'vitest'
import { byMonth, type Period } from './periods'

function period(id: string, due_at: string): Period {
  return { id, due_at } as Period
}

it('puts periods under the month in which they are due, in the order in which they come', () => {
  const months = byMonth([period('a', '2026-12-03T10:00:00Z'), period('b', '2026-12-07T10:00:00Z'), period('c', '2027-01-06T10:00:00Z')])
  expect(months.map((one) => [one.month, one.periods.map((each) => each.id)])).toEqual([['2026-12', ['a', 'b']], ['2027-01', ['c']]])
  expect(byMonth([])).toEqual([])
})
