import { expect, it } from 'vitest'
import { marksOf, optionOf, placesOf, type Round } from './round'

const round = {
  units: [{ id: 'u1', name: '甲', category: 'vertical' }, { id: 'u2', name: '乙', category: 'party_mass' }],
  form: {
    questions: [{ code: 'a', title: '总体' }, { code: 'b', title: '效率' }],
    scale: [{ code: 'good', title: '满意' }, { code: 'bad', title: '不满意' }],
    panels: [{ groups: ['served'], units: ['u2', 'u1'] }, { groups: ['others'], units: ['u1'] }],
  },
} as unknown as Round

it('lists the places of a ballot unit by unit, only those that the group judges', () => {
  expect(placesOf(round, 'served').map((one) => one.unit + one.question)).toEqual(['u1a', 'u1b', 'u2a', 'u2b'])
  expect(placesOf(round, 'others').map((one) => one.unit + one.question)).toEqual(['u1a', 'u1b'])
})

it('sends what was marked and leaves blanks out', () => {
  expect(marksOf(placesOf(round, 'served'), ['good', '', 'bad', ''])).toEqual({ u1: { a: 'good' }, u2: { a: 'bad' } })
})

it('reads digits as options, 0 as a blank, others as nothing', () => {
  expect(['1', '2', '0', '3', 'x'].map((key) => optionOf(round.form, key))).toEqual(['good', 'bad', '', undefined, undefined])
})
