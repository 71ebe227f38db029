import { expect, it } from 'vitest'
import { changedFacts, comparedItems, earlierThan } from './compare'
import type { RecordView } from './content'

const ITEMS = [{ id: 'at-post', text: '在岗', kind: 'yes_no' }, { id: 'clean', text: '整洁', kind: 'yes_no' }]
const picture = (sha256: string, item: string) => ({ sha256, items: [item] })

function view(parts: Record<string, unknown>): RecordView {
  return { checklist: { items: ITEMS }, answers: [], remarks: [], media: [], versions: [], outcome: 'done', score: null, ...parts } as unknown as RecordView
}

it('tells per item what changed in answer, words and pictures', () => {
  const before = view({ answers: [{ item: 'at-post', value: 'no' }, { item: 'clean', value: 'yes' }], media: [picture('a', 'at-post')] })
  const after = view({ answers: [{ item: 'at-post', value: 'no' }, { item: 'clean', value: 'yes' }], media: [picture('b', 'at-post')] })
  const [post, clean] = comparedItems(before, after)
  expect([post!.changed, clean!.changed]).toEqual([true, false])
  expect([[...post!.gone], [...post!.added]]).toEqual([['a'], ['b']])
})

it('shows an answer to an item that only the earlier version had', () => {
  const before = view({ answers: [{ item: 'odd', value: 'x' }] })
  const odd = comparedItems(before, view({})).find((one) => one.item.id === 'odd')
  expect([odd!.before.answer, odd!.changed]).toEqual(['x', true])
})

it('names facts that differ and is silent about the rest', () => {
  const facts = changedFacts(view({ score: { points: 90, out_of: 100 } }), view({ score: { points: 80, out_of: 100 } }))
  expect(facts).toEqual([{ label: 'compare.score', before: '90/100', after: '80/100' }])
})

it('finds the version right before the one that is shown', () => {
  const versions = [{ record_sha256: 'one', number: 1 }, { record_sha256: 'two', number: 2 }]
  expect(earlierThan(view({ versions, record_sha256: 'two' }))).toBe('one')
  expect(earlierThan(view({ versions, record_sha256: 'one' }))).toBeUndefined()
})

it('compares pictures that belong to no item', () => {
  const loose = (sha256: string) => ({ sha256, items: [] })
  const rows = comparedItems(view({ media: [loose('a')] }), view({ media: [loose('a'), loose('b')] }))
  expect(rows.map((one) => [one.item.id, [...one.added]])).toContainEqual(['', ['b']])
  expect(rows.at(-1)!.before.answer).toBe('')
})
