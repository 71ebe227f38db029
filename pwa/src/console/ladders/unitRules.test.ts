import { describe, expect, it } from 'vitest'
import type { Schema } from '../../shared/api/client'
import { stepsFrom } from './unitRules'

const step = (code: string, position: number) => ({ code, title: code, position, kind: '', working_days: null, when: [] })
const rules = {
  ladders: [
    { code: 'visits', title: '', categories: [], steps: [step('remind', 1), step('rectify', 2), step('expose', 3)] },
    { code: 'refusal', title: '', categories: [], steps: [step('circulate', 1)] },
  ],
  accountability: [{ code: 'empty-post', title: '', ladder: 'visits', step: 'rectify', own: false }],
} as unknown as Schema<'LadderRules'>

describe('to which steps a unit’s own rule may lead', () => {
  it('never weakens the rule of the campaign that it refines', () => {
    expect(stepsFrom(rules, 'empty-post')).toEqual(['visits/rectify', 'visits/expose'])
  })

  it('leaves every step open to a rule of the unit’s own', () => {
    expect(stepsFrom(rules, '')).toEqual(['visits/remind', 'visits/rectify', 'visits/expose', 'refusal/circulate'])
  })
})
