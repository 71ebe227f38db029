/** A run's results and explanations as pages show them. */
import type { Schema } from '../../shared/api/client'
import { t, word } from '../i18n'

export type Run = Schema<'ScoreRun'>
export type WholeRun = Schema<'WholeScoreRun'>
export type Result = Schema<'ScoreResult'>
export type Line = Schema<'ScoreNode'>
export type Target = Schema<'ScoreTarget'>

type Tone = 'plain' | 'good' | 'near' | 'late' | 'bad'

const PAGES: Record<string, (id: string) => string> = {
  record: (id) => `/review/${id}`,
  case: (id) => `/cases/${id}`,
  complaint: (id) => `/complaints/${id}`,
  survey_round: (id) => `/surveys/${id}`,
  ballot_box: (id) => `/ballots/${id}`,
  claim_sheet: (id) => `/claims/${id}`,
}

/** Where a line of an explanation leads; null where the console has no page for it. */
export function pathOf(target: Target | undefined): string | null {
  return target === undefined ? null : (PAGES[target.page]?.(target.page_id) ?? null)
}

/** Results by category, in the order in which they came. */
export function byCategory(results: readonly Result[]): [string, Result[]][] {
  const found = new Map<string, Result[]>()
  for (const one of results) found.set(one.category, [...(found.get(one.category) ?? []), one])
  return [...found]
}

/** How a rank changed since the last published run: fewer is better. */
export function change(one: Result): { text: string; tone: Tone } {
  if (one.rank === null) return { text: '—', tone: 'plain' }
  if (one.rank_before === null) return { text: t('scores.new'), tone: 'plain' }
  const moved = one.rank_before - one.rank
  if (moved === 0) return { text: t('scores.same'), tone: 'plain' }
  return moved > 0 ? { text: t('scores.up', { n: moved }), tone: 'good' } : { text: t('scores.down', { n: -moved }), tone: 'late' }
}

/** Why a unit has no rank: a code's word, or the rulebook's own words. */
export function whyNot(one: Result): string {
  return word('scoreWhyNot', one.why_not)
}

export function stateTone(state: Run['state']): Tone {
  return ({ draft: 'plain', rejected: 'bad', signed: 'near', published: 'good' } as const)[state as 'draft']
}

/** Points with their sign, without the noughts at the end. */
export function points(text: string): string {
  const short = text.includes('.') ? text.replace(/\.?0+$/, '') : text
  return short.startsWith('-') ? `−${short.slice(1)}` : short
}

/** What a line is called: the rulebook's title, else the word for its kind or for what it leads to. */
export function lineTitle(line: Line): string {
  if (line.title) return line.title
  if (line.object_kind) return word('scoreObject', line.object_kind)
  return word('scoreLine', line.kind)
}

/** What is to be said beside a line. */
export function lineNotes(line: Line): string[] {
  const notes: string[] = []
  if (line.weight !== null) notes.push(t('scoreNote.weight', { n: points(line.weight) }))
  if (line.mark !== null) notes.push(t('scoreNote.mark', { n: points(line.mark) }))
  if (line.count !== null) notes.push(t(COUNTS_THINGS.has(line.kind) ? 'scoreNote.things' : 'scoreNote.judged', { n: line.count }))
  if (line.note) notes.push(word('scoreNote', line.note))
  return notes
}

const COUNTS_THINGS = new Set(['deduction', 'veto'])
