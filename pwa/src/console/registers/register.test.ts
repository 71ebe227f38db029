import { expect, it } from 'vitest'
import { quotaText, shareTone, shown, type Column, type Register, type Row } from './register'

const row = { values: { site: 'id-1', days: 4, all: false, empty: null }, names: { 'id-1': '一层窗口' } } as unknown as Row
const column = (code: string, type: string, unit = ''): Column => ({ code, type, unit }) as Column

it('shows names instead of ids, words instead of yes and no, figures with their unit', () => {
  expect(shown(column('site', 'site'), row)).toBe('一层窗口')
  expect(shown(column('days', 'days', '天'), row)).toBe('4 天')
  expect(shown(column('all', 'yes_no'), row)).toBe('否')
  expect(shown(column('empty', 'text'), row)).toBe('—')
  expect(shown(column('missing', 'text'), row)).toBe('—')
})

it('says a quota as it is asked for', () => {
  const none = { title: '', found: 0, met: false, exactly: null, at_least: null, at_most: null }
  expect(quotaText({ ...none, exactly: 86 })).toBe('应为 86')
  expect(quotaText({ ...none, at_least: 3, at_most: 5 })).toBe('不少于 3 不多于 5')
})

it('marks only a share that is asked for', () => {
  expect([null, true, false].map((reached) => shareTone({ reached } as Register))).toEqual(['plain', 'good', 'late'])
})
