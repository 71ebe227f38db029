import { expect, it } from 'vitest'
import { lineOf, meanText, sums, type Box, type Line, type Tally } from './box'

const group = (issued: number, used: number, unused: number, spoilt: number) => ({ code: 'g', title: 'g', issued, used, unused, spoilt })
const line = (mean: number | null): Line => ({ unit: 'u', group: 'g', criterion: 'c', count: 5, grades: {}, mean })

it('adds up the slips of all groups', () => {
  const box = { groups: [group(6, 4, 1, 1), group(3, 0, 3, 0)] } as unknown as Box
  expect(sums(box)).toEqual({ issued: 9, used: 4, unused: 4, spoilt: 1 })
})

it('shows a mean with one decimal, and a dash where it is withheld', () => {
  expect([meanText(line(87.25)), meanText(line(0)), meanText(line(null)), meanText(undefined)]).toEqual(['87.3', '0.0', '—', '—'])
})

it('finds a line by group, unit and criterion', () => {
  const tally = { lines: [line(1), { ...line(2), criterion: 'd' }] } as unknown as Tally
  expect([lineOf(tally, 'g', 'u', 'd')?.mean, lineOf(tally, 'h', 'u', 'd')]).toEqual([2, undefined])
})
