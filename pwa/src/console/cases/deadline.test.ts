import { beforeEach, describe, expect, it } from 'vitest'
import { i18n } from '../i18n'
import { deadlineText } from './deadline'

const of = (colour: 'none' | 'blue' | 'yellow' | 'red', code: string, working_days_left: number) => ({ colour, code, working_days_left, provisional: false })

describe('a deadline in words', () => {
  beforeEach(() => { i18n.global.locale.value = 'zh-CN' })

  it('says in text what the colour says', () => {
    expect(deadlineText(of('none', 'deadline-far', 8))).toEqual({ text: '余 8 个工作日', tone: 'plain' })
    expect(deadlineText(of('blue', 'deadline-near', 2))).toEqual({ text: '临近：余 2 个工作日', tone: 'near' })
    expect(deadlineText(of('yellow', 'deadline-last-day', 0))).toEqual({ text: '今天到期', tone: 'late' })
    expect(deadlineText(of('red', 'deadline-overdue', -3))).toEqual({ text: '逾期 3 个工作日', tone: 'bad' })
  })

  it('does not call a deadline of this morning overdue by nought days', () => {
    expect(deadlineText(of('red', 'deadline-overdue', 0)).text).toBe('今天已逾期')
  })

  it('does not call a case closed whose unit has only reported', () => {
    expect(deadlineText(null).text).not.toBe(deadlineText(null, true).text)
    expect(deadlineText(null, true).text).toBe('已办结')
  })

  it('speaks English', () => {
    i18n.global.locale.value = 'en'
    expect(deadlineText(of('red', 'deadline-overdue', -3)).text).toBe('3 working days overdue')
    expect(deadlineText(of('red', 'deadline-overdue', -1)).text).toBe('1 working day overdue')
    expect(deadlineText(of('none', 'deadline-far', 0)).text).toBe('0 working days left')
  })
})
