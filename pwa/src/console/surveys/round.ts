/** Rounds of surveys as the console shows them. Pure. */
import type { Schema } from '../../shared/api/client'

export type Round = Schema<'SurveyRound'>
export type Form = Schema<'SurveyForm'>
export type Marks = Record<string, Record<string, string>>
export type UnitResult = Schema<'SurveyUnitResult'>

export const TONES = { draft: 'plain', frozen: 'near', open: 'late', closed: 'good', approved: 'good', published: 'good' } as const

/** States in which there are results. */
export const ENDED: readonly string[] = ['closed', 'approved', 'published']

/** One place of a ballot: a question about a unit. */
export interface Place {
  unit: string
  name: string
  question: string
  title: string
}

/** The places of a group's ballot in the order of the paper: unit by unit, question by question. */
export function placesOf(round: Round, group: string): Place[] {
  const judged = new Set(round.form.panels.filter((panel) => panel.groups.includes(group)).flatMap((panel) => panel.units))
  return round.units
    .filter((unit) => judged.has(unit.id))
    .flatMap((unit) => round.form.questions.map((question) => ({ unit: unit.id, name: unit.name, question: question.code, title: question.title })))
}

/** What was marked, without blanks, as the server takes it. */
export function marksOf(places: readonly Place[], chosen: readonly string[]): Marks {
  const marks: Marks = {}
  places.forEach((place, index) => {
    const option = chosen[index]
    if (option) (marks[place.unit] ??= {})[place.question] = option
  })
  return marks
}

/** The option that a digit stands for: 1 is the first; 0 is a blank; others are none. */
export function optionOf(form: Form, key: string): string | undefined {
  if (key === '0') return ''
  return /^[1-9]$/.test(key) ? form.scale[Number(key) - 1]?.code : undefined
}
