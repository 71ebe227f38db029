/** A case from the shutter to its closing as one list, oldest first: visits, reviews, notices, what was said. */
import type { Schema } from '../../shared/api/client'
import { word } from '../i18n'

export interface Step {
  /** A moment, or a day alone where the reader may know no more. */
  at: string
  what: string
  by: string | null
  text: string | null
  late: boolean
  record: string | null
  notice: string | null
}

type Notice = Schema<'NoticeSummary'>
const BARE = { by: null, text: null, late: false, record: null, notice: null }

/** The office gets the whole trail, a unit the days of its visits and what was said. */
export function stepsOf(found: Schema<'Case'>, notices: readonly Notice[] = []): Step[] {
  const own = found.timeline === undefined ? deskSteps(found) : found.timeline.map(step)
  return [...own, ...notices.flatMap(noticeSteps)].sort((a, b) => moment(a.at) - moment(b.at))
}

function step(one: Schema<'Timeline'>): Step {
  return { at: one.at, what: word('action', one.action), by: one.by, text: one.text, late: one.late, record: one.record_id, notice: null }
}

function deskSteps(found: Schema<'Case'>): Step[] {
  const days = [...new Set(found.findings.map((one) => one.day).filter((day) => day !== null))]
  return [
    ...days.map((day) => ({ ...BARE, at: day, what: word('action', 'visit.made') })),
    { ...BARE, at: found.opened_on, what: word('action', 'case.opened') },
    ...found.statements.map((one) => ({ ...BARE, at: one.at, what: word('statement', one.kind), text: one.text, late: one.late })),
  ]
}

function noticeSteps(notice: Notice): Step[] {
  const text = [notice.number, notice.title].filter(Boolean).join(' ')
  const moments = { drafted: notice.drafted_at, approved: notice.approved_at, published: notice.published_at }
  return Object.entries(moments).flatMap(([what, at]) => (at ? [{ ...BARE, at, what: word('action', `notice.${what}`), text, notice: notice.id }] : []))
}

/** A day counts from its beginning in the reader's zone, so that it stands before its moments. */
function moment(at: string): number {
  return new Date(at.length === 10 ? `${at}T00:00` : at).getTime()
}
