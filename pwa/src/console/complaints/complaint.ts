/** What may be done with a complaint next, and what each verb asks for. */
import { api, unwrap, type Schema } from '../../shared/api/client'

export type Complaint = Schema<'Complaint'>
export type Line = Schema<'ComplaintSummary'>
export type Given = Schema<'DeskComplaint'>
export type State = Line['state']

export const STATES: readonly State[] = ['received', 'accepted', 'transferred', 'answered', 'in_case', 'replied', 'declined', 'merged']
export const CHANNELS = ['page', 'phone', 'letterbox', 'reception_day', 'leader_visit'] as const
export const KINDS = ['petition', 'complaint', 'report', 'opinion'] as const
export const VERDICTS = ['verified', 'unfounded', 'not_verifiable'] as const
const UNDER_WAY: readonly State[] = ['accepted', 'transferred', 'answered', 'in_case']

/** What a dialog collects; a verb takes the members that it asks for. */
export interface VerbForm {
  text: string
  unit: string | null
  title: string
  verdict: (typeof VERDICTS)[number]
  others: string[]
}

export interface Verb {
  name: 'accept' | 'decline' | 'transfer' | 'chase' | 'extend' | 'keepTerm' | 'verdict' | 'merge' | 'case' | 'reply' | 'reopen'
  /** Whose verb it is, where it is not of whoever handles complaints. */
  permission?: 'complaint.decide'
  when: (one: Complaint) => boolean
  /** Members that must be filled in; `text` is optional where it is not among them but shown. */
  asks: readonly (keyof VerbForm)[]
  needs: readonly (keyof VerbForm)[]
  run: (one: Complaint, form: VerbForm) => Promise<Complaint>
}

const at = (one: Complaint) => ({ params: { path: { complaint_id: one.id } } })

function decideExtension(one: Complaint, granted: boolean, text: string): Promise<Complaint> {
  return unwrap(api.POST('/api/v1/complaints/{complaint_id}/extension', { ...at(one), body: { granted, text } }))
}

export const VERBS: readonly Verb[] = [
  { name: 'accept', when: (one) => one.state === 'received', asks: [], needs: [], run: (one) => unwrap(api.POST('/api/v1/complaints/{complaint_id}/accept', at(one))) },
  { name: 'decline', when: (one) => one.state === 'received', asks: ['text'], needs: ['text'], run: (one, form) => unwrap(api.POST('/api/v1/complaints/{complaint_id}/decline', { ...at(one), body: { reason: form.text } })) },
  {
    name: 'transfer', when: (one) => ['accepted', 'transferred', 'answered'].includes(one.state) && one.text_for_unit !== '', asks: ['unit', 'text'], needs: ['unit'],
    run: (one, form) => unwrap(api.POST('/api/v1/complaints/{complaint_id}/transfer', { ...at(one), body: { unit_id: form.unit ?? '', note: form.text } })),
  },
  { name: 'chase', when: (one) => one.state === 'transferred', asks: ['text'], needs: ['text'], run: (one, form) => unwrap(api.POST('/api/v1/complaints/{complaint_id}/chase', { ...at(one), body: { text: form.text } })) },
  { name: 'extend', permission: 'complaint.decide', when: (one) => one.extension === 'asked', asks: ['text'], needs: ['text'], run: (one, form) => decideExtension(one, true, form.text) },
  { name: 'keepTerm', permission: 'complaint.decide', when: (one) => one.extension === 'asked', asks: ['text'], needs: ['text'], run: (one, form) => decideExtension(one, false, form.text) },
  {
    name: 'verdict', when: (one) => UNDER_WAY.includes(one.state), asks: ['verdict', 'unit', 'text'], needs: ['verdict', 'text'],
    run: (one, form) => unwrap(api.POST('/api/v1/complaints/{complaint_id}/verdict', { ...at(one), body: { verdict: form.verdict, reason: form.text, ...(form.unit === null ? {} : { unit_id: form.unit }) } })),
  },
  {
    name: 'merge', when: (one) => one.state === 'received' || UNDER_WAY.includes(one.state), asks: ['others', 'text'], needs: ['others', 'text'],
    run: (one, form) => unwrap(api.POST('/api/v1/complaints/{complaint_id}/merge', { ...at(one), body: { complaint_ids: form.others, reason: form.text } })),
  },
  {
    name: 'case', when: (one) => ['accepted', 'transferred', 'answered'].includes(one.state) && one.text_for_unit !== '' && one.case_id === null, asks: ['title', 'unit'], needs: ['title', 'unit'],
    run: (one, form) => unwrap(api.POST('/api/v1/complaints/{complaint_id}/case', { ...at(one), body: { title: form.title, class: 'by_date', unit_id: form.unit ?? '' } })),
  },
  { name: 'reply', when: (one) => UNDER_WAY.includes(one.state) && one.state !== 'transferred', asks: ['text'], needs: ['text'], run: (one, form) => unwrap(api.POST('/api/v1/complaints/{complaint_id}/reply', { ...at(one), body: { text: form.text } })) },
  { name: 'reopen', when: (one) => one.state === 'replied' || one.state === 'declined', asks: ['text'], needs: ['text'], run: (one, form) => unwrap(api.POST('/api/v1/complaints/{complaint_id}/reopen', { ...at(one), body: { reason: form.text } })) },
]

/** The verbs that a complaint's state allows; the server has the last word. */
export function verbsFor(one: Complaint): Verb[] {
  return VERBS.filter((verb) => verb.when(one))
}

/** Whether everything that a verb needs is filled in. */
export function complete(verb: Verb, form: VerbForm): boolean {
  return verb.needs.every((name) => {
    const value = form[name]
    return typeof value === 'string' ? value.trim() !== '' : value !== null && value.length > 0
  })
}

/** Who wrote an entry: a person of the office, the unit, or whoever complains. */
export function author(entry: Schema<'ComplaintEntry'>, complainant: string): string {
  const own = ['words', 'satisfied', 'dissatisfied'].includes(entry.kind)
  return own ? complainant : [entry.by, ['unit_accepted', 'answered', 'bounced', 'extension_asked'].includes(entry.kind) ? entry.unit : null].filter(Boolean).join(' · ')
}
