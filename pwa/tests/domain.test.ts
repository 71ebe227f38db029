import { describe, expect, it } from 'vitest'
import { formatScaled, parseScaled } from '../src/domain/answers'
import { readBundle, type Assignment, type Bundle, type Checklist } from '../src/domain/bundle'
import { answerReturned, gapsOf, newDraft } from '../src/domain/draft'
import { readEnrolmentLink } from '../src/domain/enrolment'
import { betterFix, correctPlace, distanceM, placeOf, qualityOf, toE7, type Fix } from '../src/domain/geotag'
import { dueEntries, type OutboxEntry } from '../src/domain/outbox'
import { previewScore } from '../src/domain/scoring'

const NOW = '2026-11-21T08:15:30.250Z'
const KEY = 'BdHWcjCaFjJJY6W5Onc-BMBm2eC1TAzx6UF7fgFoLWY'
const START = { campaign: 'c', checklist: 'k', site: null, unit: null, assignment: null }
const fix = (accuracy_m: number, at = NOW): Fix => ({ lat_e7: 311234567, lon_e7: 1211234567, accuracy_m, at })

describe('numbers are integers, never floats', () => {
  it.each([['12.5', 1, 125], ['0.1', 2, 10], ['１２，５', 1, 125], ['-3', 0, -3], ['7', 3, 7000], ['1.50', 1, 15]])('%s at scale %i is %i', (text, scale, value) => {
    expect(parseScaled(text, scale)).toBe(value)
    expect(parseScaled(formatScaled(value, scale), scale)).toBe(value)
  })
  it.each([['1.25', 1], ['', 0], ['abc', 0], ['1e3', 0], ['--1', 0]])('%s at scale %i is none', (text, scale) => {
    expect(parseScaled(text, scale)).toBeNull()
  })
})

describe('the enrolment link', () => {
  it('gives token and office key of this office only', () => {
    const link = `https://a.example/field#e=tok_1&k=${KEY}`
    expect(readEnrolmentLink(` ${link} `, 'https://a.example')).toEqual({ origin: 'https://a.example', token: 'tok_1', officeKey: KEY })
    expect(readEnrolmentLink(link, 'https://b.example')).toBe('other-office')
    expect(readEnrolmentLink(link.slice(0, -3), 'https://a.example')).toBe('incomplete')
    expect(readEnrolmentLink('hello', 'https://a.example')).toBe('not-a-link')
  })
})

describe('places', () => {
  it('takes the finest fix and keeps it beside a correction, also beside a second one', () => {
    const best = [fix(40), fix(12), fix(30)].reduce<Fix | null>(betterFix, null)!
    expect(best.accuracy_m).toBe(12)
    const once = correctPlace(placeOf(best), NOW, 1, 2, null)
    const twice = correctPlace(once, NOW, 3, 4, 50)
    expect(twice).toMatchObject({ lat_e7: 3, source: 'manual', accuracy_m: 50, measured: best })
    expect(correctPlace({ reason: 'denied' }, NOW, 1, 2, null).measured).toBeNull()
  })
  it('calls old and coarse fixes by their name', () => {
    const now = Date.parse(NOW)
    expect([qualityOf(fix(10), now), qualityOf(fix(500), now), qualityOf(fix(10), now + 200_000)]).toEqual(['good', 'coarse', 'stale'])
    expect(toE7(91, 90)).toBeNull()
    expect(distanceM({ lat_e7: 0, lon_e7: 0 }, { lat_e7: 0, lon_e7: 10_000_000 })).toBe(111195)
  })
})

const checklist: Checklist = {
  id: 'k', code: 'window', version: 1, title: 't',
  items: [
    { id: 'a', text: '', kind: 'yes_no', points: 10, veto: true, photo: 'on_fail' },
    { id: 'b', text: '', kind: 'grade', min: 0, max: 5, points: 8 },
    { id: 'c', text: '', kind: 'text', photo: 'always' },
    { id: 'd', text: '', kind: 'yes_no', points: 3 },
  ],
}

describe('a checklist in the field', () => {
  it('previews points, vetoes and leaves out what does not apply', () => {
    expect(previewScore(checklist, { a: 'no', b: 4, d: 'na' })).toEqual({ gained: 6.4, possible: 18, vetoes: ['a'], answered: 3, total: 4 })
  })
  it('knows what is still open', () => {
    const draft = { ...newDraft('i', START, NOW), answers: { a: 'no', b: 4 } }
    expect(gapsOf(draft, checklist)).toEqual({ unanswered: ['c', 'd'], photos: ['a', 'c'] })
  })
})

describe('a returned record', () => {
  const bundle: Bundle = { campaigns: [], assignments: [], to_witness: [], checklists: [checklist], sites: [], units: [] }
  const assignment = (id: string): Assignment => ({
    id, campaign: 'c', checklist: 'k', site: null, unit: null, from: null, to: null,
    returned: { record: 'r', record_sha256: 'f', remarks: [{ item: 'a', text: '?' }] },
  })
  it('is answered by a version of the same id that keeps what was written', () => {
    const earlier = { ...newDraft('r', { ...START, assignment: 'as' }, NOW), answers: { a: 'no' } }
    expect(answerReturned(earlier, assignment('as'), bundle, NOW)).toMatchObject({ id: 'r', supersedes: 'f', assignment: 'as', answers: { a: 'no' } })
  })
  it('can be answered from another phone and without an assignment', () => {
    expect(answerReturned(null, assignment('r'), bundle, NOW)).toMatchObject({ id: 'r', supersedes: 'f', assignment: null, answers: {} })
  })
})

describe('the order of sending', () => {
  const entry = (seq: number, record: string, change: Partial<OutboxEntry> = {}) =>
    ({ seq, record, phase: 'sealed', nextTryAt: 0, ...change }) as OutboxEntry
  it('follows the chain; what waits holds up only its own later versions', () => {
    const due = dueEntries([entry(3, 'a'), entry(2, 'b'), entry(1, 'a', { phase: 'aside' }), entry(4, 'c', { nextTryAt: 99 }), entry(0, 'b', { phase: 'delivered' })], 50)
    expect(due.map((one) => one.seq)).toEqual([2])
  })
})

describe('the bundle', () => {
  it('is taken only if it is one', () => {
    const lists = { campaigns: [], assignments: [], checklists: [checklist], sites: [], units: [] }
    expect(readBundle({ ...lists, more: 1 })).toMatchObject(lists)
    expect(readBundle({ ...lists, sites: undefined })).toBeNull()
    expect(readBundle('<html>')).toBeNull()
  })
})
