import { expect, it } from 'vitest'
import { chineseNumeral, headingNumbers } from './headings'

it('numbers headings as official documents do and restarts what is beneath', () => {
  const levels = [0, 1, 2, 3, 3, 2, 3, 1, 2, 4, 0].map((level) => ({ level }))
  expect(headingNumbers(levels)).toEqual(['', '一、', '（一）', '1.', '2.', '（二）', '1.', '二、', '（一）', '（1）', ''])
})

it('writes Chinese figures', () => {
  expect([1, 10, 11, 20, 35, 99].map(chineseNumeral)).toEqual(['一', '十', '十一', '二十', '三十五', '九十九'])
})
