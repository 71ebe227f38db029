/** What each kind of document asks of its drafter; the server refuses what is missing. */
import type { Schema } from '../../shared/api/client'

export type Kind = Schema<'NewNotice'>['kind'] & string
export type Asked = Schema<'NewNotice'>

export const KINDS: readonly Kind[] = ['exposure', 'rectification', 'supervision', 'bulletin', 'reply']

export interface Question {
  name: 'theme' | 'coverage' | 'view' | 'subject' | 'basis' | 'demands' | 'matter' | 'history' | 'supporting' | 'achievements' | 'outcome' | 'raised_on' | 'report_by'
  /** `lines`: one a line. */
  type: 'line' | 'text' | 'lines' | 'day'
  required?: boolean
}

export const QUESTIONS: Record<Kind, readonly Question[]> = {
  exposure: [
    { name: 'theme', type: 'line', required: true },
    { name: 'coverage', type: 'line', required: true },
    { name: 'view', type: 'text' },
    { name: 'report_by', type: 'day' },
  ],
  rectification: [
    { name: 'subject', type: 'line', required: true },
    { name: 'basis', type: 'line', required: true },
    { name: 'demands', type: 'lines', required: true },
    { name: 'report_by', type: 'day' },
  ],
  supervision: [
    { name: 'subject', type: 'line', required: true },
    { name: 'matter', type: 'text', required: true },
    { name: 'history', type: 'text' },
    { name: 'supporting', type: 'lines' },
    { name: 'report_by', type: 'day' },
  ],
  bulletin: [
    { name: 'theme', type: 'line', required: true },
    { name: 'view', type: 'text' },
    { name: 'achievements', type: 'lines' },
  ],
  reply: [
    { name: 'subject', type: 'line', required: true },
    { name: 'raised_on', type: 'day' },
    { name: 'outcome', type: 'text', required: true },
  ],
}

export type Answers = Record<Question['name'], string>

export function noAnswers(theme: string): Answers {
  return { theme, coverage: '', view: '', subject: '', basis: '', demands: '', matter: '', history: '', supporting: '', achievements: '', outcome: '', raised_on: '', report_by: '' }
}

type Members = Omit<Partial<Asked>, 'report_by' | 'view'> & Pick<Asked, 'report_by' | 'view'>

/** The request's members for what a kind asks; what was left empty is left out. */
export function askedOf(kind: Kind, answers: Answers): Members {
  const said = QUESTIONS[kind].flatMap(({ name, type }): [string, unknown][] => {
    const value = answers[name].trim()
    if (value === '') return []
    return [[name, type === 'lines' ? value.split('\n').map((line) => line.trim()).filter(Boolean) : value]]
  })
  return { view: '', report_by: null, ...Object.fromEntries(said) }
}

export function isComplete(kind: Kind, answers: Answers): boolean {
  return QUESTIONS[kind].every(({ name, required }) => !required || answers[name].trim() !== '')
}
