import { describe, expect, it } from 'vitest'
import { useNewest } from './action'

describe('a reading', () => {
  it('is the newest until another is begun, whichever answers first', () => {
    const begin = useNewest()
    const first = begin()
    expect(first()).toBe(true)
    const second = begin()
    expect([first(), second()]).toEqual([false, true])
  })
})
