/** A case from opening to closing as one list, oldest first: what the trail says and what was said. */
import type { Schema } from '../../shared/api/client'
import { word } from '../i18n'

export interface Step {
  at: string
  what: string
  by: string | null
  text: string | null
  late: boolean
}

/** A unit gets no trail: there the statements alone make the list. */
export function stepsOf(found: Schema<'Case'>): Step[] {
  if (found.timeline === undefined) {
    return found.statements.map((one) => ({ at: one.at, what: word('statement', one.kind), by: one.by ?? null, text: one.text, late: one.late }))
  }
  return found.timeline.map((one) => ({
    at: one.at,
    what: word('action', one.action),
    by: one.by,
    text: one.text,
    late: found.statements.some((statement) => statement.text === one.text && statement.late),
  }))
}
