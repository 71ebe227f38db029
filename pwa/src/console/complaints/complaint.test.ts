import { expect, it } from 'vitest'
import { author, complete, VERBS, verbsFor, type Complaint, type VerbForm } from './complaint'

const one = (members: Partial<Complaint>): Complaint => ({ state: 'received', text_for_unit: '', case_id: null, ...members }) as Complaint
const names = (members: Partial<Complaint>): string[] => verbsFor(one(members)).map((verb) => verb.name)
const form: VerbForm = { text: '', unit: null, title: '', verdict: 'verified', others: [] }

it('offers what the state allows, and no unit before its version is written', () => {
  expect(names({})).toEqual(['accept', 'decline', 'merge'])
  expect(names({ state: 'accepted' })).toEqual(['verdict', 'merge', 'reply'])
  expect(names({ state: 'accepted', text_for_unit: '反映窗口无人' })).toEqual(['transfer', 'verdict', 'merge', 'case', 'reply'])
  expect(names({ state: 'transferred', text_for_unit: 'x' })).not.toContain('reply')
  expect(names({ state: 'replied' })).toEqual(['reopen'])
  expect(names({ state: 'merged' })).toEqual([])
})

it('sends nothing half filled in', () => {
  const verb = (name: string) => VERBS.find((each) => each.name === name)!
  expect(complete(verb('decline'), { ...form, text: '  ' })).toBe(false)
  expect(complete(verb('decline'), { ...form, text: '属诉讼事项' })).toBe(true)
  expect(complete(verb('transfer'), form)).toBe(false)
  expect(complete(verb('transfer'), { ...form, unit: 'u' })).toBe(true)
  expect(complete(verb('merge'), { ...form, text: '同一件' })).toBe(false)
  expect(complete(verb('merge'), { ...form, text: '同一件', others: ['o'] })).toBe(true)
})

it('names the complainant by a word alone, a unit by its name', () => {
  const entry = { kind: 'words', by: null, unit: '中心', text: '', at: '', number: '' }
  expect(author(entry, '反映人')).toBe('反映人')
  expect(author({ ...entry, kind: 'answered' }, '反映人')).toBe('中心')
  expect(author({ ...entry, kind: 'chased', by: '账号1' }, '反映人')).toBe('账号1')
})
