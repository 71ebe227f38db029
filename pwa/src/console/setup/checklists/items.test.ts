import { expect, it } from 'vitest'
import { KINDS, moved, newItem, ofKind } from './items'

it('keeps only the members that mean something for a kind, whatever the kind was before', () => {
  for (const from of KINDS) {
    for (const to of KINDS) {
      const item = ofKind(ofKind({ ...newItem([]), points: 8, veto: true, photo: 'on_fail' }, from), to)
      const scored = to === 'yes_no' || to === 'grade'
      expect('options' in item).toBe(to === 'choice' || to === 'choices')
      expect('min' in item).toBe(to === 'grade' || (to === 'number' && from === 'grade'))
      expect('scale' in item).toBe(to === 'grade' || to === 'number')
      expect('unit' in item).toBe(false)
      if (!scored) expect([item.points, item.veto, item.photo]).toEqual([0, false, 'never'])
    }
  }
})

it('gives every new item an id of its own and moves items without losing one', () => {
  const items = [newItem([])]
  items.push(newItem(items), newItem([...items, { ...newItem([]), id: 'item-3' }]))
  expect(new Set(items.map((item) => item.id)).size).toBe(3)
  expect(moved(items, 0, -1)).toEqual(items)
  expect(moved(items, 0, 1).map((item) => item.id)).toEqual([items[1]!.id, items[0]!.id, items[2]!.id])
})
