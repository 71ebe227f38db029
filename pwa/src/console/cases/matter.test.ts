import { describe, expect, it } from 'vitest'
import { newMatter, toldMatter } from './matter'

describe('what is told of a matter', () => {
  it('leaves out the texts that nobody filled in', () => {
    const told = toldMatter({ ...newMatter(), fields: { remedy: ' 加开窗口 ', lesson: '  ' } })
    expect(told.fields).toEqual({ remedy: '加开窗口' })
  })
})
