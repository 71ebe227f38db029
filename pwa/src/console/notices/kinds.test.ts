import { expect, it } from 'vitest'
import { askedOf, isComplete, noAnswers } from './kinds'

it('sends what the kind asks and nothing that was typed for another', () => {
  const answers = { ...noAnswers('窗口'), subject: ' 空岗 ', basis: '第八条', demands: '甲\n\n 乙 ' }
  expect(askedOf('rectification', answers)).toEqual({ view: '', report_by: null, subject: '空岗', basis: '第八条', demands: ['甲', '乙'] })
  expect(askedOf('bulletin', answers)).toEqual({ view: '', report_by: null, theme: '窗口' })
})

it('is complete once everything required is said', () => {
  expect(isComplete('reply', noAnswers(''))).toBe(false)
  expect(isComplete('reply', { ...noAnswers(''), subject: '甲', outcome: '乙' })).toBe(true)
})
