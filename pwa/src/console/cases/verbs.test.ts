import { describe, expect, it } from 'vitest'
import type { Schema } from '../../shared/api/client'
import { complete, offered, VERBS } from './verbs'

const found = (changes: Partial<Schema<'Case'>>): Schema<'Case'> => ({ state: 'open', requests: [], findings: [], revisits: [], ...changes }) as unknown as Schema<'Case'>
const all = (): boolean => true
const names = (one: Schema<'Case'>, desk = false): string[] => offered(one, all, desk).map((verb) => verb.name)
const form = { reason: '', days: undefined, unit: null, units: [], other: '', title: '', findings: [] }

describe('verbs of a case', () => {
  it('are none once it has ended', () => {
    for (const state of ['closed', 'merged', 'referred'] as const) expect(names(found({ state }))).toEqual([])
  })

  it('let a unit send back and the office pause, not the other way', () => {
    expect(names(found({}), true)).toContain('bounce')
    expect(names(found({}), true)).not.toContain('pause')
    expect(names(found({}))).not.toContain('bounce')
  })

  it('ask for the same thing once at a time', () => {
    const requests = [{ kind: 'extension', state: 'open' }] as unknown as Schema<'Case'>['requests']
    expect(names(found({ requests }))).not.toContain('extension')
  })

  it('offer a re-visit after the report, a resumption after a pause', () => {
    expect(names(found({ state: 'rectified' }))).toContain('revisit')
    expect(names(found({ state: 'paused' }))).toContain('resume')
    expect(names(found({ state: 'paused' }))).not.toContain('extension')
  })

  it('are complete when everything asked for is there', () => {
    const transfer = VERBS.find((one) => one.name === 'transfer')!
    expect(complete(transfer, { ...form, reason: '职责' })).toBe(false)
    expect(complete(transfer, { ...form, reason: '职责', unit: '1' })).toBe(true)
  })
})
