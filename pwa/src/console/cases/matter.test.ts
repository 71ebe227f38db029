import { describe, expect, it } from 'vitest'
import { CLASSES, listedOf, newMatter, toldMatter, wordsIn } from './matter'

describe('what is told of a matter', () => {
  it('leaves out the texts that nobody filled in', () => {
    const told = toldMatter({ ...newMatter(), fields: { remedy: ' 加开窗口 ', lesson: '  ' } })
    expect(told.fields).toEqual({ remedy: '加开窗口' })
  })
})

describe('what a rulebook lists', () => {
  it('is all that is offered, beside what a case is already', () => {
    const { classes, levels, sources } = wordsIn({ classes: [{ class: 'by_date', title: '限期整改' }], breakdown: [{ level: 'unit' }] })
    expect([classes, levels, sources]).toEqual([[{ code: 'by_date', title: '限期整改' }], ['unit'], []])
    const listed = classes.map((one) => one.code)
    expect(listedOf(CLASSES, listed)).toEqual(['by_date'])
    expect(listedOf(CLASSES, listed, 'at_once')).toEqual(['at_once', 'by_date'])
  })

  it('leaves all free where it lists none', () => {
    expect(listedOf(CLASSES, wordsIn({}).classes.map((one) => one.code))).toEqual(CLASSES)
  })
})
